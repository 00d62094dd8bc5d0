import { agree } from './agree.ts'
import type { NegotiatedAudio, OurAudio, SdpRefusal } from './audio.ts'
import { parseSdp } from './parse-sdp.ts'
import { isPlainAudio, readRemoteStream } from './remote-stream.ts'
import { audioStream, refusedStream, writeSdp } from './write-sdp.ts'

export type AnsweredOffer = NegotiatedAudio & { readonly answer: string }

/**
 * Answers an offer (RFC 3264 §6): the first plain audio stream with a codec of ours, that one codec and telephone
 * events; every other stream is refused in its place by port 0. Whose order of codecs decides is `prefer`: by default
 * the offer's (§6.1).
 */
export const answerOffer = (
  offerSdp: string,
  ours: OurAudio,
  prefer: 'theirs' | 'ours' = 'theirs',
): AnsweredOffer | SdpRefusal => {
  const session = parseSdp(offerSdp)
  if ('refused' in session) return session
  let refusal: SdpRefusal = { refused: 'NO_AUDIO_STREAM', detail: 'no plain audio stream with a port' }
  for (const [index, media] of session.media.entries()) {
    if (!isPlainAudio(media)) continue
    const stream = readRemoteStream(session, media)
    if ('refused' in stream) {
      refusal = stream
      continue
    }
    const audio = agree(stream, ours, prefer)
    if (audio === null) {
      refusal = { refused: 'NO_COMMON_CODEC', detail: `none of ${ours.codecs.join(', ')} was offered` }
      continue
    }
    const answered = audioStream(ours, {
      formats: [{ codec: audio.codec, payloadType: audio.payloadType }],
      telephoneEventPayloadType: audio.telephoneEventPayloadType,
      direction: audio.direction,
    })
    const answer = writeSdp(
      ours,
      session.media.map((offered, at) => (at === index ? answered : refusedStream(offered))),
    )
    return { ...audio, answer }
  }
  return refusal
}
