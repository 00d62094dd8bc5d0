/** Peers without RTCP say nothing of themselves while they suppress silence: they are given so many times as long. */
const WITHOUT_REPORTS = 5

/**
 * Whether a peer is still there. A muted phone that suppresses silence (RFC 3389 §5) sends no RTP for as long as it is
 * muted, and nothing is wrong with it: its RTCP reports, every five seconds or so (RFC 3550 §6.2), count as life as well.
 */
export class Liveness {
  readonly #timeoutMilliseconds: number
  #aliveAt: number | null = null
  #reports = false

  /** `timeoutMilliseconds`: of a peer whose reports came and stopped; 0: nobody is ever given up. */
  constructor(timeoutMilliseconds: number) {
    this.#timeoutMilliseconds = timeoutMilliseconds
  }

  /** RTP came, or the session was agreed upon anew. `now` in milliseconds of a monotonic clock, as everywhere here. */
  alive(now: number): void {
    this.#aliveAt = now
  }

  /** A sender or receiver report came. */
  reported(now: number): void {
    this.#reports = true
    this.alive(now)
  }

  isGone(now: number): boolean {
    if (this.#timeoutMilliseconds === 0 || this.#aliveAt === null) return false
    const patience = this.#timeoutMilliseconds * (this.#reports ? 1 : WITHOUT_REPORTS)
    return now - this.#aliveAt >= patience
  }
}
