import type { Instant } from '@centralino/domain'

/** Tries of one event, the first among them: about 23 hours from the first to the last. */
export const MAXIMUM_ATTEMPTS = 12

const FIRST_WAIT_MILLISECONDS = 5_000
const GROWTH = 3
export const LONGEST_WAIT_MILLISECONDS = 6 * 3_600_000

/**
 * How long to wait after so many failed tries: 5 s, then three times as long each time up to 6 h, spread by a quarter, so
 * that receivers that came down together are not all knocked at in the same instant. Null: it was the last. A receiver that asks for
 * more time (`retryAfterMilliseconds`) has it, up to 6 h; one that asks for less does not use its tries up sooner.
 */
export const retryWaitMilliseconds = (
  attempts: number,
  options: { readonly retryAfterMilliseconds?: number | null; readonly random?: () => number } = {},
): number | null => {
  if (attempts >= MAXIMUM_ATTEMPTS) return null
  const { retryAfterMilliseconds, random = Math.random } = options
  const base = Math.min(FIRST_WAIT_MILLISECONDS * GROWTH ** (attempts - 1), LONGEST_WAIT_MILLISECONDS)
  const spread = Math.round(base * (0.75 + random() * 0.5))
  return Math.max(spread, Math.min(retryAfterMilliseconds ?? 0, LONGEST_WAIT_MILLISECONDS))
}

/** `Retry-After` (RFC 9110 §10.2.3): seconds, or a date. Null: neither, or past. */
export const parseRetryAfter = (text: string | undefined, now: Instant): number | null => {
  if (text === undefined) return null
  const milliseconds = /^\d{1,9}$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - Date.parse(now)
  return milliseconds > 0 ? milliseconds : null
}
