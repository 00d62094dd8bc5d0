import { randomInt } from 'node:crypto'
import type { RemoteInfo, Socket } from 'node:dgram'
import { unreachable } from '@centralino/domain/kernel'
import { LegAudio, type LegAudioOptions } from '../leg-audio.ts'
import type { MediaLeg, MediaLegListener, PlayedSource, SipMediaLeg, SipMediaSession } from '../media.ts'
import type { MediaCounters } from '../media-counters.ts'
import { type Endpoint, Latch } from './latch.ts'
import { isRtcp, parseRtp } from './packet.ts'
import { RtpReceiver } from './rtp-receiver.ts'
import { RtpSender } from './rtp-sender.ts'

export type RtpPortOptions = Omit<LegAudioOptions, 'onGreetingFinished'> & {
  readonly socket: Socket
  /** What our SDP names: the announced address, the socket's port. */
  readonly local: Endpoint
  readonly counters: MediaCounters
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
  /** Reported as lost when nothing was heard for so long; 0: never. */
  readonly timeoutMilliseconds: number
  readonly listener: MediaLegListener
  readonly onClosed: (port: RtpPort) => void
}

/**
 * A SIP leg's RTP: one UDP socket, symmetric (RFC 4961), one outgoing stream whatever feeds it, digits taken out on
 * the way in. It stands in front of whatever the other leg is, since trunks change SSRC, address and hold in mid-call
 * and nobody behind should notice. RTCP is not answered: what arrives of it on this port is ignored.
 */
export class RtpPort implements SipMediaLeg {
  readonly kind = 'sip'
  readonly local: Endpoint
  readonly #options: RtpPortOptions
  readonly #audio: LegAudio
  readonly #latch = new Latch(null)
  #sender: RtpSender | null = null
  #receiver: RtpReceiver | null = null
  #session: SipMediaSession | null = null
  #heardAt: number | null = null
  #status: 'open' | 'lost' | 'closed' = 'open'

  constructor(options: RtpPortOptions) {
    this.#options = options
    this.local = options.local
    this.#audio = new LegAudio({
      ...options,
      onGreetingFinished: () => options.listener.onGreetingFinished?.(),
    })
    this.#audio.belongTo(this)
    options.socket.on('error', () => options.counters.count('media.socketError'))
    options.socket.on('message', (datagram, from) => this.#receive(datagram, from))
  }

  connect(session: SipMediaSession): void {
    if (this.#status !== 'open') return
    this.#latch.signal(session.remote)
    if (this.#receiver === null || !sameNumbers(this.#session, session)) {
      this.#receiver = new RtpReceiver({
        audio: session.format,
        telephoneEvent: session.telephoneEventPayloadType,
      })
    }
    this.#session = session
    if (this.#sender === null) {
      this.#sender = new RtpSender({
        format: session.format,
        ssrc: randomInt(2 ** 32),
        firstSequence: randomInt(2 ** 16),
        firstTimestamp: randomInt(2 ** 32),
        now: this.#options.now,
        write: (datagram) => this.#write(datagram),
      })
    }
    this.#sender.format = session.format
    this.#heardAt = this.#options.now()
    if (session.sends) this.#audio.attach(this.#sender)
    else this.#audio.detach()
  }

  hear(source: PlayedSource | MediaLeg): void {
    this.#audio.hear(source)
  }

  /** To be called now and then: ends presses whose end was lost, notices a peer that fell silent. */
  sweep(now: number): void {
    const digit = this.#receiver?.expireDigit(now) ?? null
    if (digit !== null) this.#options.listener.onDigit?.(digit)
    const { timeoutMilliseconds, listener } = this.#options
    if (timeoutMilliseconds === 0 || this.#heardAt === null || this.#status !== 'open') return
    if (this.#session?.sends !== true) return
    if (now - this.#heardAt < timeoutMilliseconds) return
    this.#status = 'lost'
    listener.onLost?.('silent')
  }

  close(): void {
    if (this.#status === 'closed') return
    this.#status = 'closed'
    this.#audio.close()
    this.#options.socket.close()
    this.#options.onClosed(this)
  }

  #receive(datagram: Buffer, from: RemoteInfo): void {
    const { counters, now, listener } = this.#options
    if (isRtcp(datagram)) {
      counters.count('rtp.rtcpIgnored')
      return
    }
    const packet = parseRtp(datagram)
    if (packet === null) {
      counters.count('rtp.malformed')
      return
    }
    const receiver = this.#receiver
    const at = now()
    if (receiver === null || !this.#latch.accepts(from, packet, at)) {
      counters.count('rtp.wrongSource')
      return
    }
    this.#heardAt = at
    counters.count('rtp.received')
    const received = receiver.accept(packet, at)
    switch (received.kind) {
      case 'audio':
        this.#audio.mouth.say(received.frame)
        return
      case 'digits':
        for (const digit of received.digits) {
          counters.count('rtp.digits')
          listener.onDigit?.(digit)
        }
        return
      case 'dropped':
        counters.count('rtp.dropped')
        return
      default:
        unreachable(received)
    }
  }

  #write(datagram: Buffer): void {
    const target = this.#latch.target
    if (target === null || this.#status === 'closed') return
    this.#options.counters.count('rtp.sent')
    this.#options.socket.send(datagram, target.port, target.address, (error) => {
      if (error !== null) this.#options.counters.count('rtp.sendFailed')
    })
  }
}

const sameNumbers = (a: SipMediaSession | null, b: SipMediaSession): boolean =>
  a?.telephoneEventPayloadType === b.telephoneEventPayloadType &&
  a.format.law === b.format.law &&
  a.format.payloadType === b.format.payloadType
