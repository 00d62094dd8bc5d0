import { z } from 'zod'

/**
 * What the hub tells the voice edge. Every order has an id: sending it twice does the thing once, and the answer to the
 * repeat is the first answer. The edge takes no routing decision of its own.
 */
const legId = z.string().min(1)
const order = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ orderId: z.string().min(1), type: z.literal(type), ...shape })

export const hangUpReason = z.object({
  /** ITU-T Q.850 cause value. */
  q850: z.number().int().min(1).max(127),
  /** Final SIP status where the leg was not answered yet (RFC 3261 §21), else null: BYE. */
  sipStatus: z.number().int().min(400).max(699).nullable(),
})

const json = z.record(z.string(), z.unknown())

export const edgeOrder = z.discriminatedUnion('type', [
  /** Whether calls are let in; false: each INVITE is refused with 503 at once. True for each hub that connects. */
  order('AdmitCalls', { admit: z.boolean() }),
  /** 180 to a SIP caller. */
  order('RingLeg', { legId }),
  /** 200 with our SDP; media flows from here on. Answered with `{ codec }`. */
  order('AnswerLeg', { legId }),
  /** Final refusal of an unanswered SIP leg, or BYE of an answered one, or the browser leg's end. */
  order('HangUpLeg', { legId, reason: hangUpReason }),
  /**
   * What an answered leg hears while it is not bridged. `greetingThenMusic` reports `PlaybackFinished` after the
   * greeting; `silence` stops. A new order replaces the old source without a gap in sequence or a click.
   */
  order('PlayToLeg', { legId, source: z.enum(['greetingThenMusic', 'music', 'holdMusic', 'silence']) }),
  /** Both legs hear each other; what they heard before stops only when both media paths stand. */
  order('BridgeLegs', { legIds: z.tuple([legId, legId]) }),
  /** Separates two bridged legs; each hears silence until it is told otherwise. */
  order('UnbridgeLegs', { legIds: z.tuple([legId, legId]) }),
  /** The other side of the bridge, of this one or the next, hears hold music; a SIP phone gets no re-INVITE for it. */
  order('HoldLeg', { legId }),
  order('ResumeLeg', { legId }),
  /** The hub's mute: what this leg says goes nowhere. */
  order('MuteLeg', { legId }),
  order('UnmuteLeg', { legId }),
  /**
   * A browser leg's media room. Answered with `{ routerRtpCapabilities }`. `bridgeWith` names the leg it is meant for:
   * its codec is then the only one listed, so that the browser speaks what the far end speaks and G.711 passes untouched.
   */
  order('OpenBrowserLeg', { legId, bridgeWith: legId.optional() }),
  /** Answered with `{ id, iceParameters, iceCandidates, dtlsParameters }` (mediasoup-client's transport options). */
  order('CreateBrowserTransport', { legId, direction: z.enum(['send', 'receive']) }),
  order('ConnectBrowserTransport', { legId, transportId: z.string(), dtlsParameters: json }),
  /** The agent's microphone. Answered with `{ producerId }`. */
  order('ProduceBrowserAudio', { legId, transportId: z.string(), rtpParameters: json }),
  /** What the agent hears. Answered with `{ id, producerId, kind, rtpParameters }`; starts at once. */
  order('ConsumeBrowserAudio', { legId, transportId: z.string(), rtpCapabilities: json }),
])
export type EdgeOrder = z.infer<typeof edgeOrder>

/** Literal codes of refused orders. */
export const edgeRefusalCode = z.enum([
  'LEG_UNKNOWN',
  'LEG_ENDED',
  'WRONG_LEG_STATE',
  'WRONG_LEG_KIND',
  'NO_COMMON_CODEC',
  'MEDIA_FAILED',
  'TRANSPORT_UNKNOWN',
  'INVALID_ORDER',
])
export type EdgeRefusalCode = z.infer<typeof edgeRefusalCode>

export type EdgeAnswer =
  | { readonly orderId: string; readonly ok: true; readonly result: Readonly<Record<string, unknown>> }
  | { readonly orderId: string; readonly ok: false; readonly code: EdgeRefusalCode; readonly detail: string }
