import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import { skillsKey } from './agent-entry.ts'
import type { FloorCommand, FloorRefusal } from './commands.ts'
import { signedOff, signedOffIfDue } from './decide-sign-off.ts'
import type { AgentOnFloor, FloorEvent } from './events.ts'
import type { OpenFloor } from './state.ts'

type Of<T extends FloorCommand['type']> = Extract<FloorCommand, { type: T }>
type FloorDecision = Decision<FloorEvent, FloorRefusal>
type InWrapUp = Extract<AgentOnFloor['presence'], { status: 'wrapUp' }>

/** No events when the agent is on the floor with these skills and no sign-off waits. */
export const signOn = (command: Of<'SignOn'>, floor: OpenFloor): FloorDecision => {
  const { floorId, agentId, skills, at } = command
  const entry = floor.agents.get(agentId)
  const stays = entry !== undefined && !floor.signingOff.has(agentId)
  if (stays && entry.profile.key === skillsKey(skills)) return accept()
  return accept({ type: 'AgentSignedOn', data: { floorId, agentId, skills, at } })
}

/** From a wrap-up too, which it finishes; and then a sign-off that waited for its end comes instead. */
export const becomeReady = (command: Of<'BecomeReady'>, floor: OpenFloor): FloorDecision => {
  const { floorId, agentId, at } = command
  const presence = floor.agents.get(agentId)?.agent.presence
  if (presence === undefined) return refuse('AGENT_NOT_ON_FLOOR', { agentId })
  switch (presence.status) {
    case 'ready':
      return accept()
    case 'notReady':
      return accept({ type: 'AgentBecameReady', data: { floorId, agentId, at } })
    case 'wrapUp':
      return accept(wrapUpFinished(command, presence, 'byAgent'), ...signedOffIfDue(command, floor))
    case 'reserved':
    case 'engaged':
      return refuse('AGENT_BUSY', { agentId, status: presence.status })
    default:
      return unreachable(presence)
  }
}

/** From a wrap-up too, which it finishes. */
export const becomeNotReady = (command: Of<'BecomeNotReady'>, floor: OpenFloor): FloorDecision => {
  const { floorId, agentId, reason, at } = command
  const presence = floor.agents.get(agentId)?.agent.presence
  if (presence === undefined) return refuse('AGENT_NOT_ON_FLOOR', { agentId })
  const event: FloorEvent = { type: 'AgentBecameNotReady', data: { floorId, agentId, reason, at } }
  switch (presence.status) {
    case 'ready':
      return accept(event)
    case 'notReady':
      return presence.reason === reason ? accept() : accept(event)
    case 'wrapUp':
      // One append: no offer can slip in between the end of the wrap-up and the break.
      if (floor.signingOff.has(agentId))
        return accept(wrapUpFinished(command, presence, 'byAgent'), signedOff(command))
      return accept(wrapUpFinished(command, presence, 'byAgent'), event)
    case 'reserved':
    case 'engaged':
      return refuse('AGENT_BUSY', { agentId, status: presence.status })
    default:
      return unreachable(presence)
  }
}

/** Refused while there is work: `signOffAfterWork` waits for its end. */
export const signOff = (command: Of<'SignOff'>, floor: OpenFloor): FloorDecision => {
  const { agentId } = command
  const presence = floor.agents.get(agentId)?.agent.presence
  if (presence === undefined) return accept()
  switch (presence.status) {
    case 'ready':
    case 'notReady':
      return accept(signedOff(command))
    case 'wrapUp':
      return accept(wrapUpFinished(command, presence, 'byAgent'), signedOff(command))
    case 'reserved':
    case 'engaged':
      return refuse('AGENT_BUSY', { agentId, status: presence.status })
    default:
      return unreachable(presence)
  }
}

/** By the agent at any time, by the clock not before the time is up. */
export const finishWrapUp = (command: Of<'FinishWrapUp'>, floor: OpenFloor): FloorDecision => {
  const { agentId, how, at } = command
  const presence = floor.agents.get(agentId)?.agent.presence
  if (presence === undefined) return refuse('AGENT_NOT_ON_FLOOR', { agentId })
  // The agent was faster than the clock, or said so twice.
  if (presence.status !== 'wrapUp') return accept()
  if (how === 'timeUp' && at < presence.until)
    return refuse('WRAP_UP_STILL_RUNS', { agentId, until: presence.until })
  return accept(wrapUpFinished(command, presence, how), ...signedOffIfDue(command, floor))
}

const wrapUpFinished = (
  { floorId, agentId, at }: Of<'BecomeReady' | 'BecomeNotReady' | 'SignOff' | 'FinishWrapUp'>,
  { interactionId }: InWrapUp,
  how: 'byAgent' | 'timeUp',
): FloorEvent => ({ type: 'WrapUpFinished', data: { floorId, agentId, interactionId, how, at } })
