import type { Metrics } from '../observability/metrics.ts'
import type { Notices } from '../observability/notices.ts'
import type { Account } from './account.ts'
import type { Accounts } from './accounts.ts'
import { hashPassword, verifyPassword } from './password.ts'
import type { Sessions } from './sessions.ts'
import { createThrottle, throttleKeyOf } from './throttle.ts'

export type SignInOutcome =
  | { readonly outcome: 'signedIn'; readonly token: string }
  | {
      readonly outcome: 'refused'
      readonly code: 'WRONG_CREDENTIALS' | 'PASSWORD_MUST_CHANGE' | 'SAME_PASSWORD'
    }
  | { readonly outcome: 'refused'; readonly code: 'TOO_MANY_TRIES'; readonly retryAfterSeconds: number }

type Try = { readonly email: string; readonly password: string; readonly address: string }

export type SignIn = {
  signIn(attempt: Try): Promise<SignInOutcome>
  /** Sets a new password with the old one, ends every session of the account, and signs in. */
  changePassword(attempt: Try & { readonly newPassword: string }): Promise<SignInOutcome>
}

/** A password costs 19 MiB and 30 ms of a core: so many at once, and so many waiting; more are asked to come again. */
const HASHES_AT_ONCE = 2
const HASHES_WAITING = 20

/**
 * Five wrong passwords of one account, twenty from one address, then every try waits longer: up to a minute for the
 * account (its owner is not locked out by a stranger for long), up to a quarter of an hour for the address.
 */
export const createSignIn = (options: {
  readonly accounts: Accounts
  readonly sessions: Sessions
  readonly metrics: Metrics
  readonly notices: Notices
  readonly clock?: () => number
}): SignIn => {
  const { accounts, sessions, metrics, notices } = options
  const clock = options.clock ?? (() => performance.now())
  const remembered = { forgetAfterMilliseconds: 15 * 60_000, limit: 10_000, clock }
  const byAccount = createThrottle({ ...remembered, free: 5, maximumDelayMilliseconds: 60_000 })
  const byAddress = createThrottle({ ...remembered, free: 20, maximumDelayMilliseconds: 15 * 60_000 })
  const slots = createSlots(HASHES_AT_ONCE, HASHES_WAITING)
  /** What an unknown account is compared with, so that it takes as long as a known one. */
  const nobody = hashPassword('nobody has this password')

  const tooMany = (milliseconds: number): SignInOutcome => {
    metrics.signIns.inc({ outcome: 'tooManyTries' })
    return {
      outcome: 'refused',
      code: 'TOO_MANY_TRIES',
      retryAfterSeconds: Math.max(1, Math.ceil(milliseconds / 1_000)),
    }
  }

  const check = async (attempt: Try): Promise<Account | SignInOutcome> => {
    const address = throttleKeyOf(attempt.address)
    const wait = Math.max(byAccount.wait(attempt.email), byAddress.wait(address))
    if (wait > 0) return tooMany(wait)
    const free = await slots.take()
    if (!free) return tooMany(1_000)
    try {
      // Counted as wrong until proven right, so that a hundred tries at once are not all free.
      byAccount.failed(attempt.email)
      byAddress.failed(address)
      const account = await accounts.accountByEmail(attempt.email)
      const right = await verifyPassword(attempt.password, account?.passwordHash ?? (await nobody))
      if (account && right) {
        byAccount.succeeded(attempt.email)
        // One good account must not wipe out what else came from its address.
        byAddress.forgive(address)
        return account
      }
    } finally {
      slots.free()
    }
    metrics.signIns.inc({ outcome: 'wrong' })
    if (byAccount.wait(attempt.email) > 0) notices.report('SIGN_IN_SLOWED', { by: 'account' })
    else if (byAddress.wait(address) > 0) notices.report('SIGN_IN_SLOWED', { by: 'address' })
    return { outcome: 'refused', code: 'WRONG_CREDENTIALS' }
  }

  /** The password was right and somebody replaced it while we looked: so it is wrong. */
  const overtaken = (): SignInOutcome => {
    metrics.signIns.inc({ outcome: 'wrong' })
    return { outcome: 'refused', code: 'WRONG_CREDENTIALS' }
  }

  const open = async (account: Account): Promise<SignInOutcome> => {
    const opened = await sessions.open(account)
    if (opened === null) return overtaken()
    metrics.signIns.inc({ outcome: 'signedIn' })
    return { outcome: 'signedIn', ...opened }
  }

  return {
    async signIn(attempt) {
      const account = await check(attempt)
      if ('outcome' in account) return account
      if (account.passwordStatus === 'oneTime') {
        metrics.signIns.inc({ outcome: 'oneTimePassword' })
        return { outcome: 'refused', code: 'PASSWORD_MUST_CHANGE' }
      }
      return open(account)
    },
    async changePassword(attempt) {
      const account = await check(attempt)
      if ('outcome' in account) return account
      if (attempt.password === attempt.newPassword) return { outcome: 'refused', code: 'SAME_PASSWORD' }
      const passwordHash = await hashPassword(attempt.newPassword)
      const changed = await accounts.setPassword(account.accountId, passwordHash, account.passwordHash)
      if (!changed) return overtaken()
      await sessions.endAllOf(account.accountId)
      metrics.signIns.inc({ outcome: 'passwordChanged' })
      return open({ ...account, passwordHash })
    },
  }
}

/** A counting lock with a bounded queue; `take` answers false when the queue is full. */
const createSlots = (atOnce: number, waiting: number) => {
  let free = atOnce
  const queue: (() => void)[] = []
  return {
    take: async (): Promise<boolean> => {
      if (free > 0) {
        free -= 1
        return true
      }
      if (queue.length >= waiting) return false
      await new Promise<void>((resolve) => queue.push(resolve))
      return true
    },
    free: (): void => {
      const next = queue.shift()
      if (next) next()
      else free += 1
    },
  }
}
