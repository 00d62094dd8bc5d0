import type { DomainEvent } from '../kernel/event.ts'
import type { AgentId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'

export type AgentProfile = {
  readonly name: string
  /** Skills are plain words, languages among them (`billing`, `lang-it`). */
  readonly skills: readonly string[]
}

/** Streams `agent-{id}`: who works here and what they can do. Presence is the floor's. */
export type AgentEvent =
  | DomainEvent<'AgentHired', { agentId: AgentId; profile: AgentProfile; at: Instant }>
  | DomainEvent<'AgentProfileChanged', { agentId: AgentId; profile: AgentProfile; at: Instant }>
  | DomainEvent<'AgentLeft', { agentId: AgentId; at: Instant }>
