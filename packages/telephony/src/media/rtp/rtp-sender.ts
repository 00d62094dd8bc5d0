import { type AudioFrame, SAMPLES_PER_MILLISECOND } from './audio-frame.ts'
import { type G711, transcodeG711 } from './g711.ts'
import { buildRtp } from './packet.ts'

export type AudioFormat = { readonly law: G711; readonly payloadType: number }

export type RtpSenderOptions = {
  readonly format: AudioFormat
  readonly ssrc: number
  /** First sequence number and timestamp; RFC 3550 §5.1 wants both random. */
  readonly firstSequence: number
  readonly firstTimestamp: number
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
  readonly write: (datagram: Buffer) => void
}

/** How forwarded numbering maps to ours, from the first frame of a spurt on. */
type Mapping = { spurt: number; sequence: number; timestamp: number; from: number }

/**
 * One outgoing stream: one SSRC, one numbering and one clock from the first packet to the last, whatever feeds it.
 * Silence between two sources moves the timestamp by the time that passed, never the sequence (RFC 3550 §5.1), and the
 * first packet after a change of source has the marker bit (RFC 3551 §4.1).
 */
export class RtpSender {
  readonly #options: RtpSenderOptions
  /** May be changed on the way (re-INVITE): the stream stays the same. */
  format: AudioFormat
  /** Highest sequence sent, not wrapped. */
  #sequence: number
  #timestamp: number
  #samples = 0
  #sentAt: number | null = null
  #fresh = true
  #mapping: Mapping | null = null

  constructor(options: RtpSenderOptions) {
    this.#options = options
    this.format = options.format
    this.#sequence = options.firstSequence - 1
    this.#timestamp = options.firstTimestamp
  }

  /** The next packet comes from another source. */
  startSource(): void {
    this.#fresh = true
    this.#mapping = null
  }

  /** `octets` in this stream's law, as long as they last; the caller keeps the pace. */
  sendPaced(octets: Uint8Array): void {
    const fresh = this.#fresh
    this.#send(
      this.#sequence + 1,
      fresh ? this.#resumedTimestamp() : this.#timestamp + this.#samples,
      octets,
      fresh,
    )
  }

  /** A frame of another leg, in whatever order it came. False: it belongs before what was already sent, and is dropped. */
  sendForwarded(frame: AudioFrame): boolean {
    let mapping = this.#mapping
    const fresh = mapping === null || mapping.spurt !== frame.spurt
    if (mapping === null || fresh) {
      const sequence = this.#sequence + 1
      mapping = {
        spurt: frame.spurt,
        sequence: sequence - frame.sequence,
        timestamp: this.#resumedTimestamp() - frame.timestamp,
        from: frame.sequence,
      }
      this.#mapping = mapping
    }
    if (frame.sequence < mapping.from) return false
    const octets = transcodeG711(frame.law, this.format.law, frame.payload)
    this.#send(frame.sequence + mapping.sequence, frame.timestamp + mapping.timestamp, octets, fresh)
    return true
  }

  #resumedTimestamp(): number {
    if (this.#sentAt === null) return this.#timestamp
    const elapsed = Math.round((this.#options.now() - this.#sentAt) * SAMPLES_PER_MILLISECOND)
    return this.#timestamp + Math.max(this.#samples, elapsed)
  }

  #send(sequence: number, timestamp: number, payload: Uint8Array, marker: boolean): void {
    const { ssrc, now, write } = this.#options
    if (sequence > this.#sequence) {
      this.#sequence = sequence
      this.#timestamp = timestamp
      this.#samples = payload.length
      this.#sentAt = now()
    }
    this.#fresh = false
    write(buildRtp({ payloadType: this.format.payloadType, marker, sequence, timestamp, ssrc, payload }))
  }
}
