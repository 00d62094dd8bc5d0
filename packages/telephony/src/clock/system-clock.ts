import { performance } from 'node:perf_hooks'
import type { Clock } from './clock.ts'

/**
 * The machine's own clock. A failure inside a timer goes to `onError` (default: thrown, which ends the process), so
 * that one call's bug need not end the other calls.
 */
export const createSystemClock = (
  onError: (error: unknown) => void = (error) => {
    throw error
  },
): Clock => ({
  now: () => performance.now(),
  setTimer: (milliseconds, fire) => {
    const handle = setTimeout(() => {
      try {
        fire()
      } catch (error) {
        onError(error)
      }
    }, milliseconds)
    return () => clearTimeout(handle)
  },
})
