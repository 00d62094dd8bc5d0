import type { AudioFrame } from './audio-frame.ts'
import { type G711, G711_PAYLOAD_TYPE } from './g711.ts'
import type { RtpPacket } from './packet.ts'
import { type Digit, DigitReader } from './telephone-event.ts'

/** RFC 3550 §A.1. */
const MAX_DROPOUT = 3_000
const MAX_MISORDER = 100
const RECENT = 128
/** RFC 3389: comfort noise, static payload type. */
const COMFORT_NOISE = 13

export type Received =
  | { readonly kind: 'audio'; readonly frame: AudioFrame }
  | { readonly kind: 'digits'; readonly digits: readonly Digit[] }
  | { readonly kind: 'dropped'; readonly why: 'duplicate' | 'late' | 'payloadType' | 'jump' | 'comfortNoise' }

type Source = {
  ssrc: number
  spurt: number
  /** Highest sequence so far, not wrapped. */
  highest: number
  /** Packets taken out of the numbering (digits), and the last one's place. */
  removed: number
  lastRemoved: number
  /** RFC 3550 §A.1: a big jump is believed when the next packet follows it. */
  jumpedTo: number | null
  recent: Float64Array
}

/**
 * What one peer sends, in order enough to be forwarded: duplicates and late packets fall out, digits are taken out
 * without leaving a gap, a change of SSRC (RFC 3550 §8.2) or a restarted numbering begins a new spurt.
 */
export class RtpReceiver {
  readonly #telephoneEvent: number | null
  readonly #laws: ReadonlyMap<number, G711>
  readonly #digits = new DigitReader()
  #source: Source | null = null
  #spurts = 0

  /**
   * The payload types as negotiated, null where they were not. Both G.711 laws are read under their static types in any
   * case: some peers send the one we did not choose.
   */
  constructor(negotiated: {
    readonly audio: { readonly payloadType: number; readonly law: G711 } | null
    readonly telephoneEvent: number | null
  }) {
    this.#telephoneEvent = negotiated.telephoneEvent
    const laws = new Map<number, G711>([
      [G711_PAYLOAD_TYPE.PCMU, 'PCMU'],
      [G711_PAYLOAD_TYPE.PCMA, 'PCMA'],
    ])
    if (negotiated.audio !== null) laws.set(negotiated.audio.payloadType, negotiated.audio.law)
    this.#laws = laws
  }

  /** `now` in milliseconds of a monotonic clock. The frame's payload is a view into the packet's. */
  accept(packet: RtpPacket, now: number): Received {
    const isDigit = packet.payloadType === this.#telephoneEvent
    const law = isDigit ? null : (this.#laws.get(packet.payloadType) ?? null)
    const isNoise = packet.payloadType === COMFORT_NOISE
    if (!isDigit && !isNoise && law === null) return { kind: 'dropped', why: 'payloadType' }

    const place = this.#place(packet)
    if (typeof place === 'string') return { kind: 'dropped', why: place }
    const { source, extended, inOrder } = place
    if (isDigit || law === null) {
      source.removed += 1
      source.lastRemoved = Math.max(source.lastRemoved, extended)
      if (!isDigit) return { kind: 'dropped', why: 'comfortNoise' }
      return { kind: 'digits', digits: this.#digits.read(packet, now) }
    }
    // Its place among the packets that were kept is no longer known.
    if (!inOrder && extended < source.lastRemoved) return { kind: 'dropped', why: 'late' }
    return {
      kind: 'audio',
      frame: {
        law,
        payload: packet.payload,
        spurt: source.spurt,
        sequence: extended - source.removed,
        timestamp: packet.timestamp,
      },
    }
  }

  /** A press whose end packets were lost, if any. To be called now and then. */
  expireDigit(now: number): Digit | null {
    return this.#digits.expire(now)
  }

  #place(
    packet: RtpPacket,
  ): { source: Source; extended: number; inOrder: boolean } | 'duplicate' | 'late' | 'jump' {
    const source = this.#source
    if (source === null || source.ssrc !== packet.ssrc) return this.#begin(packet)
    // Signed 16-bit distance from the highest, so that wrapping is a step like any other.
    const step = ((packet.sequence - source.highest) << 16) >> 16
    if (step >= MAX_DROPOUT || step <= -MAX_MISORDER) {
      if (source.jumpedTo !== packet.sequence) {
        source.jumpedTo = (packet.sequence + 1) & 0xffff
        return step < 0 ? 'late' : 'jump'
      }
      return this.#begin(packet)
    }
    source.jumpedTo = null
    const extended = source.highest + step
    const slot = ((extended % RECENT) + RECENT) % RECENT
    if (source.recent[slot] === extended) return 'duplicate'
    source.recent[slot] = extended
    source.highest = Math.max(source.highest, extended)
    return { source, extended, inOrder: step > 0 }
  }

  #begin(packet: RtpPacket): { source: Source; extended: number; inOrder: boolean } {
    this.#spurts += 1
    const extended = packet.sequence
    const recent = new Float64Array(RECENT).fill(Number.NaN)
    recent[extended % RECENT] = extended
    const source: Source = {
      ssrc: packet.ssrc,
      spurt: this.#spurts,
      highest: extended,
      removed: 0,
      lastRemoved: Number.NEGATIVE_INFINITY,
      jumpedTo: null,
      recent,
    }
    this.#source = source
    return { source, extended, inOrder: true }
  }
}
