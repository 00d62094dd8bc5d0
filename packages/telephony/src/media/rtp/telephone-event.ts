import type { RtpPacket } from './packet.ts'

export type Digit = { readonly digit: string; readonly durationMilliseconds: number }

/** RFC 4733 §3.2, table 3: event codes 0–15. */
const DIGITS = '0123456789*#ABCD'
const TICKS_PER_MILLISECOND = 8
/** A press of which no packet came for so long has ended, all its end packets lost. */
const LOST_END_MILLISECONDS = 250

type Press = { event: number; timestamp: number; duration: number; carried: number; lastAt: number }

/** Signed distance of 32-bit RTP timestamps. */
const later = (a: number, b: number): number => (a - b) | 0

/**
 * Reads named telephone events (RFC 4733) and gives each key press once: at its first end packet, whatever is
 * repeated, reordered or lost. `now` is in milliseconds of a monotonic clock.
 */
export class DigitReader {
  #press: Press | null = null
  #endedTimestamp: number | null = null

  /** The digit whose press this packet ended (a new press also ends the one before it); usually none or one. */
  read(packet: RtpPacket, now: number): readonly Digit[] {
    const { payload, timestamp } = packet
    // §2.3: event, end bit + reserved bit + volume, duration.
    if (payload.length < 4) return []
    const event = payload[0] ?? 0
    const ended = ((payload[1] ?? 0) & 0x80) !== 0
    const duration = ((payload[2] ?? 0) << 8) | (payload[3] ?? 0)
    if (event >= DIGITS.length) return []
    if (this.#endedTimestamp !== null && later(timestamp, this.#endedTimestamp) <= 0) return []

    const finished: Digit[] = []
    let press = this.#press
    if (press !== null && press.timestamp !== timestamp) {
      if (later(timestamp, press.timestamp) < 0) return []
      // §2.5.1.3: a long event goes on in segments; the next one starts where the last ended, without a marker.
      const continues =
        press.event === event && !packet.marker && (press.timestamp + press.duration) >>> 0 === timestamp
      if (continues) {
        press.carried += press.duration
        press.timestamp = timestamp
        press.duration = 0
      } else {
        finished.push(this.#finish(press))
        press = null
      }
    }
    press ??= { event, timestamp, duration: 0, carried: 0, lastAt: now }
    press.duration = Math.max(press.duration, duration)
    press.lastAt = now
    this.#press = press
    // §2.5.1.3: a segment that is full (0xFFFF) is not the end even if nothing else says so.
    if (ended) finished.push(this.#finish(press))
    return finished
  }

  /** To be called now and then: ends a press whose end packets were all lost. */
  expire(now: number): Digit | null {
    const press = this.#press
    if (press === null || now - press.lastAt < LOST_END_MILLISECONDS) return null
    return this.#finish(press)
  }

  #finish(press: Press): Digit {
    this.#press = null
    this.#endedTimestamp = press.timestamp
    return {
      digit: DIGITS[press.event] ?? '',
      durationMilliseconds: Math.round((press.carried + press.duration) / TICKS_PER_MILLISECOND),
    }
  }
}
