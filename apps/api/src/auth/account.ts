import { type AgentId, type Instant, parseId, parseInstant } from '@centralino/domain'
import { z } from 'zod'
import { ROLES, type Role } from './roles.ts'

/** One login. Accounts are no part of the log: they hold secrets, and are about staff. */
export type Account = {
  readonly accountId: string
  /** Lower case, unique. */
  readonly email: string
  readonly name: string
  readonly role: Role
  /**
   * Who of the floor this is, as long as the role is `agent`. It is kept when the role changes, so that who comes back is
   * hired again under the same id; null for who never took contacts.
   */
  readonly agentId: AgentId | null
  /** Locale of the console; null: the browser's. */
  readonly locale: string | null
  /** PHC string, argon2id. */
  readonly passwordHash: string
  /** `oneTime`: made by us and told once, good for nothing but to set one's own. */
  readonly passwordStatus: 'set' | 'oneTime'
  readonly createdAt: Instant
}

/** One sign-in. The token itself is in the browser only. */
export type Session = {
  /** HMAC-SHA-256 of the token, hex. */
  readonly sessionId: string
  readonly accountId: string
  readonly createdAt: Instant
  readonly lastSeenAt: Instant
}

/** Upper bounds keep a hostile body from costing anything. */
export const credentials = z.object({
  email: z.string().trim().normalize('NFC').toLowerCase().min(3).max(254),
  password: z.string().min(1).max(1024),
})

export const PASSWORD_MINIMUM_LENGTH = 12

export const passwordChange = credentials.extend({
  newPassword: z.string().min(PASSWORD_MINIMUM_LENGTH).max(1024),
})

const accountRow = z.object({
  account_id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  agent_id: z.string().nullable(),
  locale: z.string().nullable(),
  password_hash: z.string(),
  password_status: z.enum(['set', 'oneTime']),
  created_at: z.string(),
})

/** Reads a database row; throws on one that is none of ours. */
export const parseAccountRow = (row: unknown): Account => {
  const parsed = accountRow.parse(row)
  return {
    accountId: parsed.account_id,
    email: parsed.email,
    name: parsed.name,
    role: parsed.role,
    agentId: parsed.agent_id === null ? null : parseId('agent', parsed.agent_id),
    locale: parsed.locale,
    passwordHash: parsed.password_hash,
    passwordStatus: parsed.password_status,
    createdAt: parseInstant(parsed.created_at),
  }
}
