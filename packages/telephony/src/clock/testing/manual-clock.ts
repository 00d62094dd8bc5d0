import type { Clock } from '../clock.ts'

export type ManualClock = Clock & {
  /** Lets `milliseconds` pass: timers due by then fire in order of their time, those they set in turn included. */
  advance(milliseconds: number): void
  /** Timers set, neither fired nor cancelled. */
  pending(): number
}

/** A clock that stands still until a test turns it. Starts at 0. */
export const createManualClock = (): ManualClock => {
  let now = 0
  let nextId = 1
  const timers = new Map<number, { readonly at: number; readonly fire: () => void }>()

  const earliest = (until: number): [number, { readonly at: number; readonly fire: () => void }] | null => {
    let found: [number, { readonly at: number; readonly fire: () => void }] | null = null
    for (const entry of timers) {
      if (entry[1].at <= until && (found === null || entry[1].at < found[1].at)) found = entry
    }
    return found
  }

  return {
    now: () => now,
    setTimer: (milliseconds, fire) => {
      const id = nextId++
      timers.set(id, { at: now + Math.max(0, milliseconds), fire })
      return () => {
        timers.delete(id)
      }
    },
    advance: (milliseconds) => {
      const until = now + milliseconds
      for (let due = earliest(until); due !== null; due = earliest(until)) {
        timers.delete(due[0])
        now = due[1].at
        due[1].fire()
      }
      now = until
    },
    pending: () => timers.size,
  }
}
