import type { Decider } from '../kernel/decider.ts'
import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import { sameData } from '../kernel/same-data.ts'
import type { AgentCommand, AgentRefusal } from './commands.ts'
import type { AgentEvent } from './events.ts'
import { type AgentState, evolveAgent, initialAgent } from './state.ts'

const decide = (command: AgentCommand, state: AgentState): Decision<AgentEvent, AgentRefusal> => {
  const { agentId, at } = command
  switch (command.type) {
    case 'HireAgent': {
      const { profile } = command
      if (profile.name.trim() === '') return refuse('AGENT_NAME_EMPTY', { agentId })
      // Who left may come back: hired again under the same id, so the history is one.
      if (state.status !== 'employed') return accept({ type: 'AgentHired', data: { agentId, profile, at } })
      return sameData(state.profile, profile) ? accept() : refuse('AGENT_EXISTS', { agentId })
    }
    case 'ChangeAgentProfile': {
      const { profile } = command
      if (state.status !== 'employed') return refuse('AGENT_UNKNOWN', { agentId })
      if (profile.name.trim() === '') return refuse('AGENT_NAME_EMPTY', { agentId })
      if (sameData(state.profile, profile)) return accept()
      return accept({ type: 'AgentProfileChanged', data: { agentId, profile, at } })
    }
    case 'LetAgentGo':
      if (state.status === 'none') return refuse('AGENT_UNKNOWN', { agentId })
      if (state.status === 'left') return accept()
      return accept({ type: 'AgentLeft', data: { agentId, at } })
    default:
      return unreachable(command)
  }
}

export const agentDecider: Decider<AgentCommand, AgentEvent, AgentState, AgentRefusal> = {
  initialState: initialAgent,
  decide,
  evolve: evolveAgent,
}
