import { unchanged } from '../kernel/exhaustive.ts'
import type { AgentId } from '../kernel/ids.ts'
import type { AgentEvent, AgentProfile } from './events.ts'

export type AgentState =
  | { readonly status: 'none' }
  | { readonly status: 'employed'; readonly agentId: AgentId; readonly profile: AgentProfile }
  | { readonly status: 'left'; readonly agentId: AgentId; readonly profile: AgentProfile }

export const initialAgent: AgentState = { status: 'none' }

export const evolveAgent = (state: AgentState, event: AgentEvent): AgentState => {
  switch (event.type) {
    case 'AgentHired':
    case 'AgentProfileChanged':
      return { status: 'employed', agentId: event.data.agentId, profile: event.data.profile }
    case 'AgentLeft':
      return state.status === 'none' ? state : { ...state, status: 'left' }
    default:
      return unchanged(state, event)
  }
}
