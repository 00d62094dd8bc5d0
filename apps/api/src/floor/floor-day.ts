import type { Instant } from '@centralino/domain'
import { toTemporal } from '@centralino/domain'

/** The floor's local date, `yyyy-mm-dd`. */
export const dayOf = (at: Instant, timeZone: string): string =>
  toTemporal(at).toZonedDateTimeISO(timeZone).toPlainDate().toString()

/** Until the next local midnight, which is 23 to 25 hours from the last where clocks change. At least 1. */
export const millisecondsToMidnight = (at: Instant, timeZone: string): number => {
  const now = toTemporal(at)
  const midnight = now
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
    .add({ days: 1 })
    .toZonedDateTime({ timeZone })
  return Math.max(1, midnight.epochMilliseconds - now.epochMilliseconds)
}
