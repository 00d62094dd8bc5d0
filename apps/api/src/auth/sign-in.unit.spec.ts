import { parseInstant } from '@centralino/domain'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMetrics } from '../observability/metrics.ts'
import { createNotices } from '../observability/notices.ts'
import type { Accounts } from './accounts.ts'
import { FIRST_ADMIN_EMAIL, makeFirstAdmin } from './first-admin.ts'
import { hashPassword } from './password.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { createSignIn, type SignIn } from './sign-in.ts'
import { inMemoryAccounts, makeAccount } from './testing/in-memory-accounts.ts'

const NOW = parseInstant('2026-11-24T05:00:00Z')
const EMAIL = 'sofia@linfa.example'
const PASSWORD = 'linfa-demo'

describe('signing in', () => {
  let accounts: Accounts
  let sessions: Sessions
  let signIn: SignIn
  let time: { now: number }
  const metrics = createMetrics()
  const notices = createNotices({})
  const from = (address: string, password = PASSWORD, email = EMAIL) =>
    signIn.signIn({ email, password, address })

  beforeEach(async () => {
    metrics.registry.resetMetrics()
    time = { now: 0 }
    accounts = inMemoryAccounts()
    await accounts.addAccount(await makeAccount({ password: PASSWORD }))
    sessions = createSessions({ accounts, secret: 's', now: () => NOW, onListenerFailure: () => {} })
    signIn = createSignIn({ accounts, sessions, metrics, notices, clock: () => time.now })
  })

  it('gives a session for the right password', async () => {
    const outcome = await from('192.0.2.1')
    expect(outcome.outcome).toBe('signedIn')
    const token = outcome.outcome === 'signedIn' ? outcome.token : ''
    expect(await sessions.viewerOf(token)).toMatchObject({ email: EMAIL, role: 'agent' })
  })

  it('answers the same to a wrong password and to an unknown account', async () => {
    const refused = { outcome: 'refused', code: 'WRONG_CREDENTIALS' }
    expect(await from('192.0.2.1', 'wrong')).toEqual(refused)
    expect(await from('192.0.2.1', PASSWORD, 'nobody@linfa.example')).toEqual(refused)
  })

  it('slows an account down after five wrong passwords, counts it and tells the operator', async () => {
    for (let i = 0; i < 5; i++) await from(`192.0.2.${i}`, 'wrong')
    expect(await from('192.0.2.9')).toEqual({
      outcome: 'refused',
      code: 'TOO_MANY_TRIES',
      retryAfterSeconds: 1,
    })
    expect(notices.list()).toEqual([expect.objectContaining({ code: 'SIGN_IN_SLOWED' })])
    const counted = await metrics.registry.getSingleMetricAsString('centralino_sign_ins_total')
    expect(counted).toContain('outcome="wrong"} 5')
    time.now += 1_000
    expect(await from('192.0.2.9')).toMatchObject({ outcome: 'signedIn' })
  })

  it('slows an address down that tries many accounts', async () => {
    for (let i = 0; i < 20; i++) await from('192.0.2.1', 'wrong', `guess${i}@linfa.example`)
    expect(await from('192.0.2.1')).toMatchObject({ code: 'TOO_MANY_TRIES' })
    expect(await from('192.0.2.2')).toMatchObject({ outcome: 'signedIn' })
  })

  it('does not let a crowd of tries at once be free', async () => {
    const outcomes = await Promise.all(Array.from({ length: 60 }, () => from('192.0.2.1', 'wrong')))
    const wrong = outcomes.filter((o) => o.outcome === 'refused' && o.code === 'WRONG_CREDENTIALS')
    expect(wrong.length).toBeLessThanOrEqual(22)
    expect(await from('192.0.2.1')).toMatchObject({ code: 'TOO_MANY_TRIES' })
  })

  it('does not slow down an office whose people all sign in rightly', async () => {
    for (let i = 0; i < 30; i++) expect((await from('192.0.2.1')).outcome).toBe('signedIn')
  })

  it('takes the one-time password of the first administrator for nothing but a new one', async () => {
    const empty = inMemoryAccounts()
    const own = createSessions({ accounts: empty, secret: 's', now: () => NOW, onListenerFailure: () => {} })
    const door = createSignIn({ accounts: empty, sessions: own, metrics, notices, clock: () => 0 })
    const first = await makeFirstAdmin(empty, NOW)
    const password = first?.oneTimePassword ?? ''
    const attempt = { email: FIRST_ADMIN_EMAIL, password, address: '192.0.2.1' }
    expect(await makeFirstAdmin(empty, NOW)).toEqual({ email: FIRST_ADMIN_EMAIL, oneTimePassword: null })
    expect(await door.signIn(attempt)).toMatchObject({ code: 'PASSWORD_MUST_CHANGE' })
    expect(await door.changePassword({ ...attempt, newPassword: password })).toMatchObject({
      code: 'SAME_PASSWORD',
    })
    expect(await door.changePassword({ ...attempt, newPassword: 'a much better one' })).toMatchObject({
      outcome: 'signedIn',
    })
    expect(await door.signIn(attempt)).toMatchObject({ code: 'WRONG_CREDENTIALS' })
    expect(await makeFirstAdmin(empty, NOW)).toBeNull()
  })

  it('lets nobody in by a password that an administrator replaces meanwhile', async () => {
    const real = accounts.accountByEmail
    const overtaken = {
      ...accounts,
      accountByEmail: async (email: string) => {
        const account = await real(email)
        await accounts.setOneTimePassword(account?.accountId ?? '', 'another hash')
        return account
      },
    }
    const door = createSignIn({ accounts: overtaken, sessions, metrics, notices, clock: () => 0 })
    const attempt = { email: EMAIL, password: PASSWORD, address: '192.0.2.1' }
    const refused = { outcome: 'refused', code: 'WRONG_CREDENTIALS' }
    expect(await door.signIn(attempt)).toEqual(refused)
    await accounts.setPassword(
      (await real(EMAIL))?.accountId ?? '',
      await hashPassword(PASSWORD),
      'another hash',
    )
    expect(await door.changePassword({ ...attempt, newPassword: 'a much better one' })).toEqual(refused)
    expect(await real(EMAIL)).toMatchObject({ passwordHash: 'another hash', passwordStatus: 'oneTime' })
  })

  it('ends every other session when the password changes', async () => {
    const before = await from('192.0.2.1')
    await signIn.changePassword({
      email: EMAIL,
      password: PASSWORD,
      newPassword: 'a much better one',
      address: '192.0.2.1',
    })
    expect(await sessions.viewerOf(before.outcome === 'signedIn' ? before.token : '')).toBeNull()
  })
})
