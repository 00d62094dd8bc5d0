/** Waits of a reconnecting stream or socket: from half a second, doubling, never over 10 s, spread by a third. */
export const FIRST_WAIT_MS = 500
export const LONGEST_WAIT_MS = 10_000

/**
 * How long to wait before try number `attempt` (0 is the first one after a loss), ms. `random` in [0, 1) spreads the
 * desks of a floor, so that a restarted hub is not stormed.
 */
export function backoff(attempt: number, random: number): number {
  const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 10))
  return Math.round(wait * (2 / 3 + random / 3))
}
