'use client'

import { useLocale, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from 'react-aria-components'
import { formatBytes } from '../../format/bytes.ts'
import { initials } from '../../format/initials.ts'
import { useDates } from '../../format/use-dates.ts'
import type { MailBodyFragment } from '../../gql/generated/graphql.ts'
import { Icon } from '../../ui/icons.tsx'
import { MailFrame } from './mail-frame.tsx'
import { defectKey, MAIL_DELAYED, MAIL_STATUS } from './mail-words.ts'
import { splitQuoted } from './quoted-text.ts'

/** One mail of a thread: who, when, the words, the files. */
export function MailMessage({ mail, language }: { mail: MailBodyFragment; language: string | null }) {
  const t = useTranslations()
  const writeDate = useDates()
  const isOurs = mail.direction === 'OUTBOUND'
  const sender = isOurs ? (mail.agent?.name ?? t('mail.us')) : (mail.from.name ?? mail.from.address)
  return (
    <article className="msg" aria-label={t('mail.from', { name: sender })}>
      <header className="row">
        <span className="face face-s" aria-hidden="true">
          {initials(sender) ?? <Icon name="mail" size={14} />}
        </span>
        <b>{sender}</b>
        <span className="faint clamp only-desk">
          {t('mail.addresses', { from: mail.from.address, to: mail.to.map((one) => one.address).join(', ') })}
        </span>
        <time className="push meta" dateTime={mail.at}>
          {writeDate('shortDayAndTime', mail.at)}
        </time>
      </header>
      <MailNotes mail={mail} />
      <MailWords mail={mail} language={isOurs ? null : language} />
      <MailFiles mail={mail} />
      {isOurs ? <MailStanding mail={mail} /> : null}
    </article>
  )
}

function MailNotes({ mail }: { mail: MailBodyFragment }) {
  const t = useTranslations()
  return (
    <>
      {mail.defects.map((defect) => (
        <p key={defect} className="mail-note msg-indent warn">
          <Icon name="warn" size={14} />
          <span>{t(defectKey(defect))}</span>
        </p>
      ))}
      {mail.defects.length > 0 && mail.rawUrl !== null ? (
        <p className="row msg-indent">
          <a className="file" href={mail.rawUrl} download>
            <Icon name="mail" />
            <span>{t('mail.asReceived')}</span>
          </a>
        </p>
      ) : null}
      {mail.blockedImages > 0 ? (
        <p className="mail-note msg-indent">
          <Icon name="image" size={14} />
          <span>{t('mail.imagesOff', { count: mail.blockedImages })}</span>
        </p>
      ) : null}
    </>
  )
}

function MailWords({ mail, language }: { mail: MailBodyFragment; language: string | null }) {
  const t = useTranslations()
  const [showsQuoted, setShowsQuoted] = useState(false)
  if (mail.safeHtml !== null) {
    return (
      <div className="msg-indent">
        <MailFrame html={mail.safeHtml} title={t('mail.body', { subject: mail.subject })} />
      </div>
    )
  }
  const { own, quoted, quotedLines } = splitQuoted(mail.text)
  return (
    <>
      <div className="read" {...(language ? { lang: language } : {})}>
        {own}
      </div>
      {quotedLines > 0 ? (
        <div className="msg-indent">
          <Button
            className="btn btn-quiet quoted"
            aria-expanded={showsQuoted}
            onPress={() => setShowsQuoted(!showsQuoted)}
          >
            <Icon name="dots" size={14} />
            {showsQuoted ? t('mail.hideQuoted') : t('mail.showQuoted', { count: quotedLines })}
          </Button>
        </div>
      ) : null}
      {showsQuoted ? <div className="read quiet">{quoted}</div> : null}
    </>
  )
}

function MailFiles({ mail }: { mail: MailBodyFragment }) {
  const locale = useLocale()
  if (mail.attachments.length === 0) return null
  return (
    <div className="row row-wrap msg-indent">
      {mail.attachments.map((file) => (
        <a key={file.url} className="file" href={file.url} download={file.filename}>
          <Icon name="doc" />
          <span>{file.filename}</span>
          <span className="faint num">{formatBytes(file.bytes, locale)}</span>
        </a>
      ))}
    </div>
  )
}

function MailStanding({ mail }: { mail: MailBodyFragment }) {
  const t = useTranslations()
  const writeDate = useDates()
  const isDelayed = mail.status === 'SENT' && mail.reportedAction === 'delayed'
  const look = isDelayed ? MAIL_DELAYED : MAIL_STATUS[mail.status]
  if (look === null) return null
  return (
    <p className={`${look.className} msg-indent`} role="status">
      <Icon name={look.icon} size={14} />
      <span>
        {t(look.label)}
        {mail.status === 'RETRYING' && mail.retryAt !== null
          ? ` · ${t('mail.retryAt', {
              at: writeDate('timeWithSeconds', mail.retryAt),
            })}`
          : ''}
        {mail.reportedTrouble === null ? '' : `: ${t('mail.trouble', { trouble: mail.reportedTrouble })}`}
      </span>
    </p>
  )
}
