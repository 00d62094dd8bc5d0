'use client'

import { useTranslations } from 'next-intl'
import { useEffect } from 'react'
import { useQuery } from 'urql'
import { useDates } from '../../format/use-dates.ts'
import { HubHealthDocument, type HubHealthQuery } from '../../gql/generated/graphql.ts'
import { Icon } from '../../ui/icons.tsx'
import { MAIL_STATUS } from '../mail/mail-words.ts'
import { healthLook, noticeKey, smtpLook } from './health-words.ts'

/** The hub is asked how it is so often, ms. */
const ASK_EVERY_MS = 10_000

type Health = HubHealthQuery['health']

/** Telephone, mailbox and sending; what went wrong; which mails did not leave. */
export function HealthPanel() {
  const t = useTranslations()
  const [{ data }, ask] = useQuery({ query: HubHealthDocument, requestPolicy: 'cache-and-network' })
  useEffect(() => {
    const timer = setInterval(() => ask({ requestPolicy: 'network-only' }), ASK_EVERY_MS)
    return () => clearInterval(timer)
  }, [ask])
  if (!data) return null
  const { health } = data
  const parts = [
    { label: t('health.store'), look: healthLook(health.store) },
    { label: t('health.edge'), look: healthLook(health.edge) },
    { label: t('health.mailbox'), look: healthLook(health.mailbox) },
    { label: t('health.smtp'), look: smtpLook(health.smtp, health.undelivered) },
  ]
  return (
    <section className="sec" aria-label={t('health.title')}>
      <h2 className="mb-2">{t('health.title')}</h2>
      <dl className="health">
        {parts.map(({ label, look }) => (
          <div key={label}>
            <dt className="meta">{label}</dt>
            <dd className={look.className}>
              <Icon name={look.icon} size={14} />
              {t(look.label)}
            </dd>
          </div>
        ))}
      </dl>
      <Notices notices={health.notices} />
      <Undelivered mails={health.undelivered} />
    </section>
  )
}

function Notices({ notices }: { notices: Health['notices'] }) {
  const t = useTranslations()
  const writeDate = useDates()
  if (notices.length === 0) return null
  return (
    <>
      <h3 className="mt-4">{t('notice.title')}</h3>
      <ul>
        {notices.map((notice) => (
          <li key={notice.code} className="row py-1">
            <span className="warn row">
              <Icon name="warn" />
            </span>
            <span>{t(noticeKey(notice.code), { count: notice.count })}</span>
            <time className="meta push" dateTime={notice.at}>
              {writeDate('shortDayAndTime', notice.at)}
            </time>
          </li>
        ))}
      </ul>
    </>
  )
}

function Undelivered({ mails }: { mails: Health['undelivered'] }) {
  const t = useTranslations()
  if (mails.length === 0) return null
  return (
    <>
      <h3 className="mt-4">{t('health.undelivered', { count: mails.length })}</h3>
      <ul>
        {mails.map((mail) => {
          const look = MAIL_STATUS[mail.status]
          return (
            <li key={mail.id} className="row row-wrap py-1">
              <span>{mail.subject}</span>
              <span className="faint">{mail.to.map((one) => one.address).join(', ')}</span>
              {look ? (
                <span className={`${look.className} push`}>
                  <Icon name={look.icon} size={14} />
                  {t(look.label)}
                </span>
              ) : null}
            </li>
          )
        })}
      </ul>
    </>
  )
}
