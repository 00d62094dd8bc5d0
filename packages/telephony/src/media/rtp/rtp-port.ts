import { randomInt } from 'node:crypto'
import type { RemoteInfo, Socket } from 'node:dgram'
import { unreachable } from '@centralino/domain/kernel'
import type { Endpoint } from '../../endpoint.ts'
import { LegAudio, type LegAudioOptions } from '../leg-audio.ts'
import type { MediaLeg, MediaLegListener, PlayedSource, SipMediaLeg, SipMediaSession } from '../media.ts'
import type { MediaCounters } from '../media-counters.ts'
import { Latch } from './latch.ts'
import { Liveness } from './liveness.ts'
import { isReport, isRtcp, parseRtp } from './packet.ts'
import { RtpReceiver } from './rtp-receiver.ts'
import { RtpSender } from './rtp-sender.ts'

export type RtpPortOptions = Omit<LegAudioOptions, 'onGreetingFinished'> & {
  readonly socket: Socket
  /** The next odd port (RFC 3550 §11). */
  readonly rtcpSocket: Socket
  /** What our SDP names: the announced address, the socket's port. */
  readonly local: Endpoint
  readonly counters: MediaCounters
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number
  /** Reported as lost when neither RTP nor RTCP came for so long, five times as long without any RTCP; 0: never. */
  readonly timeoutMilliseconds: number
  readonly listener: MediaLegListener
  readonly onClosed: (port: RtpPort) => void
}

/**
 * A SIP leg's RTP: one UDP socket, symmetric (RFC 4961), one outgoing stream whatever feeds it, digits taken out on
 * the way in. It stands in front of whatever the other leg is, since trunks change SSRC, address and hold in mid-call
 * and nobody behind should notice. RTCP is not answered: its reports only tell that the peer is there.
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
  readonly #liveness: Liveness
  #status: 'open' | 'lost' | 'closed' = 'open'

  constructor(options: RtpPortOptions) {
    this.#options = options
    this.local = options.local
    this.#liveness = new Liveness(options.timeoutMilliseconds)
    this.#audio = new LegAudio({
      ...options,
      onGreetingFinished: () => options.listener.onGreetingFinished?.(),
    })
    this.#audio.belongTo(this)
    for (const socket of [options.socket, options.rtcpSocket])
      socket.on('error', () => options.counters.count('media.socketError'))
    options.socket.on('message', (datagram, from) => {
      // RFC 5761: some peers send both to one port, agreed upon or not.
      if (isRtcp(datagram)) this.#receiveRtcp(datagram, from)
      else this.#receive(datagram, from)
    })
    options.rtcpSocket.on('message', (datagram, from) => this.#receiveRtcp(datagram, from))
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
    this.#liveness.alive(this.#options.now())
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
    if (this.#status !== 'open' || this.#session?.sends !== true || !this.#liveness.isGone(now)) return
    this.#status = 'lost'
    this.#options.listener.onLost?.('silent')
  }

  close(): void {
    if (this.#status === 'closed') return
    this.#status = 'closed'
    this.#audio.close()
    this.#options.socket.close()
    this.#options.rtcpSocket.close()
    this.#options.onClosed(this)
  }

  #receive(datagram: Buffer, from: RemoteInfo): void {
    const { counters, now, listener } = this.#options
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
    this.#liveness.alive(at)
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

  /** Its port may be any, behind a NAT; its address is the audio's. */
  #receiveRtcp(datagram: Buffer, from: RemoteInfo): void {
    const { counters, now } = this.#options
    if (!isReport(datagram) || this.#latch.target?.address !== from.address) {
      counters.count('rtcp.ignored')
      return
    }
    counters.count('rtcp.reports')
    this.#liveness.reported(now())
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
