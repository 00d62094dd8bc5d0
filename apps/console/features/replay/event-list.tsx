'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { Button } from 'react-aria-components'
import type { WriteDate } from '../../format/use-dates.ts'
import type { ReplayedDayFragment, ReplayLineFragment } from '../../gql/generated/graphql.ts'
import { ChannelMark } from '../../ui/channel-mark.tsx'
import { Icon } from '../../ui/icons.tsx'
import { aboutOf, wordsOf } from './event-words.ts'
import type { Player } from './use-player.ts'

/** So many events are listed before the moment, and after it. */
const BEFORE = 8
const AFTER = 16

type Props = { readonly replay: ReplayedDayFragment; readonly player: Player; readonly writeDate: WriteDate }

/** Events as they came, around the moment. */
export function EventList({ replay, player, writeDate }: Props) {
  const t = useTranslations()
  const { number } = player
  const from = Math.max(1, number - BEFORE)
  const until = Math.min(replay.eventCount, number + AFTER)
  const listed = Array.from({ length: Math.max(0, until - from + 1) }, (_, index) =>
    player.eventAt(from + index),
  )
  return (
    <section className="rep-events" aria-label={t('replay.events')}>
      <header className="pane-head">
        <h2>{t('replay.events')}</h2>
        <span className="meta">{t('replay.around')}</span>
      </header>
      <ol className="elist">
        {listed.map((event) =>
          event === undefined ? null : (
            <Line
              key={event.number}
              event={event}
              isNow={event.number === number}
              isLater={event.number > number}
              onChoose={() => player.go(event.number)}
              writeDate={writeDate}
            />
          ),
        )}
      </ol>
    </section>
  )
}

type LineProps = {
  readonly event: ReplayLineFragment
  readonly isNow: boolean
  readonly isLater: boolean
  readonly onChoose: () => void
  readonly writeDate: WriteDate
}

function Line({ event, isNow, isLater, onChoose, writeDate }: LineProps) {
  const t = useTranslations()
  const line = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isNow) line.current?.scrollIntoView({ block: 'nearest' })
  }, [isNow])
  const { key, values } = wordsOf(event)
  const about = aboutOf(event)
  return (
    <li
      ref={line}
      {...(isLater ? { className: 'later' } : {})}
      {...(isNow ? { 'aria-current': 'true' as const } : {})}
    >
      <Button className="eline" onPress={onChoose} data-testid="replay-event">
        <time dateTime={event.recordedAt}>{writeDate('timeWithSeconds', event.recordedAt)}</time>
        <EventMark event={event} />
        <span className="eline-text">
          <b>{t(key, values)}</b>
          {about === '' ? null : <span className="quiet">{about}</span>}
        </span>
      </Button>
    </li>
  )
}

function EventMark({ event }: { event: ReplayLineFragment }) {
  if (event.isDecision)
    return (
      <span className="ch ch-decision">
        <Icon name="branch" />
      </span>
    )
  if (event.channel !== null) return <ChannelMark channel={event.channel} />
  return (
    <span className="ch ch-none">
      <Icon name={event.agentId === null ? 'note' : 'user'} />
    </span>
  )
}
