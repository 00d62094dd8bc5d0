import { randomInt } from 'node:crypto'
import type { Socket } from 'node:dgram'
import { FRAME_SAMPLES } from '../media/rtp/audio-frame.ts'
import { decodeG711, encodeG711, type G711 } from '../media/rtp/g711.ts'
import { buildRtp, parseRtp, type RtpPacket } from '../media/rtp/packet.ts'
import type { Ticker } from '../media/rtp/ticker.ts'

export type SoftPhoneFormat = {
  readonly law: G711
  readonly payloadType: number
  readonly telephoneEventPayloadType: number | null
  readonly remote: { readonly address: string; readonly port: number }
}

/** What the phone noticed about the stream that it hears. */
export type HeardStream = {
  readonly packets: number
  readonly ssrcs: number
  /** Places in the numbering where a packet is missing, repeated or out of order. */
  readonly sequenceBreaks: number
  /** Longest time between two packets, milliseconds. */
  readonly longestGapMilliseconds: number
}

/** Recording stops after so long: ten minutes. */
const MOST_RECORDED_SAMPLES = 600 * 8_000
const EVENT_SAMPLES = 640
const DIGITS = '0123456789*#ABCD'

type PressedKey = { readonly event: number; timestamp: number; samples: number; ends: number }
type Speech = { readonly pcm: Int16Array; readonly repeat: boolean; at: number }

/** The RTP half of the soft-phone: says what it is given (or silence), 50 packets a second, and records what it hears. */
export class SoftPhoneAudio {
  readonly #socket: Socket
  readonly #ticker: Ticker
  readonly #recorded: Int16Array[] = []
  #recordedSamples = 0
  #format: SoftPhoneFormat | null = null
  #stopTicking: (() => void) | null = null
  #speech: Speech | null = null
  #paused = false
  #digits: PressedKey[] = []
  #ssrc: number
  #sequence = randomInt(2 ** 16)
  #timestamp = randomInt(2 ** 32)
  #marker = true
  #last: { packet: RtpPacket; at: number } | null = null
  #ssrcs = new Set<number>()
  #heard = { packets: 0, sequenceBreaks: 0, longestGapMilliseconds: 0 }

  constructor(socket: Socket, ticker: Ticker, ssrc = randomInt(2 ** 32)) {
    this.#ssrc = ssrc
    this.#socket = socket
    this.#ticker = ticker
    socket.on('error', () => undefined)
    socket.on('message', (datagram) => this.#hear(datagram))
  }

  start(format: SoftPhoneFormat): void {
    this.#format = format
    this.#stopTicking ??= this.#ticker.add((frames) => {
      for (let i = 0; i < frames; i++) this.#sendFrame()
    })
  }

  say(pcm: Int16Array | null, repeat: boolean): void {
    this.#speech = pcm === null || pcm.length === 0 ? null : { pcm, repeat, at: 0 }
  }

  /** RFC 4733: one press of 80 ms. */
  press(digit: string): void {
    const event = DIGITS.indexOf(digit)
    if (event < 0 || digit.length !== 1) throw new RangeError(`not a key: ${digit}`)
    this.#digits.push({ event, timestamp: -1, samples: 0, ends: 0 })
  }

  /** Sends nothing while paused: a phone on hold, or one that vanished. */
  pause(paused: boolean): void {
    this.#paused = paused
  }

  /** As a trunk does when it moves a call to another gateway. */
  changeSsrc(): void {
    this.#ssrc = randomInt(2 ** 32)
    this.#sequence = randomInt(2 ** 16)
    this.#timestamp = randomInt(2 ** 32)
  }

  heard(lastMilliseconds?: number): Int16Array {
    const all = new Int16Array(this.#recordedSamples)
    let at = 0
    for (const chunk of this.#recorded) {
      all.set(chunk, at)
      at += chunk.length
    }
    return lastMilliseconds === undefined ? all : all.subarray(Math.max(0, all.length - lastMilliseconds * 8))
  }

  stream(): HeardStream {
    return { ...this.#heard, ssrcs: this.#ssrcs.size }
  }

  close(): void {
    this.#stopTicking?.()
    this.#socket.close()
  }

  #sendFrame(): void {
    const format = this.#format
    if (format === null || this.#paused) return
    this.#timestamp += FRAME_SAMPLES
    if (this.#digits[0] !== undefined && format.telephoneEventPayloadType !== null) {
      this.#sendDigit(this.#digits[0], format.telephoneEventPayloadType)
      return
    }
    this.#send(format.payloadType, this.#timestamp, encodeG711(format.law, this.#nextFrame()), this.#marker)
    this.#marker = false
  }

  #sendDigit(digit: PressedKey, payloadType: number): void {
    const first = digit.timestamp < 0
    if (first) digit.timestamp = this.#timestamp
    digit.samples = Math.min(EVENT_SAMPLES, digit.samples + FRAME_SAMPLES)
    const ended = digit.samples === EVENT_SAMPLES
    // §2.5.1.4: the end is sent three times.
    if (ended) digit.ends += 1
    const payload = Uint8Array.of(
      digit.event,
      (ended ? 0x80 : 0) | 10,
      digit.samples >> 8,
      digit.samples & 0xff,
    )
    this.#send(payloadType, digit.timestamp, payload, first)
    if (digit.ends < 3) return
    this.#digits.shift()
    this.#marker = true
  }

  #nextFrame(): Int16Array {
    const frame = new Int16Array(FRAME_SAMPLES)
    const speech = this.#speech
    if (speech === null) return frame
    for (let i = 0; i < FRAME_SAMPLES; i++) {
      frame[i] = speech.pcm[speech.at] ?? 0
      speech.at += 1
      if (speech.at >= speech.pcm.length && speech.repeat) speech.at = 0
    }
    if (speech.at >= speech.pcm.length) this.#speech = null
    return frame
  }

  #send(payloadType: number, timestamp: number, payload: Uint8Array, marker: boolean): void {
    const { remote } = this.#format ?? {}
    if (remote === undefined) return
    this.#sequence += 1
    const packet = { payloadType, marker, sequence: this.#sequence, timestamp, ssrc: this.#ssrc, payload }
    this.#socket.send(buildRtp(packet), remote.port, remote.address, () => undefined)
  }

  #hear(datagram: Buffer): void {
    const packet = parseRtp(datagram)
    const format = this.#format
    if (packet === null || format === null || packet.payloadType !== format.payloadType) return
    const at = performance.now()
    const last = this.#last
    this.#last = { packet, at }
    this.#ssrcs.add(packet.ssrc)
    this.#heard.packets += 1
    if (last !== null) {
      if (packet.sequence !== ((last.packet.sequence + 1) & 0xffff)) this.#heard.sequenceBreaks += 1
      this.#heard.longestGapMilliseconds = Math.max(this.#heard.longestGapMilliseconds, at - last.at)
    }
    if (this.#recordedSamples >= MOST_RECORDED_SAMPLES) return
    const pcm = decodeG711(format.law, packet.payload)
    this.#recorded.push(pcm)
    this.#recordedSamples += pcm.length
  }
}
