import type { EdgeOrder } from '../edge-contract/orders.ts'
import type { CallContext, Outcome } from './context.ts'
import { endLeg } from './end-leg.ts'
import type { Leg } from './leg.ts'

export type HangUpReason = Extract<EdgeOrder, { type: 'HangUpLeg' }>['reason']

/** Refusal, BYE or the end of a browser's leg, whichever the leg's state asks for. */
export const hangUpLeg = (context: CallContext, leg: Leg, reason: HangUpReason): Outcome => {
  if (leg.kind === 'browser') {
    endLeg(context, leg, { q850: reason.q850, sipStatus: null, by: 'hub' })
    return {}
  }
  leg.endedBy = 'hub'
  // The session reports its end, which ends the leg.
  leg.session.end({ q850: reason.q850, sipStatus: reason.sipStatus })
  return {}
}
