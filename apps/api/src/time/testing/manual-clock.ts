import type { Instant } from '@centralino/domain'
import { millisecondsBetween, parseInstant, plusMilliseconds } from '@centralino/domain'
import type { Clock } from '../clock.ts'

export type ManualClock = Clock & {
  /** Moves time on; timers due run in the order of their time, each at its own instant. */
  advance(milliseconds: number): void
  /** How many timers are armed that are due later than that from now; any of them unless told otherwise. */
  pending(laterThanMilliseconds?: number): number
}

/** A clock that stands until a test moves it. */
export const manualClock = (start = '2026-11-24T09:00:00.000Z'): ManualClock => {
  let now = parseInstant(start)
  let serial = 0
  const timers = new Map<number, { readonly due: Instant; readonly task: () => void }>()
  const next = () =>
    [...timers].sort(([a, left], [b, right]) =>
      left.due < right.due ? -1 : left.due > right.due ? 1 : a - b,
    )[0]

  return {
    now: () => now,
    after: (milliseconds, task) => {
      const id = serial++
      timers.set(id, { due: plusMilliseconds(now, Math.max(0, milliseconds)), task })
      return () => timers.delete(id)
    },
    advance: (milliseconds) => {
      const target = plusMilliseconds(now, milliseconds)
      for (let entry = next(); entry !== undefined && entry[1].due <= target; entry = next()) {
        const [id, timer] = entry
        timers.delete(id)
        if (timer.due > now) now = timer.due
        timer.task()
      }
      now = target
    },
    pending: (laterThanMilliseconds = -1) =>
      [...timers.values()].filter(({ due }) => millisecondsBetween(now, due) > laterThanMilliseconds).length,
  }
}
