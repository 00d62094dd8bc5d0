import type { BoardAgentFragment, PresenceStatus } from '../../gql/generated/graphql.ts'

export type AgentColumn = {
  readonly status: PresenceStatus
  readonly agents: readonly BoardAgentFragment[]
}

/** The columns of the board, always all five in this order, so that nothing jumps. Who is offline has no column. */
export const COLUMNS = ['READY', 'RESERVED', 'ENGAGED', 'WRAP_UP', 'NOT_READY'] as const

/** Longest in the state first. */
export function agentsByState(agents: readonly BoardAgentFragment[]): readonly AgentColumn[] {
  const since = (agent: BoardAgentFragment) => agent.presence.since ?? ''
  return COLUMNS.map((status) => ({
    status,
    agents: agents
      .filter((agent) => agent.presence.status === status)
      .toSorted((a, b) =>
        since(a) < since(b) ? -1 : since(a) > since(b) ? 1 : a.name.localeCompare(b.name),
      ),
  }))
}
