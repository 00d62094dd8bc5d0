'use client'

import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import { Button } from 'react-aria-components'
import { useDates } from '../../format/use-dates.ts'
import type { TimelineContactFragment } from '../../gql/generated/graphql.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { Icon } from '../../ui/icons.tsx'
import { DISPOSITION } from '../wrap-up/dispositions.ts'
import { headlineOf } from './contact-headline.ts'
import { EventLine } from './event-line.tsx'
import type { Entry } from './timeline-state.ts'

type Props = {
  readonly contact: TimelineContactFragment
  readonly steps: readonly Entry[]
  readonly language: string | null
  readonly isCurrent: boolean
  readonly isLast: boolean
}

/** A contact: one line when it is over, with its steps to unfold; every step as it happens while it goes on. */
export function ContactLine({ contact, steps, language, isCurrent, isLast }: Props) {
  const t = useTranslations()
  if (!isCurrent) {
    return <PastContact contact={contact} steps={steps} language={language} isLast={isLast} />
  }
  return (
    <>
      <li className="day">
        {contact.channel === 'EMAIL' ? t('timeline.thisEmail') : t('timeline.thisCall')}
      </li>
      {steps.map((step, index) => (
        <EventLine
          key={step.position}
          entry={step}
          language={language}
          isLast={index === steps.length - 1}
          withSeconds
        />
      ))}
    </>
  )
}

function PastContact({ contact, steps, language, isLast }: Omit<Props, 'isCurrent'>) {
  const t = useTranslations()
  const writeDate = useDates()
  const [isOpen, setOpen] = useState(contact.status !== 'CLOSED')
  const stepsId = useId()
  const headline = headlineOf(contact)
  return (
    <li className="event" {...(isLast ? { 'data-last': true } : {})}>
      <ChannelMark channel={contact.channel} />
      <div className="head">
        {t(headline.key, headline.values)}{' '}
        {headline.tail === null ? null : headline.tail.kind === 'agent' ? (
          <span>{t('contact.with', { agent: headline.tail.text })}</span>
        ) : (
          <span {...(language ? { lang: language } : {})}>{headline.tail.text}</span>
        )}
      </div>
      <time dateTime={contact.openedAt}>{writeDate('time', contact.openedAt)}</time>
      <div className="text">
        <ContactText contact={contact} language={language} />
        <Button
          className="link steps-toggle"
          aria-expanded={isOpen}
          aria-controls={stepsId}
          onPress={() => setOpen(!isOpen)}
        >
          <Icon name="down" size={14} />
          {t('contact.steps', { count: steps.length })}
        </Button>
      </div>
      <ol className="steps" id={stepsId} hidden={!isOpen}>
        {isOpen
          ? steps.map((step, index) => (
              <EventLine
                key={step.position}
                entry={step}
                language={language}
                isLast={index === steps.length - 1}
              />
            ))
          : null}
      </ol>
    </li>
  )
}

function ContactText({ contact, language }: { contact: TimelineContactFragment; language: string | null }) {
  const t = useTranslations()
  const queue = contact.queue && contact.closedHow === 'abandoned' ? contact.queue.name : null
  return (
    <>
      {contact.channel === 'EMAIL' && contact.excerpt ? (
        <p {...(language ? { lang: language } : {})}>{t('contact.quote', { text: contact.excerpt })}</p>
      ) : null}
      {queue ? <p>{t('contact.neverAnswered', { queue })}</p> : null}
      {contact.disposition ? <p>{t(DISPOSITION[contact.disposition])}</p> : null}
      {contact.note ? <p>{contact.note}</p> : null}
    </>
  )
}
