import { accept, type Decision } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import type { AgentId, FloorId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { FloorCommand, FloorRefusal } from './commands.ts'
import { withdrawnFrom } from './decide-offers.ts'
import type { FloorEvent } from './events.ts'
import type { OpenFloor } from './state.ts'

type Of<T extends FloorCommand['type']> = Extract<FloorCommand, { type: T }>
type FloorDecision = Decision<FloorEvent, FloorRefusal>
type Whose = { readonly floorId: FloorId; readonly agentId: AgentId; readonly at: Instant }

/** At once without work; an offer is withdrawn; a contact and its wrap-up are waited for. */
export const signOffAfterWork = (command: Of<'SignOffAfterWork'>, floor: OpenFloor): FloorDecision => {
  const { agentId } = command
  const presence = floor.agents.get(agentId)?.agent.presence
  if (presence === undefined || floor.signingOff.has(agentId)) return accept()
  switch (presence.status) {
    case 'ready':
    case 'notReady':
      return accept(signedOff(command))
    case 'reserved': {
      const offer = floor.offers.get(presence.offerId)
      const withdrawn = offer === undefined ? [] : withdrawnFrom(command, offer)
      return accept(...withdrawn, signedOff(command))
    }
    case 'engaged':
    case 'wrapUp':
      return accept(signOffRequested(command))
    default:
      return unreachable(presence)
  }
}

/** What comes after the end of an agent's work: nothing, or the sign-off that waited for it. */
export const signedOffIfDue = (whose: Whose, floor: OpenFloor): readonly FloorEvent[] =>
  floor.signingOff.has(whose.agentId) ? [signedOff(whose)] : []

export const signOffRequested = ({ floorId, agentId, at }: Whose): FloorEvent => ({
  type: 'AgentSignOffRequested',
  data: { floorId, agentId, at },
})

export const signedOff = ({ floorId, agentId, at }: Whose): FloorEvent => ({
  type: 'AgentSignedOff',
  data: { floorId, agentId, at },
})
