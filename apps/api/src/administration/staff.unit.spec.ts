import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyPassword } from '../auth/password.ts'
import { type AdministrationWorld, administrationWorld, SOFIA } from './testing/administration-world.ts'

const EMAIL = 'sofia@linfa.example'

let world: AdministrationWorld
beforeEach(async () => {
  world = await administrationWorld()
})
afterEach(() => world[Symbol.asyncDispose]())

const refused = (code: string) => ({ ok: false, code })
const entryOf = async (email: string) =>
  (await world.administration.accounts()).find((account) => account.email === email)
const change = (accountId: string, settings: object = {}) =>
  world.administration.changeAccount(world.boss, accountId, { ...SOFIA, ...settings })

describe('adding an account', () => {
  it('gives a password for the first sign-in, which is kept as a hash only', async () => {
    const outcome = await world.administration.addAccount(world.boss, ' Sofia@LINFA.example ', SOFIA)
    if (!outcome.ok) throw new Error(outcome.code)
    expect(outcome.email).toBe(EMAIL)
    const account = await world.accounts.accountByEmail(EMAIL)
    expect(account).toMatchObject({ name: SOFIA.name, role: 'agent', passwordStatus: 'oneTime' })
    expect(await verifyPassword(outcome.oneTimePassword, account?.passwordHash ?? '')).toBe(true)
    expect(JSON.stringify(await world.administration.accounts())).not.toContain('argon2')
  })

  it('hires an agent, which the read models show at once and the log lays to the administrator', async () => {
    await world.add(EMAIL)
    const { agentId } = (await entryOf(EMAIL)) ?? {}
    expect(await world.readModels.agents()).toMatchObject([
      { agent_id: agentId, name: SOFIA.name, skills: '["billing"]' },
    ])
    expect(await world.events()).toMatchObject([
      { type: 'AgentHired', metadata: { actor: { kind: 'user', id: world.boss.accountId } } },
    ])
  })

  it('writes nobody else on the log, whatever skills are given', async () => {
    await world.add('elena@linfa.example', { role: 'supervisor', skills: ['not a word'] })
    expect(await world.events()).toEqual([])
    expect(await entryOf('elena@linfa.example')).toMatchObject({ role: 'supervisor', agentId: null })
  })

  it('takes an address once, however it is written and whoever asks at the same time', async () => {
    const outcomes = await Promise.all(
      [EMAIL, 'SOFIA@linfa.example'].map((email) =>
        world.administration.addAccount(world.boss, email, SOFIA),
      ),
    )
    expect(outcomes.map(({ ok }) => ok)).toEqual([true, false])
    expect(outcomes[1]).toEqual(refused('EMAIL_TAKEN'))
    expect(await world.types()).toEqual(['AgentHired'])
  })
})

describe('changing an account', () => {
  it('tells the log of another name and other skills, and of nothing when nothing is new', async () => {
    const accountId = await world.add(EMAIL)
    expect(await change(accountId)).toEqual({ ok: true })
    expect(await world.types()).toEqual(['AgentHired'])
    expect(await change(accountId, { skills: ['billing', 'lang-it'] })).toEqual({ ok: true })
    expect(await world.readModels.agents()).toMatchObject([{ skills: '["billing","lang-it"]' }])
  })

  it('keeps the sessions while the role stays, and ends them with it', async () => {
    const accountId = await world.add(EMAIL)
    const token = await world.signIn(accountId)
    const ended: string[] = []
    world.sessions.onEnded((sessionId) => ended.push(sessionId))
    await change(accountId, { name: 'Sofia M.' })
    expect(await world.sessions.viewerOf(token)).toMatchObject({ name: 'Sofia M.' })
    await change(accountId, { role: 'supervisor' })
    expect(await world.sessions.viewerOf(token)).toBeNull()
    expect(ended).toHaveLength(1)
  })

  it('lets an agent go with the role, and hires the same one again with it', async () => {
    const accountId = await world.add(EMAIL)
    const { agentId } = (await entryOf(EMAIL)) ?? {}
    await change(accountId, { role: 'supervisor' })
    expect(await world.readModels.agents()).toEqual([])
    await change(accountId, { name: 'Sofia M.' })
    expect(await world.types()).toEqual(['AgentHired', 'AgentLeft', 'AgentHired'])
    expect(await world.readModels.agents()).toMatchObject([{ agent_id: agentId, name: 'Sofia M.' }])
  })

  it('hires who never was an agent', async () => {
    const accountId = await world.add('elena@linfa.example', { role: 'supervisor' })
    await change(accountId, { name: 'Elena Serra' })
    expect(await world.readModels.agents()).toMatchObject([{ name: 'Elena Serra' }])
  })

  it('with the same values brings the log up to an account that was written without it', async () => {
    world.setDiskFull(true)
    await expect(world.administration.addAccount(world.boss, EMAIL, SOFIA)).rejects.toThrow('no room')
    const { accountId = '' } = (await entryOf(EMAIL)) ?? {}
    world.setDiskFull(false)
    expect(await change(accountId)).toEqual({ ok: true })
    expect(await world.readModels.agents()).toMatchObject([{ name: SOFIA.name }])

    world.setDiskFull(true)
    await expect(change(accountId, { role: 'auditor' })).rejects.toThrow('no room')
    world.setDiskFull(false)
    expect(await change(accountId, { role: 'auditor' })).toEqual({ ok: true })
    expect(await world.types()).toEqual(['AgentHired', 'AgentLeft'])
  })
})

describe('a new one-time password', () => {
  it('voids the one until now and ends every session', async () => {
    const accountId = await world.add(EMAIL)
    const token = await world.signIn(accountId)
    const outcome = await world.administration.giveOneTimePassword(world.boss, accountId)
    if (!outcome.ok) throw new Error(outcome.code)
    const account = await world.accounts.accountById(accountId)
    expect(account?.passwordStatus).toBe('oneTime')
    expect(await verifyPassword(outcome.oneTimePassword, account?.passwordHash ?? '')).toBe(true)
    expect(await world.sessions.viewerOf(token)).toBeNull()
  })
})

describe('removing an account', () => {
  it('ends its sessions, frees its address and lets the agent go', async () => {
    const accountId = await world.add(EMAIL)
    const token = await world.signIn(accountId)
    expect(await world.administration.removeAccount(world.boss, accountId)).toEqual({ ok: true })
    expect(await world.sessions.viewerOf(token)).toBeNull()
    expect(await world.readModels.agents()).toEqual([])
    await world.add(EMAIL)
    expect(await world.types()).toEqual(['AgentHired', 'AgentLeft', 'AgentHired'])
  })

  it('leaves the account as long as the log takes nothing, so that it can be asked for again', async () => {
    const accountId = await world.add(EMAIL)
    world.setDiskFull(true)
    await expect(world.administration.removeAccount(world.boss, accountId)).rejects.toThrow('no room')
    world.setDiskFull(false)
    expect(await world.administration.removeAccount(world.boss, accountId)).toEqual({ ok: true })
    expect(await world.types()).toEqual(['AgentHired', 'AgentLeft'])
  })

  it('is done for an agent of whom the log never heard', async () => {
    world.setDiskFull(true)
    await expect(world.administration.addAccount(world.boss, EMAIL, SOFIA)).rejects.toThrow('no room')
    world.setDiskFull(false)
    const { accountId = '' } = (await entryOf(EMAIL)) ?? {}
    expect(await world.administration.removeAccount(world.boss, accountId)).toEqual({ ok: true })
    expect(await entryOf(EMAIL)).toBeUndefined()
  })
})

describe('administrators', () => {
  const admin = { name: 'Tomasz Lis', role: 'admin', skills: [] } as const

  it('are never without one', async () => {
    const { administration, boss } = world
    expect(await change(boss.accountId, { role: 'agent' })).toEqual(refused('LAST_ADMIN'))
    expect(await administration.removeAccount(boss, boss.accountId)).toEqual(refused('LAST_ADMIN'))
    expect(await administration.changeAccount(boss, boss.accountId, admin)).toEqual({ ok: true })
  })

  it('do not remove, demote or lock out themselves', async () => {
    const { administration, boss } = world
    await world.add('other@linfa.example', admin)
    expect(await change(boss.accountId, { role: 'agent' })).toEqual(refused('OWN_ACCOUNT'))
    expect(await administration.removeAccount(boss, boss.accountId)).toEqual(refused('OWN_ACCOUNT'))
    expect(await administration.giveOneTimePassword(boss, boss.accountId)).toEqual(refused('OWN_ACCOUNT'))
  })

  it('who remove each other at once leave one', async () => {
    const { administration, boss } = world
    const accountId = await world.add('other@linfa.example', admin)
    const outcomes = await Promise.all([
      administration.removeAccount(boss, accountId),
      administration.removeAccount({ accountId }, boss.accountId),
    ])
    expect(outcomes).toEqual([{ ok: true }, refused('LAST_ADMIN')])
  })
})

it('nothing is done to an account that is not there', async () => {
  const { administration, boss } = world
  expect(await change('nobody')).toEqual(refused('ACCOUNT_UNKNOWN'))
  expect(await administration.giveOneTimePassword(boss, 'nobody')).toEqual(refused('ACCOUNT_UNKNOWN'))
  expect(await administration.removeAccount(boss, 'nobody')).toEqual(refused('ACCOUNT_UNKNOWN'))
})

it('accounts are listed by name, as a reader looks for one', async () => {
  for (const name of ['Zoe', 'Łukasz', 'ada', 'Bea'])
    await world.add(`${name.length}${name.charCodeAt(0)}@x.example`, { name, role: 'auditor' })
  expect((await world.administration.accounts()).map(({ name }) => name)).toEqual([
    'ada',
    'Bea',
    'Łukasz',
    'Sofia Marchetti',
    'Zoe',
  ])
})

it('each action is counted and logged, and no log line holds an address, a name or a password', async () => {
  const outcome = await world.administration.addAccount(world.boss, EMAIL, SOFIA)
  await world.administration.addAccount(world.boss, EMAIL, SOFIA)
  const { accountId } = (await entryOf(EMAIL)) ?? {}
  const counted = await world.metrics.registry.getSingleMetricAsString(
    'centralino_administration_actions_total',
  )
  expect(counted).toContain('{action="addAccount",outcome="done"} 1')
  expect(counted).toContain('{action="addAccount",outcome="refused"} 1')
  const logged = world.logged()
  expect(logged).toContain(`"by":"${world.boss.accountId}","about":"${accountId}"`)
  expect(logged).toContain('EMAIL_TAKEN')
  const secret = outcome.ok ? outcome.oneTimePassword : ''
  for (const word of ['sofia', 'Marchetti', secret]) expect(logged).not.toContain(word)
})
