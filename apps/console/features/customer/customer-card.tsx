'use client'

import { useLocale, useTranslations } from 'next-intl'
import { initials } from '../../format/initials.ts'
import { languageName } from '../../format/skill.ts'
import { useDayAndTime } from '../../format/use-day-and-time.ts'
import type { Channel, CustomerCardFragment } from '../../gql/generated/graphql.ts'
import { useNow } from '../../server-time/use-now.ts'
import { Icon } from '../../ui/icons.tsx'
import { type Contacts, contactHistory } from './contact-history.ts'
import { useCustomerName } from './customer-name.ts'
import { useSinceWhen } from './since-when.ts'

type Props = {
  readonly customer: CustomerCardFragment
  readonly contacts: Contacts
  /** The contact being looked at, while it goes on; it does not count as an earlier one. */
  readonly atHand: string | null
}

/** Who it is: face, name, since when, where. */
export function CustomerHead({ customer, channel }: { customer: CustomerCardFragment; channel: Channel }) {
  const t = useTranslations()
  const nameOf = useCustomerName()
  const sinceWhen = useSinceWhen()
  const about = [customer.known ? sinceWhen(customer) : t('customer.provisional'), customer.place].filter(
    (part) => part !== null,
  )
  return (
    <div className="person">
      <span className="face" aria-hidden="true">
        {initials(customer.name) ?? <Icon name="user" size={20} />}
      </span>
      <div className="min-w-0">
        <h2>{nameOf(customer, customer.contactPoints[0], channel)}</h2>
        <div className="quiet">{about.join(' · ')}</div>
      </div>
    </div>
  )
}

/** Last contact, language, and where to reach them. */
export function CustomerFacts({ customer, contacts, atHand }: Props) {
  const t = useTranslations()
  const locale = useLocale()
  const sayWhen = useDayAndTime()
  const now = useNow()
  const { last, sinceThen, neverAnswered } = contactHistory(contacts, atHand)
  const phones = customer.contactPoints.filter((point) => point.kind === 'phone')
  const mails = customer.contactPoints.filter((point) => point.kind === 'email')
  return (
    <>
      <div className="card-block">
        <h3>{t('customer.atAGlance')}</h3>
        <dl className="facts">
          <dt>{t('customer.lastContact')}</dt>
          <dd>
            {last === null
              ? t('customer.noContactYet')
              : t('customer.contactAt', {
                  at: sayWhen(last.openedAt, now),
                  channel: last.channel,
                })}
          </dd>
          <dt>{t('customer.inSevenDays')}</dt>
          <dd className="num">{t('customer.contacts', { count: sinceThen, missed: neverAnswered })}</dd>
          <dt>{t('customer.speaks')}</dt>
          <dd>{customer.language ? languageName(customer.language, locale) : t('customer.notNoted')}</dd>
        </dl>
      </div>
      {phones.length + mails.length > 0 ? (
        <div className="card-block">
          <h3>{t('customer.reachAt')}</h3>
          <dl className="facts">
            {phones.length > 0 ? (
              <>
                <dt>{t('customer.phone')}</dt>
                {phones.map((point) => (
                  <dd key={point.value} className="num col-start-2">
                    {point.display}
                  </dd>
                ))}
              </>
            ) : null}
            {mails.length > 0 ? (
              <>
                <dt>{t('customer.email')}</dt>
                {mails.map((point) => (
                  <dd key={point.value} className="col-start-2">
                    {point.display}
                  </dd>
                ))}
              </>
            ) : null}
          </dl>
        </div>
      ) : null}
    </>
  )
}
