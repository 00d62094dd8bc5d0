import type { Endpoint } from '../../endpoint.ts'

const sameEndpoint = (a: Endpoint, b: Endpoint): boolean => a.port === b.port && a.address === b.address

/** Another source is believed after so many packets in sequence… */
const PROBATION_PACKETS = 3
/** …and only while the one we are latched on has been silent for so long: nobody takes a running call over. */
const SILENT_MILLISECONDS = 250

/**
 * Symmetric RTP (RFC 4961): packets go where packets come from, which is what works through a NAT. Until the first one
 * came, the SDP's address is used. A stranger's packets (wrong source) are dropped.
 */
export class Latch {
  #signalled: Endpoint | null
  #latched: Endpoint | null = null
  #heardAt = Number.NEGATIVE_INFINITY
  #candidate: { endpoint: Endpoint; ssrc: number; nextSequence: number; seen: number } | null = null

  /** `signalled`: the address of the peer's SDP; null when it is not an IP address or not known yet. */
  constructor(signalled: Endpoint | null) {
    this.#signalled = signalled
  }

  /** Where to send, null when nobody told and nothing came yet. */
  get target(): Endpoint | null {
    return this.#latched ?? this.#signalled
  }

  /** A new SDP address (re-INVITE): what comes from there is believed at once. The same address changes nothing. */
  signal(endpoint: Endpoint | null): void {
    const same =
      endpoint !== null && this.#signalled !== null
        ? sameEndpoint(endpoint, this.#signalled)
        : endpoint === this.#signalled
    if (same) return
    this.#signalled = endpoint
    this.#latched = null
    this.#candidate = null
    this.#heardAt = Number.NEGATIVE_INFINITY
  }

  /** True when a packet from there is the peer's. `now` in milliseconds of a monotonic clock. */
  accepts(
    from: Endpoint,
    packet: { readonly ssrc: number; readonly sequence: number },
    now: number,
  ): boolean {
    if (this.#latched !== null && sameEndpoint(this.#latched, from)) {
      this.#heardAt = now
      this.#candidate = null
      return true
    }
    const trusted = this.#latched === null && this.#signalled !== null && sameEndpoint(this.#signalled, from)
    if (trusted || this.#passedProbation(from, packet, now)) {
      this.#latched = from
      this.#heardAt = now
      this.#candidate = null
      return true
    }
    return false
  }

  #passedProbation(
    from: Endpoint,
    packet: { readonly ssrc: number; readonly sequence: number },
    now: number,
  ): boolean {
    if (now - this.#heardAt < SILENT_MILLISECONDS) return false
    const candidate = this.#candidate
    const continues =
      candidate !== null &&
      sameEndpoint(candidate.endpoint, from) &&
      candidate.ssrc === packet.ssrc &&
      candidate.nextSequence === packet.sequence
    const seen = continues ? candidate.seen + 1 : 1
    this.#candidate = {
      endpoint: from,
      ssrc: packet.ssrc,
      nextSequence: (packet.sequence + 1) & 0xffff,
      seen,
    }
    return seen >= PROBATION_PACKETS
  }
}
