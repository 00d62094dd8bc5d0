import type { types } from 'mediasoup-client'

/**
 * The signalling on `/voice` as the browser sees it: JSON text frames, requests `{id, method, params}` answered
 * `{id, ok: true, result}` or `{id, ok: false, code}`, and notices that the hub sends on its own. Mirrors the hub's
 * protocol; the console imports nothing of the hub.
 */
export type VoiceMethods = {
  openLeg: {
    params: { interactionId: string }
    result: { legId: string; routerRtpCapabilities: types.RtpCapabilities }
  }
  createTransport: {
    params: { legId: string; direction: 'send' | 'receive' }
    result: types.TransportOptions
  }
  connectTransport: {
    params: { legId: string; transportId: string; dtlsParameters: types.DtlsParameters }
    result: Record<string, never>
  }
  produce: {
    params: { legId: string; transportId: string; rtpParameters: types.RtpParameters }
    result: { producerId: string }
  }
  consume: {
    params: { legId: string; transportId: string; rtpCapabilities: types.RtpCapabilities }
    result: { id: string; producerId: string; kind: 'audio'; rtpParameters: types.RtpParameters }
  }
  /** Takes the line over from another window. */
  takeLine: { params: Record<string, never>; result: Record<string, never> }
  ping: { params: Record<string, never>; result: { now: string } }
}
export type VoiceMethod = keyof VoiceMethods

export type VoiceNotice =
  | { readonly notice: 'bridged'; readonly legId: string }
  | {
      readonly notice: 'legEnded'
      readonly legId: string
      readonly by: 'customer' | 'agent' | 'hub'
      readonly q850: number
    }
  /** Another window has the line; this one waits. */
  | { readonly notice: 'lineTaken' }
  /** The window that had it is gone: the line is here again. */
  | { readonly notice: 'lineReturned' }

export type VoiceFrame =
  | { readonly kind: 'answer'; readonly id: number; readonly ok: true; readonly result: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: false; readonly code: string }
  | { readonly kind: 'notice'; readonly notice: VoiceNotice }
  /** A newer hub may send what this page does not know: it is let pass. */
  | { readonly kind: 'unknown' }

/** Reads one text frame; never throws. */
export function readFrame(text: string): VoiceFrame {
  const frame = parse(text)
  if (typeof frame['id'] === 'number') {
    if (frame['ok'] === true) return { kind: 'answer', id: frame['id'], ok: true, result: frame['result'] }
    const code = typeof frame['code'] === 'string' ? frame['code'] : 'UNKNOWN'
    return { kind: 'answer', id: frame['id'], ok: false, code }
  }
  const legId = frame['legId']
  switch (frame['notice']) {
    case 'lineTaken':
    case 'lineReturned':
      return { kind: 'notice', notice: { notice: frame['notice'] } }
    case 'bridged':
      if (typeof legId === 'string') return { kind: 'notice', notice: { notice: 'bridged', legId } }
      return { kind: 'unknown' }
    case 'legEnded': {
      const by = frame['by']
      if (typeof legId !== 'string' || (by !== 'customer' && by !== 'agent' && by !== 'hub')) {
        return { kind: 'unknown' }
      }
      const q850 = typeof frame['q850'] === 'number' ? frame['q850'] : 31
      return { kind: 'notice', notice: { notice: 'legEnded', legId, by, q850 } }
    }
    default:
      return { kind: 'unknown' }
  }
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
