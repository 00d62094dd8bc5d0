import { agree } from './agree.ts'
import { type NegotiatedAudio, type OurAudio, type SdpRefusal, staticPayloadType } from './audio.ts'
import { parseSdp } from './parse-sdp.ts'
import { isPlainAudio, readRemoteStream } from './remote-stream.ts'
import { audioStream, writeSdp } from './write-sdp.ts'

/** The dynamic payload type that nearly everybody uses for telephone events. */
const TELEPHONE_EVENT_PAYLOAD_TYPE = 101

/** An offer of one audio stream with our codecs in order (RFC 3264 §5). */
export const makeOffer = (ours: OurAudio): string =>
  writeSdp(ours, [
    audioStream(ours, {
      formats: ours.codecs.map((codec) => ({ codec, payloadType: staticPayloadType[codec] })),
      telephoneEventPayloadType: ours.telephoneEvent === false ? null : TELEPHONE_EVENT_PAYLOAD_TYPE,
      direction: ours.direction ?? 'sendrecv',
    }),
  ])

/** Reads the answer to an offer that `makeOffer` made of the same `ours` (RFC 3264 §7). */
export const readAnswer = (answerSdp: string, ours: OurAudio): NegotiatedAudio | SdpRefusal => {
  const session = parseSdp(answerSdp)
  if ('refused' in session) return session
  const media = session.media[0]
  if (media === undefined || !isPlainAudio(media)) {
    return { refused: 'NO_AUDIO_STREAM', detail: 'the audio stream was refused' }
  }
  const stream = readRemoteStream(session, media)
  if ('refused' in stream) return stream
  return (
    agree(stream, ours, 'theirs') ?? {
      refused: 'NO_COMMON_CODEC',
      detail: 'the answer holds no codec of ours',
    }
  )
}
