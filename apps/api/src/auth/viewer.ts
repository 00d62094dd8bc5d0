import type { AgentId } from '@centralino/domain'
import type { Role } from './roles.ts'

/** Who is signed in, as every request carries it. */
export type Viewer = {
  readonly accountId: string
  readonly sessionId: string
  readonly email: string
  readonly name: string
  readonly role: Role
  /** Null for every role but `agent`. */
  readonly agentId: AgentId | null
  readonly locale: string | null
}
