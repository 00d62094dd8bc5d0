import { type Instant, toInstant } from '@centralino/domain'

/** A local time on the working day (Monday to Friday) so many before today. */
export const pastTime = (
  now: Instant,
  timeZone: string,
  workingDaysAgo: number,
  time: string,
): { readonly day: string; readonly at: Instant } => {
  let date = Temporal.Instant.from(now).toZonedDateTimeISO(timeZone).toPlainDate()
  for (let left = workingDaysAgo; left > 0; ) {
    date = date.subtract({ days: 1 })
    if (date.dayOfWeek <= 5) left -= 1
  }
  const local = date.toZonedDateTime({ timeZone, plainTime: Temporal.PlainTime.from(time) })
  return { day: date.toString(), at: toInstant(local.toInstant()) }
}
