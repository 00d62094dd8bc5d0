import type { EdgeRefusalCode } from '../edge-contract/orders.ts'
import type { MediaLegListener } from '../media/media.ts'
import { isMediaError, type MediaErrorCode } from '../media/media-error.ts'
import type { G711 } from '../media/rtp/g711.ts'
import { applyHearing, type CallContext, isRefusal, type Outcome } from './context.ts'
import { endLeg, loseLeg } from './end-leg.ts'
import type { BrowserLeg } from './leg.ts'
import { move } from './leg-state.ts'
import { type OrderRefusal, refuse } from './leg-table.ts'

const EITHER_LAW: readonly G711[] = ['PCMU', 'PCMA']

const REFUSAL_OF_MEDIA_ERROR = {
  NO_PORT_FREE: 'MEDIA_FAILED',
  NO_WEBRTC_PORT_FREE: 'MEDIA_FAILED',
  NO_WORKER: 'MEDIA_FAILED',
  FAILED: 'MEDIA_FAILED',
  LEG_CLOSED: 'LEG_ENDED',
  TRANSPORT_UNKNOWN: 'TRANSPORT_UNKNOWN',
  NO_COMMON_CODEC: 'NO_COMMON_CODEC',
} as const satisfies Record<MediaErrorCode, EdgeRefusalCode>

/** Runs what mediasoup does for a browser; what it throws, for bad parameters too, becomes a refusal. */
export const mediaOutcome = async (context: CallContext, task: () => Promise<Outcome>): Promise<Outcome> => {
  try {
    return await task()
  } catch (error) {
    if (isMediaError(error)) return refuse(REFUSAL_OF_MEDIA_ERROR[error.code], error.message)
    context.report('media', error)
    return refuse('MEDIA_FAILED', error instanceof Error ? error.name : 'unknown')
  }
}

/** The media room for an agent's browser, in the law of the leg that it is meant for. */
export const openBrowserLeg = async (
  context: CallContext,
  legId: string,
  bridgeWith: string | undefined,
): Promise<Outcome> => {
  if (context.legs.knows(legId)) return refuse('WRONG_LEG_STATE', 'the leg was opened before')
  const laws = bridgeWith === undefined ? EITHER_LAW : lawsOf(context, bridgeWith)
  if ('refused' in laws) return laws
  if (context.legs.size >= context.limits.legs) return refuse('MEDIA_FAILED', 'too many legs')
  return mediaOutcome(context, async () => {
    // What the media reports while it opens is about a leg that is not in the table yet.
    let leg: BrowserLeg | null = null
    const media = await context.media.openBrowserLeg(
      laws,
      listenerOf(context, () => leg),
    )
    if (context.legs.knows(legId)) {
      media.close()
      return refuse('WRONG_LEG_STATE', 'the leg was opened before')
    }
    leg = {
      kind: 'browser',
      legId,
      media,
      state: { status: 'offered' },
      treatment: 'silence',
      bridgedWith: null,
      muted: false,
      stalled: false,
      stands: Promise.withResolvers(),
      over: Promise.withResolvers(),
    }
    context.legs.add(leg)
    return { routerRtpCapabilities: media.routerRtpCapabilities }
  })
}

const lawsOf = (context: CallContext, legId: string): readonly G711[] | OrderRefusal => {
  const other = context.legs.find(legId)
  if (isRefusal(other)) return other
  return other.kind === 'sip' && other.law !== null ? [other.law] : EITHER_LAW
}

const listenerOf = (context: CallContext, legOf: () => BrowserLeg | null): MediaLegListener => ({
  onReady: () => {
    const leg = legOf()
    if (leg === null || leg.state.status !== 'offered') return
    leg.state = move(leg.state, { status: 'answered' })
    leg.stands.resolve()
    context.tell({ type: 'BrowserLegReady', legId: leg.legId })
  },
  onStalled: () => flows(context, legOf(), false),
  onFlowing: () => flows(context, legOf(), true),
  onGreetingFinished: () => {
    const leg = legOf()
    if (leg !== null) context.tell({ type: 'PlaybackFinished', legId: leg.legId, prompt: 'greeting' })
  },
  onLost: (why) => {
    const leg = legOf()
    if (leg === null) return
    loseLeg(context, leg, why, (q850) => endLeg(context, leg, { q850, sipStatus: null, by: 'edge' }))
  },
})

const flows = (context: CallContext, leg: BrowserLeg | null, flowing: boolean): void => {
  if (leg === null) return
  leg.stalled = !flowing
  if (!flowing) context.count('legs.stalled')
  applyHearing(context, leg)
}
