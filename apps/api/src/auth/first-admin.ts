import { randomUUID } from 'node:crypto'
import type { Instant } from '@centralino/domain'
import type { Accounts } from './accounts.ts'
import { hashPassword, makeOneTimePassword } from './password.ts'

export const FIRST_ADMIN_EMAIL = 'admin@centralino.local'

/** Who sets up a hub in production, until they have signed in. */
export type FirstAdmin = {
  readonly email: string
  /** Null: it was told at an earlier start, and has not been used yet. */
  readonly oneTimePassword: string | null
}

/**
 * In production, an empty accounts file gets one administrator with a password that is good for nothing but to be
 * changed. Null when that one has a password of their own, or is gone. The password is returned once and stored nowhere: to
 * be called when nothing can fail any more before somebody reads it.
 */
export const makeFirstAdmin = async (accounts: Accounts, now: Instant): Promise<FirstAdmin | null> => {
  if ((await accounts.accountCount()) > 0) {
    const made = await accounts.accountByEmail(FIRST_ADMIN_EMAIL)
    return made?.passwordStatus === 'oneTime' ? { email: made.email, oneTimePassword: null } : null
  }
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
