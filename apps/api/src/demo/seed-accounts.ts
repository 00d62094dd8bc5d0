import type { Instant } from '@centralino/domain'
import type { Accounts } from '../auth/accounts.ts'
import { hashPassword } from '../auth/password.ts'
import { DEMO_LOGINS, DEMO_PASSWORD } from './people.ts'

/** Whether any of the demo's logins is in the file: their password is public. */
export const hasDemoLogins = async (accounts: Accounts): Promise<boolean> => {
  for (const { email } of DEMO_LOGINS)
    if ((await accounts.accountByEmail(email))?.accountId === demoAccountId(email)) return true
  return false
}

const demoAccountId = (email: string): string => `demo-${email.split('@')[0]}`

/** The demo's logins, in an accounts file that has none. They share one password, which is printed. */
export const seedAccounts = async (accounts: Accounts, now: Instant): Promise<void> => {
  if ((await accounts.accountCount()) > 0) return
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  for (const { email, name, role, agentId } of DEMO_LOGINS) {
    await accounts.addAccount({
      accountId: demoAccountId(email),
      email,
      name,
      role,
      agentId,
      locale: null,
      passwordHash,
      passwordStatus: 'set',
      createdAt: now,
    })
  }
}
