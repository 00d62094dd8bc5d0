import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openAccounts } from '../auth/accounts.ts'
import { apiClientIn } from '../auth/api-tokens.ts'
import { parseConfig } from '../config.ts'
import { apiClient } from './api-client.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'api-client-'))
})
afterEach(() => rm(folder, { recursive: true }))

const config = () => parseConfig({ HUB_DATA_DIR: folder })
const run = async (...args: string[]) => {
  const said: string[] = []
  const code = await apiClient.run(args, { config: config(), say: (line) => said.push(line) })
  return { code, text: said.join('\n') }
}
const tokenIn = (text: string): string => /token {3}(ctr_[\w-]{43})$/m.exec(text)?.[1] ?? ''

it('beside a hub that has the accounts open: the token is the client until it is revoked, and is written nowhere', async () => {
  await using accounts = await openAccounts(join(folder, 'accounts.db'), () => {})
  const { secret } = config()
  const { text } = await run('add', 'warehouse', '--personal')
  const token = tokenIn(text)
  const client = await apiClientIn(`Bearer ${token}`, { accounts, secret })
  expect(client).toMatchObject({ name: 'warehouse', scopes: ['events:read', 'events:personal'] })
  expect(await apiClientIn(`bearer ${token}`, { accounts, secret })).toEqual(client)
  for (const not of [
    undefined,
    '',
    token,
    `Basic ${token}`,
    `Bearer ${token}x`,
    `Bearer ${token.slice(4)}`,
  ]) {
    expect(await apiClientIn(not, { accounts, secret })).toBeNull()
  }
  expect(await apiClientIn(`Bearer ${token}`, { accounts, secret: `${secret}x` })).toBeNull()
  const row = new DatabaseSync(join(folder, 'accounts.db')).prepare('SELECT * FROM api_client').get()
  expect(JSON.stringify(row)).not.toContain(token.slice(4))

  expect((await run('list')).text).toMatch(/warehouse +events:read events:personal/)
  await run('revoke', 'warehouse')
  expect(await apiClientIn(`Bearer ${token}`, { accounts, secret })).toBeNull()
  expect((await run('list')).text).toBe('No other system reads the events.')
})

it('gives a client no personal data unless told to, and a name to one client only', async () => {
  await (await openAccounts(join(folder, 'accounts.db'), () => {}))[Symbol.asyncDispose]()
  expect((await run('add', 'figures')).text).toMatch(/scopes {2}events:read$/m)
  await expect(run('add', 'figures')).rejects.toThrow('There is a client figures already')
  await expect(run('revoke', 'nobody')).rejects.toThrow('There is no client nobody.')
})

it('says that there are no accounts, and makes none', async () => {
  await expect(run('list')).rejects.toThrow(/no accounts at .*accounts\.db/)
  await expect(run('list')).rejects.toThrow(/no accounts at .*accounts\.db/)
})

it.each([
  [[]],
  [['add']],
  [['add', 'a b']],
  [['list', 'x']],
  [['revoke', 'x', 'y']],
  [['list', '--personal']],
])('refuses the arguments %j', async (args) => {
  await expect(run(...args)).rejects.toMatchObject({ code: 'USAGE' })
})
