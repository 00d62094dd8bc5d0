'use client'

import { useTranslations } from 'next-intl'
import { useQuery } from 'urql'
import type { WriteDate } from '../../format/use-dates.ts'
import { ReplayCustomerDocument } from '../../gql/generated/graphql.ts'
import { LayerDialog } from '../../ui/layer-dialog.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { sevenDaysBefore } from '../customer/contact-history.ts'
import { CustomerFacts, CustomerHead } from '../customer/customer-card.tsx'
import { useCustomerName } from '../customer/customer-name.ts'
import { EventLine } from '../timeline/event-line.tsx'

type Props = {
  readonly replayId: string
  readonly number: number
  readonly customerId: string
  readonly at: string
  readonly writeDate: WriteDate
  readonly onClose: () => void
}

/** A customer's card and timeline as they stood. */
export function CustomerThen({ replayId, number, customerId, at, writeDate, onClose }: Props) {
  const t = useTranslations()
  const nameOf = useCustomerName()
  const since = sevenDaysBefore(Date.parse(at))
  const [{ data, fetching }] = useQuery({
    query: ReplayCustomerDocument,
    variables: { id: replayId, number, customerId, since },
  })
  const customer = data?.replay?.moment.customer
  const entries = customer?.timeline.edges.map(({ node }) => node) ?? []
  return (
    <LayerDialog
      wide
      title={customer ? nameOf(customer, customer.contactPoints[0]) : t('replay.customerThen')}
      subtitle={t('replay.asOf', { at: writeDate('moment', at) })}
      isOpen
      onOpenChange={(open) => open || onClose()}
    >
      {fetching ? (
        <Skeleton />
      ) : customer ? (
        <>
          <CustomerHead customer={customer} channel="CALL" />
          <CustomerFacts
            customer={customer}
            contacts={{
              newest: customer.interactions.edges.map(({ node }) => node),
              since,
              count: customer.contactsSince,
            }}
            atHand={null}
          />
          <ol className="timeline" aria-label={t('replay.timelineThen')}>
            {entries.map((entry, index) => (
              <EventLine
                key={entry.position}
                entry={entry}
                language={customer.language}
                isLast={index === entries.length - 1}
                withSeconds
              />
            ))}
          </ol>
        </>
      ) : (
        <p className="quiet">{t('replay.noCustomerYet')}</p>
      )}
    </LayerDialog>
  )
}
