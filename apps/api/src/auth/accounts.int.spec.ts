import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openAccounts } from './accounts.ts'
import { makeAccount } from './testing/in-memory-accounts.ts'

const neverLost = (error: Error): never => {
  throw error
}

describe('the accounts file', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'accounts-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('keeps accounts over a restart and refuses a second one of the same address', async () => {
    const path = join(folder, 'accounts.db')
    const account = await makeAccount({ password: 'x' })
    {
      await using accounts = await openAccounts(path, neverLost)
      expect(await accounts.addAccount(account)).toBe(true)
      expect(await accounts.addAccount({ ...account, accountId: 'other' })).toBe(false)
    }
    await using accounts = await openAccounts(path, neverLost)
    expect(await accounts.accountByEmail(account.email)).toEqual(account)
    expect(await accounts.accountCount()).toBe(1)
  })

  it('ends sessions together with what they stood on: role, password, account', async () => {
    await using accounts = await openAccounts(join(folder, 'accounts.db'), neverLost)
    const account = await makeAccount({ password: 'x' })
    const { accountId, passwordHash } = account
    const open = (sessionId: string, hash = passwordHash) =>
      accounts.addSession(
        { sessionId, accountId, createdAt: account.createdAt, lastSeenAt: account.createdAt },
        hash,
      )
    await accounts.addAccount(account)
    await open('one')
    const same = { name: 'Sofia M.', role: account.role, agentId: account.agentId }
    expect(await accounts.changeAccount(accountId, same)).toEqual([])
    expect(await accounts.sessionIds()).toEqual(['one'])
    expect(await accounts.changeAccount(accountId, { ...same, role: 'auditor' })).toEqual(['one'])
    await open('two')
    expect(await accounts.setOneTimePassword(accountId, 'new')).toEqual(['two'])
    expect(await open('three', 'new')).toBe(false)
    expect(await accounts.setPassword(accountId, 'newer', 'old')).toBe(false)
    expect(await accounts.setPassword(accountId, 'newer', 'new')).toBe(true)
    await open('four', 'newer')
    expect(await accounts.removeAccount(accountId)).toEqual(['four'])
    expect(await accounts.accounts()).toEqual([])
    expect(await accounts.removeAccount(accountId)).toBe(null)
    expect(await accounts.changeAccount(accountId, same)).toBe(null)
    expect(await accounts.setOneTimePassword(accountId, 'new')).toBe(null)
  })

  it('refuses a file that is not ours', async () => {
    const path = join(folder, 'accounts.db')
    await writeFile(path, 'this is no database, and it is long enough to be looked at as one'.repeat(20))
    await expect(openAccounts(path, () => {})).rejects.toThrow(/not a database/)
  })

  it('answers nothing after it was closed', async () => {
    const accounts = await openAccounts(join(folder, 'accounts.db'), neverLost)
    await accounts[Symbol.asyncDispose]()
    await expect(accounts.accountCount()).rejects.toThrow('closed')
  })
})
