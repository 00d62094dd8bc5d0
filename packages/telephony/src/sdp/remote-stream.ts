import { isIPv4, isIPv6 } from 'node:net'
import type { MediaDescription, SessionDescription } from 'sdp-transform'
import type { AudioCodec, Direction, NegotiatedAudio, SdpRefusal } from './audio.ts'

/** What the other side's description says of one audio stream, before we choose. */
export type RemoteStream = {
  /** In the order of their preference. */
  readonly codecs: readonly { readonly codec: AudioCodec; readonly payloadType: number }[]
  readonly telephoneEventPayloadType: number | null
  readonly remote: NegotiatedAudio['remote']
  /** Theirs. */
  readonly direction: Direction
  /** RFC 2543's hold: an address of zeros, to which nothing may be sent. */
  readonly zeroAddress: boolean
  readonly ptimeMilliseconds: number | null
}

const TELEPHONE_EVENT = 'TELEPHONE-EVENT'
const CLOCK_RATE = 8000

/** True for the streams that we can take: audio over plain RTP with a port (0 refuses or ends a stream, RFC 3264 §6). */
export const isPlainAudio = (media: MediaDescription): boolean =>
  media.type === 'audio' && media.port !== 0 && media.protocol === 'RTP/AVP'

/** Reads a stream, attributes of the session level where its own level has none (RFC 8866 §5.7, §6.7). */
export const readRemoteStream = (
  session: SessionDescription,
  media: MediaDescription,
): RemoteStream | SdpRefusal => {
  const connection = media.connection ?? session.connection
  if (connection === undefined) return { refused: 'MALFORMED_SDP', detail: 'no c= line' }
  // A unicast address has neither a TTL nor a count (RFC 8866 §5.7).
  const address = connection.ip
  if (!isUnicast(address)) return { refused: 'UNSUPPORTED_ADDRESS', detail: 'no numeric unicast address' }

  const codecs: { codec: AudioCodec; payloadType: number }[] = []
  let telephoneEventPayloadType: number | null = null
  for (const payloadType of payloadTypes(media)) {
    const name = formatName(media, payloadType)
    if (name === 'PCMU' || name === 'PCMA') codecs.push({ codec: name, payloadType })
    else if (name === TELEPHONE_EVENT) telephoneEventPayloadType ??= payloadType
  }
  const ptime = media.ptime
  return {
    codecs,
    telephoneEventPayloadType,
    remote: { address, port: media.port, rtcpPort: rtcpPort(media) },
    direction: media.direction ?? session.direction ?? 'sendrecv',
    zeroAddress: address === '0.0.0.0' || address === '::',
    ptimeMilliseconds: typeof ptime === 'number' && ptime >= 1 && ptime <= 200 ? ptime : null,
  }
}

/** The format list, numbers only: RTP formats are payload types 0 to 127 (RFC 8866 §5.14). */
const payloadTypes = (media: MediaDescription): readonly number[] =>
  String(media.payloads ?? '')
    .split(' ')
    .filter((format) => /^\d{1,3}$/.test(format))
    .map(Number)
    .filter((payloadType) => payloadType <= 127)

/** Encoding name in upper case at 8 kHz mono; static types need no rtpmap (RFC 3551 §6). */
const formatName = (media: MediaDescription, payloadType: number): string | null => {
  const map = media.rtp.find((rtp) => rtp.payload === payloadType)
  if (map === undefined) return payloadType === 0 ? 'PCMU' : payloadType === 8 ? 'PCMA' : null
  const mono = map.encoding === undefined || Number(map.encoding) === 1
  return map.rate === CLOCK_RATE && mono ? String(map.codec).toUpperCase() : null
}

/** RFC 3605's attribute, else the next port. */
const rtcpPort = (media: MediaDescription): number => {
  const port = media.rtcp?.port
  return typeof port === 'number' && port > 0 && port <= 65_535 ? port : Math.min(media.port + 1, 65_535)
}

const isUnicast = (address: string): boolean => {
  if (isIPv4(address)) {
    const first = Number(address.split('.')[0])
    return first < 224 && address !== '255.255.255.255'
  }
  return isIPv6(address) && !address.toLowerCase().startsWith('ff')
}
