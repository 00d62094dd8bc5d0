'use client'

import { useTimeZone, useTranslations } from 'next-intl'
import { Fragment, type ReactNode } from 'react'
import { Button } from 'react-aria-components'
import { dayOf, labelDay } from '../../format/day.ts'
import { useDates } from '../../format/use-dates.ts'
import { useNow } from '../../server-time/use-now.ts'
import { Empty } from '../../ui/empty.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ContactLine } from './contact-line.tsx'
import { EventLine } from './event-line.tsx'
import { type Item, timelineItems } from './timeline-items.ts'
import type { Timeline as TimelineData } from './timeline-state.ts'

type Props = {
  readonly timeline: TimelineData
  /** The language the customer speaks with us: quotes stand in it. */
  readonly language: string | null
  /** The contact being handled now: it stands on top as "This call", with all its steps. */
  readonly current?: string | null
  readonly onEarlier: () => void
  readonly onAgain: () => void
}

/** One customer's life with us, newest first, grouped by day. */
export function Timeline({ timeline, language, current = null, onEarlier, onAgain }: Props) {
  const t = useTranslations()
  switch (timeline.status) {
    case 'loading':
      return <Skeleton />
    case 'failed':
      return (
        <Empty icon="warn" tone="late" title={t('timeline.failed')} text={t('timeline.failedText')}>
          <Button className="btn" onPress={onAgain}>
            {t('common.tryAgain')}
          </Button>
        </Empty>
      )
    case 'ready': {
      const items = timelineItems(timeline.entries)
      if (items.length === 0) return <p className="menu-empty quiet">{t('timeline.empty')}</p>
      const now = items.filter((item) => item.key === current)
      const rest = items.filter((item) => item.key !== current)
      return (
        <>
          <ol className="timeline" aria-label={t('timeline.label')}>
            {now.map((item) => (
              <ItemLine key={item.key} item={item} language={language} isCurrent isLast />
            ))}
            <Days items={rest} language={language} />
          </ol>
          {timeline.earlier !== null ? (
            <div className="fold">
              <Button className="link" onPress={onEarlier}>
                {t('timeline.earlier')}
              </Button>
            </div>
          ) : null}
        </>
      )
    }
  }
}

function Days({ items, language }: { items: readonly Item[]; language: string | null }) {
  const zone = useTimeZone() ?? 'UTC'
  return items.map((item, index) => {
    const day = dayOf(Date.parse(item.at), zone)
    const before = items[index - 1]
    const after = items[index + 1]
    const startsDay = before === undefined || dayOf(Date.parse(before.at), zone) !== day
    const endsDay = after === undefined || dayOf(Date.parse(after.at), zone) !== day
    return (
      <Fragment key={item.key}>
        {startsDay ? <DayLine day={day} at={item.at} zone={zone} /> : null}
        <ItemLine item={item} language={language} isLast={endsDay} />
      </Fragment>
    )
  })
}

function DayLine({ day, at, zone }: { day: string; at: string; zone: string }) {
  const t = useTranslations()
  const writeDate = useDates()
  const label = labelDay(day, useNow(), zone)
  const text: ReactNode =
    label.kind === 'today'
      ? t('day.today')
      : label.kind === 'yesterday'
        ? t('day.yesterday')
        : writeDate(label.kind === 'otherYear' ? 'dayOfYear' : 'day', at)
  return <li className="day">{text}</li>
}

function ItemLine(props: { item: Item; language: string | null; isCurrent?: boolean; isLast: boolean }) {
  const { item, language, isCurrent = false, isLast } = props
  return item.kind === 'event' ? (
    <EventLine entry={item.entry} language={language} isLast={isLast} />
  ) : (
    <ContactLine
      contact={item.contact}
      steps={item.steps}
      language={language}
      isCurrent={isCurrent}
      isLast={isLast}
    />
  )
}
