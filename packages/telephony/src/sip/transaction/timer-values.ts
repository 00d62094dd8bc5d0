/** The timers of RFC 3261 table 4 and RFC 6026, milliseconds. */
export type TimerValues = {
  readonly T1: number
  readonly T2: number
  readonly T4: number
  /** INVITE client: how long it waits for any response. */
  readonly B: number
  /** INVITE client: how long it takes up refusals that are sent again. */
  readonly D: number
  /** Non-INVITE client: how long it waits for a final response. */
  readonly F: number
  /** INVITE server: how long it waits for the ACK of a refusal. */
  readonly H: number
  /** INVITE server: how long it takes up ACKs that are sent again. */
  readonly I: number
  /** Non-INVITE server: how long it answers requests that are sent again. */
  readonly J: number
  /** Non-INVITE client: how long it takes up responses that are sent again. */
  readonly K: number
  /** INVITE server: how long it takes up INVITEs that are sent again after 2xx (RFC 6026 §7.1). */
  readonly L: number
  /** INVITE client: how long it passes up further 2xx, of forks or sent again (RFC 6026 §7.2). */
  readonly M: number
}

/** T1 is the round trip estimate (§17.1.1.1: 500 ms). On a reliable transport nothing is sent again: D, I, J, K are 0. */
export const timerValues = (reliable: boolean, T1 = 500): TimerValues => ({
  T1,
  T2: 4000,
  T4: 5000,
  B: 64 * T1,
  D: reliable ? 0 : 32_000,
  F: 64 * T1,
  H: 64 * T1,
  I: reliable ? 0 : 5000,
  J: reliable ? 0 : 64 * T1,
  K: reliable ? 0 : 5000,
  L: 64 * T1,
  M: 64 * T1,
})
