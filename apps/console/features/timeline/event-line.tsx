'use client'

import { useTranslations } from 'next-intl'
import { useDates } from '../../format/use-dates.ts'
import { Icon } from '../../ui/icons.tsx'
import { useMe } from '../session/session.tsx'
import { sentenceOf } from './sentence.ts'
import type { Entry } from './timeline-state.ts'

/** One event as a sentence with its time. In a running call times show their seconds. */
export function EventLine(props: {
  entry: Entry
  language: string | null
  isLast: boolean
  withSeconds?: boolean
}) {
  const { entry, language, isLast, withSeconds = false } = props
  const t = useTranslations()
  const writeDate = useDates()
  const me = useMe()
  const sentence = sentenceOf(entry, me.agent?.id ?? null)
  return (
    <li
      className="event event-small"
      data-position={entry.position}
      data-testid="timeline-entry"
      {...(isLast ? { 'data-last': true } : {})}
    >
      <span className="ch ch-none">
        <Icon name={sentence.icon} />
      </span>
      <div className="head">{t(sentence.key, sentence.values)}</div>
      <time dateTime={entry.at}>{writeDate(withSeconds ? 'timeWithSeconds' : 'time', entry.at)}</time>
      {sentence.quote ? (
        <div
          className="text"
          {...(entry.type === 'InteractionWrappedUp' || !language ? {} : { lang: language })}
        >
          <p>{sentence.quote}</p>
        </div>
      ) : null}
    </li>
  )
}
