import type { Refusal } from '../kernel/decision.ts'
import type { AgentId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { AgentProfile } from './events.ts'

export type AgentCommand =
  | {
      readonly type: 'HireAgent'
      readonly agentId: AgentId
      readonly profile: AgentProfile
      readonly at: Instant
    }
  | {
      readonly type: 'ChangeAgentProfile'
      readonly agentId: AgentId
      readonly profile: AgentProfile
      readonly at: Instant
    }
  | { readonly type: 'LetAgentGo'; readonly agentId: AgentId; readonly at: Instant }

export type AgentRefusal =
  | Refusal<'AGENT_EXISTS', { agentId: AgentId }>
  | Refusal<'AGENT_UNKNOWN', { agentId: AgentId }>
  | Refusal<'AGENT_NAME_EMPTY', { agentId: AgentId }>
