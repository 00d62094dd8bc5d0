import { accept, type Decision, refuse } from '../kernel/decision.ts'
import type { CallCommand, CallRefusal } from './commands.ts'
import type { CallEvent } from './events.ts'
import { type CallState, legOf, liveLegs } from './state.ts'

type Of<T extends CallCommand['type']> = Extract<CallCommand, { type: T }>
type Known = Exclude<CallState, { status: 'none' }>
type CallDecision = Decision<CallEvent, CallRefusal>

/** The customer's leg takes the others with it: without the customer there is no call. */
export const endLeg = (command: Of<'EndLeg'>, state: Known): CallDecision => {
  const { callId, legId, cause, at } = command
  const leg = legOf(state, legId)
  if (leg === undefined) return refuse('LEG_UNKNOWN', { callId, legId })
  if (leg.status === 'ended' || state.status === 'ended') return accept()
  const others = liveLegs(state).filter((other) => other.legId !== legId)
  const ended: CallEvent = { type: 'LegEnded', data: { callId, legId, cause, at } }
  if (leg.party.kind !== 'customer' && others.length > 0) return accept(ended)
  return accept<CallEvent>(
    ended,
    ...others.map(
      (other): CallEvent => ({ type: 'LegEnded', data: { callId, legId: other.legId, cause, at } }),
    ),
    { type: 'CallEnded', data: { callId, cause, at } },
  )
}

/** Ends every leg that still stands, and the call. */
export const endCall = (command: Of<'EndCall'>, state: Known): CallDecision => {
  const { callId, cause, at } = command
  if (state.status === 'ended') return accept()
  return accept<CallEvent>(
    ...liveLegs(state).map(
      ({ legId }): CallEvent => ({ type: 'LegEnded', data: { callId, legId, cause, at } }),
    ),
    { type: 'CallEnded', data: { callId, cause, at } },
  )
}
