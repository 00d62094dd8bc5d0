'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { WriteDate } from '../../format/use-dates.ts'
import type { ReplayedDayFragment } from '../../gql/generated/graphql.ts'
import { useShortcut } from '../../keyboard/shortcuts-provider.tsx'
import { FixedNow } from '../../server-time/use-now.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import { EventList } from './event-list.tsx'
import { MomentBoard } from './moment-board.tsx'
import { Scrubber } from './scrubber.tsx'
import { ThisEvent } from './this-event.tsx'
import { useMoment } from './use-moment.ts'
import { usePlayer } from './use-player.ts'

type Props = {
  readonly replay: ReplayedDayFragment
  readonly first: number
  readonly writeDate: WriteDate
  readonly onFailure: () => void
}

/** Scrubber, events, the board at the moment, and the event itself. */
export function Playing({ replay, first, writeDate, onFailure }: Props) {
  const t = useTranslations()
  const shownNumber = useRef(0)
  const isShown = useCallback((number: number) => shownNumber.current === number, [])
  const player = usePlayer(replay, first, isShown, onFailure)
  const [chosenAgent, chooseAgent] = useState<string | null>(null)
  const [lastAgent, setLastAgent] = useState<string | null>(null)
  const event = player.eventAt(player.number)
  // The screen of whom the events are about, until somebody is chosen.
  if (event?.agentId && event.agentId !== lastAgent) setLastAgent(event.agentId)
  const agentId = chosenAgent ?? lastAgent
  const shown = useMoment(replay.id, player.number, agentId, onFailure)
  useEffect(() => {
    shownNumber.current = shown?.number ?? 0
  }, [shown])
  useLink(replay.day, event?.position ?? null)

  useShortcut('playPause', player.toggle)
  useShortcut('eventNext', () => player.go(player.number + 1))
  useShortcut('eventPrevious', () => player.go(player.number - 1))
  useShortcut('decisionNext', () => player.goToDecision('NEXT'))
  useShortcut('decisionPrevious', () => player.goToDecision('PREVIOUS'))

  return (
    <FixedNow value={player.clock}>
      <Scrubber replay={replay} player={player} writeDate={writeDate} />
      <div className="rep">
        <EventList replay={replay} player={player} writeDate={writeDate} />
        <section className="rep-board" aria-label={t('replay.boardAtLabel')}>
          {shown === null ? (
            <Skeleton />
          ) : (
            <MomentBoard
              moment={shown.moment}
              at={writeDate('timeWithSeconds', player.clock)}
              agentId={agentId}
              onAgent={chooseAgent}
            />
          )}
        </section>
        <section className="rep-side" aria-label={t('replay.thisEvent')}>
          {shown === null ? (
            <Skeleton />
          ) : (
            <ThisEvent replay={replay} moment={shown.moment} writeDate={writeDate} />
          )}
        </section>
      </div>
    </FixedNow>
  )
}

/** The address of the page leads to this moment. */
function useLink(day: string, position: string | null): void {
  useEffect(() => {
    if (position === null) return
    const query = new URLSearchParams({ day, at: position })
    history.replaceState(history.state, '', `${location.pathname}?${query}`)
  }, [day, position])
}
