import type { NegotiatedAudio, OurAudio } from './audio.ts'
import { isHold, narrow } from './direction.ts'
import type { RemoteStream } from './remote-stream.ts'

/** What their stream and our wishes have in common; null when that is no codec. `prefer`: whose order decides. */
export const agree = (
  stream: RemoteStream,
  ours: OurAudio,
  prefer: 'theirs' | 'ours',
): NegotiatedAudio | null => {
  const common = stream.codecs.filter(({ codec }) => ours.codecs.includes(codec))
  if (prefer === 'ours') common.sort((a, b) => ours.codecs.indexOf(a.codec) - ours.codecs.indexOf(b.codec))
  const chosen = common[0]
  if (chosen === undefined) return null
  const theirs = stream.direction
  // Nothing may be sent to an address of zeros, whatever the direction attribute says (RFC 3264 §8.4).
  const wanted = ours.direction ?? 'sendrecv'
  return {
    codec: chosen.codec,
    payloadType: chosen.payloadType,
    telephoneEventPayloadType: ours.telephoneEvent === false ? null : stream.telephoneEventPayloadType,
    remote: stream.remote,
    direction: narrow(stream.zeroAddress ? narrow(wanted, 'sendonly') : wanted, theirs),
    heldByPeer: stream.zeroAddress || isHold(theirs),
    ptimeMilliseconds: stream.ptimeMilliseconds,
  }
}
