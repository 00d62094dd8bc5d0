import { type Instant, parseId, parseInstant, plusMilliseconds } from '@centralino/domain'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Account } from './account.ts'
import type { Accounts } from './accounts.ts'
import { sessionCookie, sessionTokenIn } from './cookies.ts'
import { ABSOLUTE_MILLISECONDS, createSessions, IDLE_MILLISECONDS, type Sessions } from './sessions.ts'
import { inMemoryAccounts, makeAccount } from './testing/in-memory-accounts.ts'

describe('sessions', () => {
  let accounts: Accounts
  let sessions: Sessions
  let account: Account
  let now: Instant
  let failures: unknown[]

  beforeEach(async () => {
    failures = []
    now = parseInstant('2026-11-24T05:00:00Z')
    accounts = inMemoryAccounts()
    account = await makeAccount({ password: 'x' })
    await accounts.addAccount(account)
    sessions = createSessions({
      accounts,
      secret: 'first',
      now: () => now,
      onListenerFailure: (error) => failures.push(error),
    })
  })

  const signedIn = async (): Promise<string> => (await sessions.open(account))?.token ?? ''

  it('end when nobody used them for four hours', async () => {
    const token = await signedIn()
    now = plusMilliseconds(now, IDLE_MILLISECONDS - 1)
    expect(await sessions.viewerOf(token)).not.toBeNull()
    now = plusMilliseconds(now, IDLE_MILLISECONDS - 1)
    expect(await sessions.viewerOf(token)).not.toBeNull()
    now = plusMilliseconds(now, IDLE_MILLISECONDS)
    expect(await sessions.viewerOf(token)).toBeNull()
  })

  it('end after fourteen hours however busy', async () => {
    const token = await signedIn()
    for (let hour = 1; hour < ABSOLUTE_MILLISECONDS / 3_600_000; hour++) {
      now = plusMilliseconds(now, 3_600_000)
      expect(await sessions.viewerOf(token)).not.toBeNull()
    }
    now = plusMilliseconds(now, 3_600_000)
    expect(await sessions.viewerOf(token)).toBeNull()
  })

  it('are swept out when their time is over, and who listens is told', async () => {
    const ended: string[] = []
    sessions.onEnded((sessionId) => ended.push(sessionId))
    const token = await signedIn()
    const viewer = await sessions.viewerOf(token)
    await sessions.removeExpired()
    expect(ended).toEqual([])
    now = plusMilliseconds(now, IDLE_MILLISECONDS)
    await sessions.removeExpired()
    expect(ended).toEqual([viewer?.sessionId])
  })

  it('end for everybody who listens, though one of them fails', async () => {
    const failure = new Error('a listener')
    const ended: string[] = []
    sessions.onEnded(() => {
      throw failure
    })
    sessions.onEnded((sessionId) => ended.push(sessionId))
    const tokens = [await signedIn(), await signedIn()]
    const ids = await Promise.all(tokens.map(async (token) => (await sessions.viewerOf(token))?.sessionId))
    await sessions.endAllOf(account.accountId)
    expect(ended.toSorted()).toEqual(ids.toSorted())
    expect(failures).toEqual([failure, failure])
  })

  it('tell who listens when they end before their time', async () => {
    const ended: string[] = []
    sessions.onEnded((sessionId) => ended.push(sessionId))
    const token = await signedIn()
    const viewer = await sessions.viewerOf(token)
    await sessions.end(token)
    await sessions.end(token)
    expect(ended).toEqual([viewer?.sessionId])
  })

  it('are not opened for an account that is gone or has another password by now', async () => {
    await accounts.setOneTimePassword(account.accountId, 'another hash')
    expect(await sessions.open(account)).toBeNull()
    await accounts.removeAccount(account.accountId)
    expect(await sessions.open(account)).toBeNull()
  })

  it('that another process ended are told of at the next sweep, once', async () => {
    const ended: string[] = []
    sessions.onEnded((sessionId) => ended.push(sessionId))
    const [one, other] = [await signedIn(), await signedIn()]
    const viewer = await sessions.viewerOf(one)
    await sessions.viewerOf(other)
    await accounts.endSession(viewer?.sessionId ?? '')
    await sessions.removeExpired()
    await sessions.removeExpired()
    expect(ended).toEqual([viewer?.sessionId])
  })

  it('of whoever is no agent any more speak for no agent', async () => {
    const agentId = parseId('agent', 'sofia')
    await accounts.changeAccount(account.accountId, { name: account.name, role: 'agent', agentId })
    const token = await signedIn()
    expect(await sessions.viewerOf(token)).toMatchObject({ agentId })
    await accounts.changeAccount(account.accountId, { name: account.name, role: 'supervisor', agentId })
    expect(await sessions.viewerOf(await signedIn())).toMatchObject({ role: 'supervisor', agentId: null })
  })

  it('are signed out by a new secret, and never stored as the token itself', async () => {
    const token = await signedIn()
    const other = createSessions({
      accounts,
      secret: 'second',
      now: () => now,
      onListenerFailure: (error) => failures.push(error),
    })
    expect(await other.viewerOf(token)).toBeNull()
    expect(await accounts.session(token)).toBeNull()
  })

  it('refuse what is no token', async () => {
    expect(await sessions.viewerOf('')).toBeNull()
    expect(await sessions.viewerOf(`${'a'.repeat(42)}'`)).toBeNull()
  })

  it('travel in a cookie that scripts and other sites cannot use', () => {
    const cookie = sessionCookie('abc', true)
    expect(cookie).toMatch(/^centralino_session=abc; Path=\/; .*HttpOnly; SameSite=Strict; Secure$/)
    expect(sessionCookie('abc', false)).not.toContain('Secure')
    expect(sessionTokenIn('a=b; centralino_session=abc; c=d')).toBe('abc')
    expect(sessionTokenIn('not_centralino_session=abc')).toBeNull()
    expect(sessionTokenIn(undefined)).toBeNull()
  })
})
