import { randomInt } from 'node:crypto'
import { isIP } from 'node:net'
import type { Endpoint } from '../endpoint.ts'
import type { SipMediaSession } from '../media/media.ts'
import {
  type AudioCodec,
  answerOffer,
  makeOffer,
  type NegotiatedAudio,
  type OurAudio,
  readAnswer,
  type SdpRefusal,
} from '../sdp/index.ts'

const CODECS: readonly AudioCodec[] = ['PCMU', 'PCMA']
/** RFC 863's discard port stands for a port while only the codecs are asked about. */
const NO_PORT = 9

/** Whether the offer could be answered at all, before a port is taken for it. */
export const checkOffer = (offer: string): SdpRefusal | null => {
  const ours = { address: '127.0.0.1', port: NO_PORT, codecs: CODECS, sessionId: '0', sessionVersion: 0 }
  const answered = answerOffer(offer, ours)
  return 'refused' in answered ? answered : null
}

/** One leg's side of offer/answer (RFC 3264): the same session id throughout, a new version for a changed description. */
export class SipNegotiation {
  readonly #local: Endpoint
  readonly #sessionId = String(randomInt(2 ** 47))
  #codecs = CODECS
  #version = 1
  #lastSent: string | null = null

  constructor(local: Endpoint) {
    this.#local = local
  }

  /** Answers an offer or a changed one; later offers keep the codec that is in use when they can. */
  answer(offer: string): { readonly sdp: string; readonly audio: NegotiatedAudio } | SdpRefusal {
    const build = () => answerOffer(offer, this.#ours(), this.#lastSent === null ? 'theirs' : 'ours')
    let answered = build()
    if ('refused' in answered) return answered
    if (this.#lastSent !== null && answered.answer !== this.#lastSent) {
      // §8: a description that differs from the one before has the next version.
      this.#version += 1
      answered = build()
      if ('refused' in answered) return answered
    }
    this.#lastSent = answered.answer
    this.#prefer(answered.codec)
    return { sdp: answered.answer, audio: answered }
  }

  /** Our offer, where the INVITE or re-INVITE brought none. */
  offer(): string {
    const build = () => makeOffer(this.#ours())
    let offer = build()
    if (this.#lastSent !== null && offer !== this.#lastSent) {
      this.#version += 1
      offer = build()
    }
    this.#lastSent = offer
    return offer
  }

  readAnswer(answer: string): NegotiatedAudio | SdpRefusal {
    const audio = readAnswer(answer, this.#ours())
    if (!('refused' in audio)) this.#prefer(audio.codec)
    return audio
  }

  #prefer(codec: AudioCodec): void {
    this.#codecs = [codec, ...CODECS.filter((other) => other !== codec)]
  }

  #ours(): OurAudio {
    return {
      address: this.#local.address,
      port: this.#local.port,
      codecs: this.#codecs,
      sessionId: this.#sessionId,
      sessionVersion: this.#version,
    }
  }
}

/** What was agreed, as the media wants it. RFC 2543's hold by an address of zeros leaves nowhere to send to. */
export const mediaSessionOf = (audio: NegotiatedAudio): SipMediaSession => {
  const { address, port } = audio.remote
  const nowhere = isIP(address) === 0 || address === '0.0.0.0' || address === '::'
  return {
    format: { law: audio.codec, payloadType: audio.payloadType },
    remote: nowhere ? null : { address, port },
    telephoneEventPayloadType: audio.telephoneEventPayloadType,
    sends: audio.direction === 'sendrecv' || audio.direction === 'sendonly',
  }
}
