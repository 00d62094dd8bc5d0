declare const instantBrand: unique symbol

/**
 * A point in time as events carry it: ISO 8601, UTC, always three decimals (`2026-11-24T05:20:43.123Z`), so that
 * comparing two of them as strings compares them in time. Made from and turned into `Temporal.Instant` at the edges.
 */
export type Instant = string & { readonly [instantBrand]: 'Instant' }

/** Truncates to the millisecond. */
export const toInstant = (at: Temporal.Instant): Instant =>
  at.toString({ smallestUnit: 'millisecond' }) as Instant

/** Reads any ISO 8601 instant; throws a `RangeError` on anything else. */
export const parseInstant = (text: string): Instant => toInstant(Temporal.Instant.from(text))

/** For reckoning; the log and the wire keep the text. */
export const toTemporal = (at: Instant): Temporal.Instant => Temporal.Instant.from(at)

/** `at` moved by a whole number of milliseconds, which may be negative. */
export const plusMilliseconds = (at: Instant, milliseconds: number): Instant =>
  new Date(Date.parse(at) + milliseconds).toISOString() as Instant

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export const millisecondsBetween = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from)
