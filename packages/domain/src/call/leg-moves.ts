import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import type { CallCommand, CallRefusal } from './commands.ts'
import type { CallEvent } from './events.ts'
import { type CallState, isBridged, type LegState, legOf, microphoneOf } from './state.ts'

type Of<T extends CallCommand['type']> = Extract<CallCommand, { type: T }>
type LegCommand = Exclude<CallCommand, { type: 'ReceiveCall' | 'OfferLeg' | 'EndLeg' | 'EndCall' }>
type LiveCall = Extract<CallState, { status: 'live' }>
type CallDecision = Decision<CallEvent, CallRefusal>
/** A leg whose media stands. */
type Standing = Extract<LegState, { status: 'answered' | 'held' }>

/** One leg's way: `offered → ringing → answered ⇄ held`; a move that it has made already is accepted with no events. */
export const legMoves = (command: LegCommand, state: LiveCall): CallDecision => {
  if (command.type === 'Bridge') return bridge(command, state)
  const { callId, legId, at } = command
  const leg = legOf(state, legId)
  if (leg === undefined) return refuse('LEG_UNKNOWN', { callId, legId })
  if (leg.status === 'ended') return refuse('LEG_ENDED', { callId, legId })
  if (command.type === 'RecordRinging')
    return leg.status === 'offered' ? accept({ type: 'LegRinging', data: { callId, legId, at } }) : accept()
  if (command.type === 'RecordAnswer') {
    if (leg.status !== 'offered' && leg.status !== 'ringing') return accept()
    const data = { callId, legId, at }
    const muted: CallEvent[] = startsMuted(state, leg) ? [{ type: 'LegMuted', data }] : []
    return accept<CallEvent>({ type: 'LegAnswered', data }, ...muted)
  }
  if (leg.status === 'offered' || leg.status === 'ringing')
    return refuse('ILLEGAL_LEG_MOVE', { callId, legId, from: leg.status, command: command.type })
  return standingLegMoves(command, leg)
}

/**
 * An agent who opens the conversation in another window, or again after a reload, is as mute there as before: nobody is
 * heard who did not ask to be. A customer who hears greeting or music came from the queue, and that conversation is a new one.
 */
const startsMuted = (state: LiveCall, leg: LegState): boolean => {
  const { party } = leg
  const [customer] = state.legs
  if (party.kind !== 'agent' || customer === undefined || comesFromQueue(customer)) return false
  const before = state.legs.findLast(
    (other) =>
      other.party.kind === 'agent' && other.party.agentId === party.agentId && microphoneOf(other) !== null,
  )
  return before !== undefined && microphoneOf(before) === 'muted'
}

const comesFromQueue = (customer: LegState): boolean =>
  (customer.status === 'answered' || customer.status === 'held') &&
  (customer.treatment === 'greeting' || customer.treatment === 'music')

const standingLegMoves = (
  command: Exclude<LegCommand, { type: 'Bridge' | 'RecordRinging' | 'RecordAnswer' }>,
  leg: Standing,
): CallDecision => {
  const { callId, legId, at } = command
  const heldBy = leg.status === 'held' ? leg.by : []
  switch (command.type) {
    case 'StartTreatment': {
      const { treatment } = command
      if (leg.treatment === treatment) return accept()
      return accept({ type: 'TreatmentStarted', data: { callId, legId, treatment, at } })
    }
    case 'Hold': {
      const { by } = command
      if (heldBy.includes(by)) return accept()
      return accept({ type: 'LegHeld', data: { callId, legId, by, at } })
    }
    case 'Resume': {
      const { by } = command
      if (!heldBy.includes(by)) return accept()
      return accept({ type: 'LegResumed', data: { callId, legId, by, at } })
    }
    case 'Mute':
      return leg.microphone === 'muted' ? accept() : accept({ type: 'LegMuted', data: { callId, legId, at } })
    case 'Unmute':
      return leg.microphone === 'open'
        ? accept()
        : accept({ type: 'LegUnmuted', data: { callId, legId, at } })
    case 'RecordDigit':
      return accept({ type: 'DigitReceived', data: { callId, legId, digit: command.digit, at } })
    default:
      return unreachable(command)
  }
}

const bridge = (command: Of<'Bridge'>, state: LiveCall): CallDecision => {
  const { callId, legIds, at } = command
  for (const legId of legIds) {
    const leg = legOf(state, legId)
    if (leg === undefined) return refuse('LEG_UNKNOWN', { callId, legId })
    if (leg.status === 'ended') return refuse('LEG_ENDED', { callId, legId })
    if (leg.status === 'offered' || leg.status === 'ringing')
      return refuse('ILLEGAL_LEG_MOVE', { callId, legId, from: leg.status, command: command.type })
  }
  if (legIds.every((legId) => isBridged(state, legId))) return accept()
  return accept({ type: 'LegsBridged', data: { callId, legIds, at } })
}
