'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { useClient } from 'urql'
import {
  ReplayDecisionDocument,
  ReplayEventsDocument,
  type ReplayedDayFragment,
  type ReplayLineFragment,
  ReplayPlaceDocument,
} from '../../gql/generated/graphql.ts'
import { clockAfter } from './time-window.ts'

export const SPEEDS = ['1', '10', '60'] as const
export type Speed = (typeof SPEEDS)[number]

const PAGE = 100
/** Pages kept; beyond it the oldest are asked for again. */
const PAGES = 30
const TICK_MS = 200

export type Player = {
  /** The event that was last; counts from 1. */
  readonly number: number
  /** ms since the epoch: the event's time, or later while it plays or after a jump to a time. */
  readonly clock: number
  readonly isPlaying: boolean
  readonly speed: Speed
  readonly eventAt: (number: number) => ReplayLineFragment | undefined
  readonly go: (number: number) => void
  readonly goToTime: (ms: number) => void
  readonly goToDecision: (step: 'NEXT' | 'PREVIOUS') => void
  readonly toggle: () => void
  readonly setSpeed: (speed: Speed) => void
}

const timeOf = (event: ReplayLineFragment | undefined): number | null =>
  event === undefined ? null : Date.parse(event.recordedAt)

/**
 * Where the replay stands. `isShown`: whether what stands there is on the page already; a playing clock waits for it, so that
 * events are never faster than the board.
 */
export function usePlayer(
  replay: ReplayedDayFragment,
  first: number,
  isShown: (number: number) => boolean,
  onFailure: () => void,
): Player {
  const client = useClient()
  const [pages, setPages] = useState<ReadonlyMap<number, readonly ReplayLineFragment[]>>(new Map())
  const [number, setNumber] = useState(first)
  const [given, setGiven] = useState<number | null>(null)
  const [isPlaying, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<Speed>('10')
  const asked = useRef(new Set<number>())
  const failed = useRef(onFailure)
  useEffect(() => {
    failed.current = onFailure
  })

  const { id, eventCount } = replay
  const eventAt = useCallback(
    (wanted: number) => pages.get(Math.floor((wanted - 1) / PAGE))?.[(wanted - 1) % PAGE],
    [pages],
  )
  useEffect(() => {
    const load = async (page: number) => {
      if (asked.current.has(page)) return
      asked.current.add(page)
      const variables = { id, from: page * PAGE + 1, first: PAGE }
      const { data } = await client.query(ReplayEventsDocument, variables).toPromise()
      const events = data?.replay?.events
      if (events === undefined) {
        asked.current.delete(page)
        failed.current()
        return
      }
      setPages((known) => {
        const kept = [...known, [page, events] as const].slice(-PAGES)
        asked.current = new Set(kept.map(([one]) => one))
        return new Map(kept)
      })
    }
    const from = Math.max(1, number - 10)
    const until = Math.min(eventCount, number + 25)
    for (let page = Math.floor((from - 1) / PAGE); page <= Math.floor((until - 1) / PAGE); page += 1)
      void load(page)
  }, [client, id, eventCount, number])

  const go = useCallback(
    (wanted: number) => {
      setNumber(Math.max(1, Math.min(eventCount, wanted)))
      setGiven(null)
    },
    [eventCount],
  )
  const goToTime = useCallback(
    async (ms: number) => {
      const variables = { id, instant: new Date(ms).toISOString() }
      const { data } = await client.query(ReplayPlaceDocument, variables).toPromise()
      const found = data?.replay?.numberAt
      if (found === undefined) return failed.current()
      go(found)
      if (found > 0) setGiven(ms)
    },
    [client, id, go],
  )
  const goToDecision = useCallback(
    async (step: 'NEXT' | 'PREVIOUS') => {
      const { data } = await client.query(ReplayDecisionDocument, { id, from: number, step }).toPromise()
      if (data?.replay === undefined || data.replay === null) return failed.current()
      if (data.replay.decision !== null) go(data.replay.decision)
    },
    [client, id, number, go],
  )

  const event = eventAt(number)
  const clock = Math.max(given ?? 0, timeOf(event) ?? Date.parse(replay.from))
  const next = timeOf(eventAt(number + 1))
  useEffect(() => {
    if (!isPlaying || !isShown(number) || event === undefined) return
    if (number >= eventCount) {
      setPlaying(false)
      return
    }
    if (next === null) return
    const timer = setTimeout(() => {
      const later = clockAfter(clock, TICK_MS, Number(speed), next)
      setGiven(later)
      let reached = number
      for (
        let time: number | null = next;
        time !== null && time <= later;
        time = timeOf(eventAt(reached + 1))
      )
        reached += 1
      if (reached !== number) setNumber(reached)
    }, TICK_MS)
    return () => clearTimeout(timer)
  }, [isPlaying, isShown, number, event, eventCount, next, clock, speed, eventAt])

  return {
    number,
    clock,
    isPlaying,
    speed,
    eventAt,
    go,
    goToTime: (ms) => void goToTime(ms),
    goToDecision: (step) => void goToDecision(step),
    toggle: () => setPlaying((playing) => !playing),
    setSpeed,
  }
}
