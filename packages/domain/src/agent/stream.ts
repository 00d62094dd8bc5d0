import type { AgentId } from '../kernel/ids.ts'

/** The stream that holds this agent. */
export const agentStream = (agentId: AgentId): string => `agent-${agentId}`
