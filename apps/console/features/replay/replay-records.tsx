'use client'

import { useTranslations } from 'next-intl'
import { useQuery } from 'urql'
import { useDates } from '../../format/use-dates.ts'
import { ReplayRecordsDocument, type ReplayRecordsQuery } from '../../gql/generated/graphql.ts'
import { Empty } from '../../ui/empty.tsx'

type Looked = ReplayRecordsQuery['replays']['edges'][number]['node']['looks'][number]

/** Of one replay, as many things as a person reads in a line. */
const NAMED = 12

/** Who looked at the past, when, why, and at whom. */
export function ReplayRecords() {
  const t = useTranslations()
  const writeDate = useDates()
  const [{ data }] = useQuery({
    query: ReplayRecordsDocument,
    variables: { first: 20 },
    requestPolicy: 'cache-and-network',
  })
  if (!data) return null
  const records = data.replays.edges.map(({ node }) => node)
  return (
    <section className="sec" aria-label={t('replay.records')}>
      <h2>{t('replay.records')}</h2>
      {records.length === 0 ? (
        <Empty icon="eye" title={t('replay.noRecords')} text={t('replay.noRecordsText')} />
      ) : (
        <ol className="replay-records">
          {records.map((record) => (
            <li key={record.id}>
              <div className="row row-wrap">
                <b>{record.auditorName}</b>
                <span className="quiet">
                  {t('replay.lookedAtDay', { day: writeDate('dayOfYear', record.from) })}
                </span>
                <time className="meta push" dateTime={record.openedAt}>
                  {writeDate('shortDayAndTime', record.openedAt)}
                </time>
              </div>
              <p>{record.reason}</p>
              <Looks looks={record.looks} />
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

function Looks({ looks }: { looks: readonly Looked[] }) {
  const t = useTranslations()
  if (looks.length === 0) return <p className="meta">{t('replay.sawNothing')}</p>
  const say = (look: Looked): string => {
    const customer = look.customerName ?? t('customer.unknown')
    switch (look.what) {
      case 'BOARD':
        return t('replay.sawBoard')
      case 'CUSTOMER':
        return t('replay.sawCustomer', { customer })
      case 'DECISION':
        return look.hasCustomer ? t('replay.sawDecisionFor', { customer }) : t('replay.sawDecision')
      case 'DESK':
        return look.hasCustomer
          ? t('replay.sawDeskWith', { agent: look.agent?.name ?? '', customer })
          : t('replay.sawDesk', { agent: look.agent?.name ?? '' })
      case 'EVENTS':
        return look.hasCustomer ? t('replay.sawEventsOf', { customer }) : t('replay.sawEvents')
    }
  }
  const told = [...new Set(looks.map(say))]
  return (
    <p className="meta">
      {told.slice(0, NAMED).join(' · ')}
      {told.length > NAMED ? ` · ${t('replay.sawMore', { count: told.length - NAMED })}` : ''}
    </p>
  )
}
