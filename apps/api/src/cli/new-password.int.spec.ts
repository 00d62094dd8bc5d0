import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openAccounts } from '../auth/accounts.ts'
import { verifyPassword } from '../auth/password.ts'
import { createSessions } from '../auth/sessions.ts'
import { makeAccount } from '../auth/testing/in-memory-accounts.ts'
import { parseConfig } from '../config.ts'
import { newPassword } from './new-password.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'new-password-'))
})
afterEach(() => rm(folder, { recursive: true }))

const run = async (...args: string[]) => {
  const said: string[] = []
  const code = await newPassword.run(args, {
    config: parseConfig({ HUB_DATA_DIR: folder }),
    say: (line) => said.push(line),
  })
  return { code, text: said.join('\n') }
}

it('beside a hub that has the accounts open: the new password is good for the first sign-in, the sessions are over', async () => {
  await using accounts = await openAccounts(join(folder, 'accounts.db'), () => {})
  const account = await makeAccount({ email: 'admin@hub.example', role: 'admin', password: 'lost' })
  await accounts.addAccount(account)
  const sessions = createSessions({
    accounts,
    secret: 's',
    now: () => account.createdAt,
    onListenerFailure: () => {},
  })
  const token = (await sessions.open(account))?.token ?? ''
  expect(await sessions.viewerOf(token)).not.toBeNull()
  const ended: string[] = []
  sessions.onEnded((sessionId) => ended.push(sessionId))

  const { code, text } = await run(' Admin@Hub.example')
  expect(code).toBe(0)
  const oneTimePassword = /one-time password {2}([a-z2-9-]{23})$/m.exec(text)?.[1] ?? ''
  const now = await accounts.accountByEmail('admin@hub.example')
  expect(now?.passwordStatus).toBe('oneTime')
  expect(await verifyPassword(oneTimePassword, now?.passwordHash ?? '')).toBe(true)
  expect(await sessions.viewerOf(token)).toBeNull()
  await sessions.removeExpired()
  expect(ended).toHaveLength(1)
})

it('says whom there is when nobody has the address', async () => {
  {
    await using accounts = await openAccounts(join(folder, 'accounts.db'), () => {})
    await accounts.addAccount(await makeAccount({ email: 'admin@hub.example', role: 'admin', password: 'x' }))
  }
  await expect(run('nobody@hub.example')).rejects.toThrow(
    'No account has this address. Administrators: admin@hub.example',
  )
})

it('says that there are no accounts, and makes none', async () => {
  await expect(run('admin@hub.example')).rejects.toThrow(/no accounts at .*accounts\.db/)
  await expect(run('admin@hub.example')).rejects.toThrow(/no accounts at .*accounts\.db/)
})

it('leaves a file alone that is not ours', async () => {
  await writeFile(
    join(folder, 'accounts.db'),
    'this is no database, and it is long enough to be looked at as one'.repeat(20),
  )
  await expect(run('admin@hub.example')).rejects.toThrow(/accounts\.db cannot be used: /)
})

it.each([[[]], [['one@hub.example', 'two@hub.example']], [['']]])(
  'refuses the arguments %j',
  async (args) => {
    await expect(run(...args)).rejects.toMatchObject({ code: 'USAGE' })
  },
)
