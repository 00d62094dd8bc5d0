/** The codecs that pass through the hub untouched. Their static payload types are RFC 3551's. */
export type AudioCodec = 'PCMU' | 'PCMA'
export const staticPayloadType = { PCMU: 0, PCMA: 8 } as const satisfies Record<AudioCodec, number>

/** Seen from whoever's description it stands in (RFC 3264 §5.1). */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** Our side of one audio stream. */
export type OurAudio = {
  /** Numeric address and port where we receive RTP. */
  readonly address: string
  readonly port: number
  /** Where we receive RTCP; default `port` + 1 (RFC 3550 §11), and no attribute is written then. */
  readonly rtcpPort?: number
  /** What we take, preferred first. */
  readonly codecs: readonly AudioCodec[]
  /** What we want to do; default `sendrecv`. An answer narrows it to what the offer allows (RFC 3264 §6.1). */
  readonly direction?: Direction
  /** Digits in their own RTP events (RFC 4733). Default true. */
  readonly telephoneEvent?: boolean
  /** `o=` line: a number of up to 19 digits that stays through the session. */
  readonly sessionId: string
  /** `o=` line: raised by one with each changed description of the session (RFC 3264 §8). */
  readonly sessionVersion: number
}

/** What both sides agreed on. */
export type NegotiatedAudio = {
  readonly codec: AudioCodec
  /** As the offer numbered it; both sides use the same. */
  readonly payloadType: number
  /** Null: the other side takes no digits as events. */
  readonly telephoneEventPayloadType: number | null
  /** Where the other side receives. Port and address are the announced ones; symmetric RTP may correct them. */
  readonly remote: { readonly address: string; readonly port: number; readonly rtcpPort: number }
  /** Ours: `sendonly` means that we send and they listen. */
  readonly direction: Direction
  /** The other side put us on hold: sendonly or inactive (RFC 3264 §8.4), or the old `c=0.0.0.0` (RFC 2543). */
  readonly heldByPeer: boolean
  /** The packet time that the other side asks for, milliseconds; null when it does not say (20 by RFC 3551). */
  readonly ptimeMilliseconds: number | null
}

export type SdpRefusalCode =
  /** Not SDP, or what RFC 8866 does not allow. */
  | 'MALFORMED_SDP'
  /** No `m=audio … RTP/AVP` with a port. */
  | 'NO_AUDIO_STREAM'
  /** Audio, but neither PCMU nor PCMA of those we take. */
  | 'NO_COMMON_CODEC'
  /** A host name or a multicast group where a numeric unicast address is needed. */
  | 'UNSUPPORTED_ADDRESS'

export type SdpRefusal = { readonly refused: SdpRefusalCode; readonly detail: string }

/** The status that refuses an INVITE whose SDP was refused (RFC 3261 §21.4.1, §21.4.26). */
export const sipStatusOfSdpRefusal = {
  MALFORMED_SDP: 400,
  NO_AUDIO_STREAM: 488,
  NO_COMMON_CODEC: 488,
  UNSUPPORTED_ADDRESS: 488,
} as const satisfies Record<SdpRefusalCode, number>
