const MINUTE = 60
const HOUR = 60 * MINUTE

/** Waits between tries, seconds: quick while a server restarts, then every two hours for five days (RFC 5321 §4.5.4.1). */
const WAITS_SECONDS: readonly number[] = [5, 15, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE]
const THEN_SECONDS = 2 * HOUR
const MOST_ATTEMPTS = 60

/** Seconds until the next try after `attempt` tries have failed; null: five days are over, give up. */
export const waitSecondsAfter = (attempt: number): number | null =>
  attempt >= MOST_ATTEMPTS ? null : (WAITS_SECONDS[attempt - 1] ?? THEN_SECONDS)
