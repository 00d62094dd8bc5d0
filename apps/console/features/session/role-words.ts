import type { Role } from '../../gql/generated/graphql.ts'
import type { MessageKey } from '../../i18n/message-key.ts'

export const ROLE = {
  AGENT: 'role.agent',
  SUPERVISOR: 'role.supervisor',
  MARKETER: 'role.marketer',
  AUDITOR: 'role.auditor',
  ADMIN: 'role.admin',
} as const satisfies Record<Role, MessageKey>

/** What somebody with the role does here. */
export const ROLE_TEXT = {
  AGENT: 'roleText.agent',
  SUPERVISOR: 'roleText.supervisor',
  MARKETER: 'roleText.marketer',
  AUDITOR: 'roleText.auditor',
  ADMIN: 'roleText.admin',
} as const satisfies Record<Role, MessageKey>

export const ROLES = [
  'AGENT',
  'SUPERVISOR',
  'MARKETER',
  'AUDITOR',
  'ADMIN',
] as const satisfies readonly Role[]
