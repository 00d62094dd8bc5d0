import type { Clock } from '../../clock/clock.ts'
import type { SipCounters } from '../counters.ts'
import type { TimerValues } from './timer-values.ts'

/** What every transaction stands on. */
export type TransactionEnvironment = {
  readonly clock: Clock
  readonly timers: TimerValues
  readonly reliable: boolean
  readonly counters: SipCounters
}
