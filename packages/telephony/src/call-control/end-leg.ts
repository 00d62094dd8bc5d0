import type { MediaLossReason } from '../media/media.ts'
import { Q850 } from '../q850.ts'
import { applyHearing, type CallContext, peerOf } from './context.ts'
import { isStalled, type Leg } from './leg.ts'
import { type LegEnd, move } from './leg-state.ts'

/**
 * The leg is over: its media is freed, its bridge falls apart, the hub is told. Does nothing the second time. Whoever
 * was bridged with it hears music when nobody has ordered what comes next, else silence until the next order.
 */
export const endLeg = (context: CallContext, leg: Leg, cause: LegEnd): void => {
  if (leg.state.status === 'ended') return
  const survivor = peerOf(context, leg)
  leg.state = move(leg.state, { status: 'ended', cause })
  context.legs.remove(leg.legId)
  context.count('legs.ended')
  leg.over.resolve()
  leg.media?.close()
  if (survivor !== null) {
    const unattended = cause.by === 'edge' || context.hubIsAway()
    // Who hears music already, since the other side said nothing any more, goes on hearing it.
    leave(context, survivor, isStalled(leg) ? 'holdMusic' : unattended ? 'music' : 'silence')
  }
  context.tell({ type: 'LegEnded', legId: leg.legId, cause })
}

/** Takes the leg out of its bridge; a hold ends with it. */
export const leave = (context: CallContext, leg: Leg, treatment: Leg['treatment']): void => {
  leg.bridgedWith = null
  leg.treatment = treatment
  if (leg.state.status === 'held') leg.state = move(leg.state, { status: 'answered' })
  applyHearing(context, leg)
}

/** Audio no longer passes: told as such, then the leg ends, since nothing brings it back. */
export const loseLeg = (
  context: CallContext,
  leg: Leg,
  why: MediaLossReason,
  hangUp: (q850: number) => void,
): void => {
  if (leg.state.status === 'ended') return
  context.count('legs.lost')
  context.tell({ type: 'MediaLost', legId: leg.legId, why })
  hangUp(Q850.temporaryFailure)
}
