import type { EventStoreErrorCode } from '@centralino/event-store'
import type { Clock } from '../time/clock.ts'

/** The store is there but cannot take it now: waiting helps. Anything else that fails is a bug or a bad event. */
const PASSING: ReadonlySet<string> = new Set<EventStoreErrorCode>([
  'DISK_FULL',
  'READ_ONLY',
  'STORE_UNAVAILABLE',
  'TOO_BUSY',
])

const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null

export const isPassing = (error: unknown): boolean => PASSING.has(codeOf(error) ?? '')
export const isClosed = (error: unknown): boolean => codeOf(error) === 'STORE_CLOSED'

/** Tries for what is not the store's passing trouble; then the event is reported and passed over. */
const TRIES = 5
const FIRST_WAIT_MILLISECONDS = 50
const LONGEST_WAIT_MILLISECONDS = 5_000

export type Attempted = 'done' | 'closed' | 'givenUp'

/**
 * Runs `task` until it succeeds. The store's passing trouble is waited out as long as it lasts (waits double up to 5 s);
 * any other failure is tried five times, so that one bad event never blocks what comes after it.
 */
export const withRetries = async (
  task: () => Promise<void>,
  options: {
    readonly clock: Pick<Clock, 'after'>
    readonly stopped: () => boolean
    readonly onFailure: (error: unknown, attempt: number) => void
  },
): Promise<Attempted> => {
  for (let attempt = 1, tries = 1; ; attempt += 1) {
    if (options.stopped()) return 'closed'
    try {
      await task()
      return 'done'
    } catch (error) {
      if (isClosed(error)) return 'closed'
      options.onFailure(error, attempt)
      if (!isPassing(error)) {
        if (tries >= TRIES) return 'givenUp'
        tries += 1
      }
      const wait = Math.min(FIRST_WAIT_MILLISECONDS * 2 ** (attempt - 1), LONGEST_WAIT_MILLISECONDS)
      await new Promise<void>((resolve) => options.clock.after(wait, resolve))
    }
  }
}
