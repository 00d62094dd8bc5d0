import { randomUUID } from 'node:crypto'
import type { Instant } from '@centralino/domain'
import type { Accounts } from './accounts.ts'
import { hashPassword, makeOneTimePassword } from './password.ts'

export const FIRST_ADMIN_EMAIL = 'admin@centralino.local'

/**
 * In production, an empty accounts file gets one administrator with a password that is good for nothing but to be
 * changed. Null when there are accounts already. The password is returned once and stored nowhere.
 */
export const makeFirstAdmin = async (
  accounts: Accounts,
  now: Instant,
): Promise<{ email: string; oneTimePassword: string } | null> => {
  if ((await accounts.accountCount()) > 0) return null
  const oneTimePassword = makeOneTimePassword()
  const added = await accounts.addAccount({
    accountId: randomUUID(),
    email: FIRST_ADMIN_EMAIL,
    name: 'Administrator',
    role: 'admin',
    agentId: null,
    locale: null,
    passwordHash: await hashPassword(oneTimePassword),
    passwordStatus: 'oneTime',
    createdAt: now,
  })
  return added ? { email: FIRST_ADMIN_EMAIL, oneTimePassword } : null
}
