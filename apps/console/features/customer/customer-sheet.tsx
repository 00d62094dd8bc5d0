'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { useQuery } from 'urql'
import { initials } from '../../format/initials.ts'
import { languageName } from '../../format/skill.ts'
import { type CustomerCardFragment, CustomerPageDocument } from '../../gql/generated/graphql.ts'
import { Link } from '../../i18n/navigation.ts'
import { Choice } from '../../ui/choice.tsx'
import { Empty } from '../../ui/empty.tsx'
import { Icon } from '../../ui/icons.tsx'
import { ScrollArea } from '../../ui/scroll-area.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ConnectionBar } from '../frame/connection-bar.tsx'
import { useAskWhenSignedOut } from '../session/session.tsx'
import { Timeline } from '../timeline/timeline.tsx'
import type { Timeline as TimelineData } from '../timeline/timeline-state.ts'
import { useTimeline } from '../timeline/use-timeline.ts'
import { CustomerFacts } from './customer-card.tsx'
import { useCustomerName } from './customer-name.ts'
import { useSinceWhen } from './since-when.ts'
import { useSevenDaysAgo } from './use-seven-days-ago.ts'

/** One customer: card and whole timeline, live. */
export function CustomerSheet({ customerId }: { customerId: string }) {
  const t = useTranslations()
  const since = useSevenDaysAgo()
  const [{ data, error }, ask] = useQuery({
    query: CustomerPageDocument,
    variables: { id: customerId, since },
    requestPolicy: 'cache-and-network',
  })
  const { timeline, live, loadEarlier, again } = useTimeline(customerId, () =>
    ask({ requestPolicy: 'network-only' }),
  )
  useAskWhenSignedOut(live)
  if (!data && !error) return <Skeleton />
  const customer = data?.customer ?? null
  if (customer === null) {
    return (
      <Empty icon="user" level={1} title={t('customers.gone')} text={t('customers.goneText')}>
        <Link className="btn" href="/customers">
          {t('customers.toList')}
        </Link>
      </Empty>
    )
  }
  return (
    <div className="sheet page">
      <ConnectionBar live={live} safe={t('connection.timelineStopped')} />
      <SheetHead customer={customer} />
      <div className="cus">
        <LifeSoFar timeline={timeline} language={customer.language} onEarlier={loadEarlier} onAgain={again} />
        <ScrollArea className="cus-side" label={t('customer.card')}>
          <h2 className="sr">{t('customer.title')}</h2>
          <CustomerFacts
            customer={customer}
            contacts={{
              newest: customer.interactions.edges.map((edge) => edge.node),
              since,
              count: customer.contactsSince,
            }}
            atHand={null}
          />
        </ScrollArea>
      </div>
    </div>
  )
}

function SheetHead({ customer }: { customer: CustomerCardFragment }) {
  const t = useTranslations()
  const locale = useLocale()
  const nameOf = useCustomerName()
  const sinceWhen = useSinceWhen()
  const about = [
    customer.known ? sinceWhen(customer) : t('customer.provisional'),
    customer.place,
    customer.language
      ? t('customer.speaksLanguage', { language: languageName(customer.language, locale) })
      : null,
  ].filter((part) => part !== null)
  return (
    <header className="sheet-head">
      <Link className="btn btn-quiet btn-icon" href="/customers" aria-label={t('customers.toList')}>
        <Icon name="back" />
      </Link>
      <span className="face only-desk" aria-hidden="true">
        {initials(customer.name) ?? <Icon name="user" size={20} />}
      </span>
      <div className="min-w-0">
        <h1>{nameOf(customer, customer.contactPoints[0])}</h1>
        <div className="quiet">{about.join(' · ')}</div>
      </div>
    </header>
  )
}

type Filter = 'all' | 'CALL' | 'EMAIL'

function LifeSoFar(props: {
  timeline: TimelineData
  language: string | null
  onEarlier: () => void
  onAgain: () => void
}) {
  const t = useTranslations()
  const [filter, setFilter] = useState<Filter>('all')
  const { timeline } = props
  const shown: TimelineData =
    timeline.status === 'ready' && filter !== 'all'
      ? { ...timeline, entries: timeline.entries.filter((entry) => entry.channel === filter) }
      : timeline
  const isEmptied = shown.status === 'ready' && shown.entries.length === 0 && filter !== 'all'
  return (
    <section className="cus-tl" aria-label={t('timeline.label')}>
      <div className="filters">
        <Choice
          label={t('customers.channel')}
          value={filter}
          onChange={setFilter}
          options={[
            { value: 'all', label: t('customers.all') },
            { value: 'CALL', label: t('channel.calls') },
            { value: 'EMAIL', label: t('channel.email') },
          ]}
        />
      </div>
      <div className="pane-body">
        {isEmptied ? (
          <Empty icon="filter" title={t('timeline.noneOfChannel')} text={t('timeline.noneOfChannelText')}>
            <Button className="btn" onPress={() => setFilter('all')}>
              {t('timeline.showAll')}
            </Button>
          </Empty>
        ) : (
          <Timeline {...props} timeline={shown} />
        )}
      </div>
    </section>
  )
}
