import type { Instant } from '@centralino/domain'
import { toInstant } from '@centralino/domain'

/** The hub's time, so that tests can turn it. */
export type Clock = {
  now(): Instant
  /** Runs `task` once after that many milliseconds (at most 2^31 - 1). Returns the function that calls it off. */
  after(milliseconds: number, task: () => void): () => void
}

/** The machine's clock. Its timers never keep the process alive. */
export const systemClock: Clock = {
  now: () => toInstant(Temporal.Now.instant()),
  after: (milliseconds, task) => {
    const timer = setTimeout(task, Math.max(0, milliseconds))
    timer.unref()
    return () => clearTimeout(timer)
  },
}
