import type { types } from 'mediasoup-client'

/**
 * The codec to send: the first that the hub's router offers and this browser can do. The hub puts the caller's own first
 * (PCMU or PCMA from a telephone), so that nothing needs transcoding; comfort noise and digits are no speech.
 */
export function pickCodec(
  offered: readonly types.RtpCodecCapability[],
  able: readonly types.RtpCodecCapability[],
): types.RtpCodecCapability | undefined {
  const notSpeech = new Set(['audio/telephone-event', 'audio/cn', 'audio/red'])
  for (const codec of offered) {
    const name = codec.mimeType.toLowerCase()
    if (codec.kind !== 'audio' || notSpeech.has(name)) continue
    const match = able.find(
      (one) =>
        one.mimeType.toLowerCase() === name && one.clockRate === codec.clockRate && one.kind === 'audio',
    )
    if (match) return match
  }
  return undefined
}
