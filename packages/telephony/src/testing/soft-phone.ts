import { randomInt } from 'node:crypto'
import { createSystemClock } from '../clock/index.ts'
import { RtpPortRange } from '../media/rtp/port-range.ts'
import { Ticker } from '../media/rtp/ticker.ts'
import { Q850 } from '../q850.ts'
import {
  type AudioCodec,
  answerOffer,
  makeOffer,
  type NegotiatedAudio,
  type OurAudio,
  readAnswer,
} from '../sdp/index.ts'
import type { SessionEnd } from '../sip/index.ts'
import { createUdpTransport } from '../sip/transport/index.ts'
import { createUserAgent } from '../sip/user-agent/index.ts'
import { type HeardStream, SoftPhoneAudio } from './soft-phone-audio.ts'

export type SoftPhoneOptions = {
  /** Numeric address that the phone binds. Default 127.0.0.1. */
  readonly localAddress?: string
  /** User part of From: the caller's number. Default `anonymous`. */
  readonly number?: string
  readonly displayName?: string
  /** Default: both laws, µ-law first. */
  readonly codecs?: readonly AudioCodec[]
  /** RTP ports. Default 30000–39999. */
  readonly rtpPorts?: { readonly min: number; readonly max: number }
}

export type SoftPhoneCall = {
  readonly sipCallId: string
  /** Resolves at the first 180 or 183; rejects when the call ends before. */
  readonly ringing: Promise<void>
  /** Resolves at 200; rejects with the end when the call ends before. */
  readonly answered: Promise<{ readonly codec: AudioCodec }>
  /** Resolves when the call is over, however. */
  readonly ended: Promise<SessionEnd>
  status(): 'calling' | 'ringing' | 'established' | 'ended'
  /** What the caller says from now on, 8 kHz; null: silence. */
  say(pcm: Int16Array | null, options?: { readonly repeat?: boolean }): void
  /** Presses a key (RFC 4733). */
  press(digit: string): void
  /** Everything heard so far, or its last milliseconds. */
  heard(lastMilliseconds?: number): Int16Array
  stream(): HeardStream
  /** The phone's own hold by re-INVITE: sendonly, and back. */
  hold(): Promise<void>
  resume(): Promise<void>
  /** The SSRC and numbering change in mid-call, as trunks do. */
  changeSsrc(): void
  /** Says nothing any more, not even silence: as if the line was cut. */
  vanish(): void
  /** CANCEL or BYE, whichever the call's state asks for. */
  hangUp(): void
}

export type SoftPhone = AsyncDisposable & {
  /** `sip:+390281680001@127.0.0.1:5060`. */
  call(
    target: string,
    options?: { readonly headers?: readonly (readonly [string, string])[] },
  ): Promise<SoftPhoneCall>
}

/** A caller's phone on our own SIP and RTP, for tests and for the demo call. Takes no calls (486). */
export const createSoftPhone = async (options: SoftPhoneOptions = {}): Promise<SoftPhone> => {
  const { localAddress = '127.0.0.1', number = 'anonymous', codecs = ['PCMU', 'PCMA'] } = options
  const clock = createSystemClock()
  const ports = new RtpPortRange(localAddress, options.rtpPorts ?? { min: 30_000, max: 39_999 })
  const ticker = new Ticker(clock, () => undefined)
  const transport = await createUdpTransport({ address: localAddress, port: 0 })
  const agent = createUserAgent({
    transport,
    clock,
    name: 'Centralino soft-phone',
    onInvite: (session) => {
      session.reject(486)
      return { onEnded: () => undefined }
    },
  })

  const call: SoftPhone['call'] = async (target, { headers = [] } = {}) => {
    const socket = await ports.open()
    if (socket === null) throw new Error('no RTP port is free')
    const audio = new SoftPhoneAudio(socket, ticker)
    const ringing = Promise.withResolvers<void>()
    const answered = Promise.withResolvers<{ readonly codec: AudioCodec }>()
    const ended = Promise.withResolvers<SessionEnd>()
    for (const { promise } of [ringing, answered]) promise.catch(() => undefined)
    let ours: OurAudio = {
      address: localAddress,
      port: socket.address().port,
      codecs,
      sessionId: String(randomInt(2 ** 47)),
      sessionVersion: 1,
    }
    const use = (agreed: NegotiatedAudio): void =>
      audio.start({
        law: agreed.codec,
        payloadType: agreed.payloadType,
        telephoneEventPayloadType: agreed.telephoneEventPayloadType,
        remote: agreed.remote,
      })
    const session = agent.invite({
      target,
      from: {
        uri: `sip:${number}@${localAddress}:${transport.local.port}`,
        ...(options.displayName === undefined ? {} : { displayName: options.displayName }),
      },
      offer: makeOffer(ours),
      headers,
      listener: {
        onProgress: ({ status }) => {
          if (status >= 180) ringing.resolve()
        },
        onAnswered: ({ sdp }) => {
          const agreed = sdp === null ? null : readAnswer(sdp, ours)
          if (agreed === null || 'refused' in agreed) {
            answered.reject(new Error('the answer cannot be used'))
            session.end({ q850: Q850.incompatibleDestination })
            return
          }
          use(agreed)
          ringing.resolve()
          answered.resolve({ codec: agreed.codec })
        },
        onReinvite: (offer) => {
          if (offer === null) return { sdp: makeOffer(ours) }
          const answer = answerOffer(offer, ours)
          if ('refused' in answer) return { refuse: 488 }
          use(answer)
          return { sdp: answer.answer }
        },
        onEnded: (end) => {
          audio.close()
          const error = new Error(`the call ended: ${end.how} ${end.sipStatus ?? ''}`, { cause: end })
          ringing.reject(error)
          answered.reject(error)
          ended.resolve(end)
        },
      },
    })
    const offerAgain = async (direction: 'sendrecv' | 'sendonly'): Promise<void> => {
      ours = { ...ours, direction, sessionVersion: ours.sessionVersion + 1 }
      const outcome = await session.reinvite(makeOffer(ours))
      if (outcome.outcome !== 'answered')
        throw new Error(`the re-INVITE was not answered: ${outcome.outcome}`)
    }
    return {
      sipCallId: session.callId,
      ringing: ringing.promise,
      answered: answered.promise,
      ended: ended.promise,
      status: () => session.status(),
      say: (pcm, { repeat = false } = {}) => audio.say(pcm, repeat),
      press: (digit) => audio.press(digit),
      heard: (lastMilliseconds) => audio.heard(lastMilliseconds),
      stream: () => audio.stream(),
      hold: () => offerAgain('sendonly'),
      resume: () => offerAgain('sendrecv'),
      changeSsrc: () => audio.changeSsrc(),
      vanish: () => audio.pause(true),
      hangUp: () => session.end({ q850: Q850.normalClearing }),
    }
  }

  return {
    call,
    [Symbol.asyncDispose]: async () => {
      await agent.shutdown({ q850: Q850.normalClearing }, 1_000)
      await agent[Symbol.asyncDispose]()
      await transport[Symbol.asyncDispose]()
      ticker.close()
    },
  }
}
