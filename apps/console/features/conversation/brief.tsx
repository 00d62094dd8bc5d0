'use client'

import { useLocale, useTranslations } from 'next-intl'
import { languageName } from '../../format/skill.ts'
import { useDayAndTime } from '../../format/use-day-and-time.ts'
import type { CustomerCardFragment } from '../../gql/generated/graphql.ts'
import { useNow } from '../../server-time/use-now.ts'
import { type Contacts, contactHistory } from '../customer/contact-history.ts'

type Props = {
  readonly customer: CustomerCardFragment
  readonly contacts: Contacts
  /** The contact being looked at, while it goes on; it does not count as an earlier one. */
  readonly atHand: string | null
}

/** Three things to know before saying hello. */
export function Brief({ customer, contacts, atHand }: Props) {
  const t = useTranslations()
  const locale = useLocale()
  const sayWhen = useDayAndTime()
  const now = useNow()
  const { last, sinceThen, neverAnswered } = contactHistory(contacts, atHand)
  return (
    <dl className="trio">
      <div>
        <dt>{t('customer.lastContact')}</dt>
        <dd>
          {last === null
            ? t('customer.noContactYet')
            : t('customer.contactAt', {
                at: sayWhen(last.openedAt, now),
                channel: last.channel,
              })}
        </dd>
      </div>
      <div>
        <dt>{t('customer.inSevenDays')}</dt>
        <dd className="num">{t('customer.contacts', { count: sinceThen, missed: neverAnswered })}</dd>
      </div>
      <div>
        <dt>{t('customer.speaks')}</dt>
        <dd>{customer.language ? languageName(customer.language, locale) : t('customer.notNoted')}</dd>
      </div>
    </dl>
  )
}
