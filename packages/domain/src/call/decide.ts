import type { Decider } from '../kernel/decider.ts'
import { accept, type Decision, refuse } from '../kernel/decision.ts'
import type { CallCommand, CallRefusal } from './commands.ts'
import { endCall, endLeg } from './ending.ts'
import type { CallEvent } from './events.ts'
import { legMoves } from './leg-moves.ts'
import { type CallState, evolveCall, initialCall, legOf } from './state.ts'

type CallDecision = Decision<CallEvent, CallRefusal>

const decide = (command: CallCommand, state: CallState): CallDecision => {
  const { callId } = command
  if (command.type === 'ReceiveCall') return receive(command, state)
  if (state.status === 'none') return refuse('CALL_UNKNOWN', { callId })
  if (command.type === 'EndCall') return endCall(command, state)
  if (command.type === 'EndLeg') return endLeg(command, state)
  if (state.status === 'ended') return refuse('CALL_ENDED', { callId })
  if (command.type === 'OfferLeg') {
    const { legId, party, at } = command
    if (legOf(state, legId) !== undefined) return accept()
    return accept({ type: 'LegOffered', data: { callId, legId, party, at } })
  }
  return legMoves(command, state)
}

const receive = (command: Extract<CallCommand, { type: 'ReceiveCall' }>, state: CallState): CallDecision => {
  const { type: _type, ...data } = command
  if (state.status === 'none') return accept({ type: 'CallReceived', data })
  return state.sipCallId === command.sipCallId && state.legs[0]?.legId === command.legId
    ? accept()
    : refuse('CALL_EXISTS', { callId: command.callId })
}

export const callDecider: Decider<CallCommand, CallEvent, CallState, CallRefusal> = {
  initialState: initialCall,
  decide,
  evolve: evolveCall,
}
