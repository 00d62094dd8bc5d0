import { isIPv6 } from 'node:net'
import { type MediaDescription, type SessionDescription, write } from 'sdp-transform'
import type { AudioCodec, Direction, OurAudio } from './audio.ts'

export type WrittenStream = {
  readonly formats: readonly { readonly codec: AudioCodec; readonly payloadType: number }[]
  readonly telephoneEventPayloadType: number | null
  readonly direction: Direction
}

/** One `m=audio` line of ours with its attributes. */
export const audioStream = (ours: OurAudio, stream: WrittenStream): MediaDescription => {
  const rtp = stream.formats.map(({ codec, payloadType }) => ({ payload: payloadType, codec, rate: 8000 }))
  const event = stream.telephoneEventPayloadType
  return {
    type: 'audio',
    port: ours.port,
    protocol: 'RTP/AVP',
    payloads: [...rtp.map((map) => map.payload), ...(event === null ? [] : [event])].join(' '),
    rtp: event === null ? rtp : [...rtp, { payload: event, codec: 'telephone-event', rate: 8000 }],
    // Events 0 to 15: digits, star, pound, A to D (RFC 4733 §3.2).
    fmtp: event === null ? [] : [{ payload: event, config: '0-15' }],
    ptime: 20,
    direction: stream.direction,
    ...(ours.rtcpPort === undefined || ours.rtcpPort === ours.port + 1
      ? {}
      : { rtcp: { port: ours.rtcpPort } }),
  }
}

/** RFC 3264 §6: a stream is refused in its place by port 0, its formats repeated because a line needs some. */
export const refusedStream = (offered: MediaDescription): MediaDescription => ({
  type: offered.type,
  port: 0,
  protocol: offered.protocol,
  payloads: String(offered.payloads ?? '0'),
  rtp: [],
  fmtp: [],
})

/** A whole description around its streams. */
export const writeSdp = (ours: OurAudio, media: MediaDescription[]): string => {
  const ipVer = isIPv6(ours.address) ? 6 : 4
  const session: SessionDescription = {
    version: 0,
    origin: {
      username: '-',
      sessionId: ours.sessionId,
      sessionVersion: ours.sessionVersion,
      netType: 'IN',
      ipVer,
      address: ours.address,
    },
    name: '-',
    connection: { version: ipVer, ip: ours.address },
    timing: { start: 0, stop: 0 },
    media,
  }
  return write(session)
}
