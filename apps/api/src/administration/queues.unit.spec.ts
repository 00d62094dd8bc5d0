import { parseId } from '@centralino/domain'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AdministrationWorld, administrationWorld, BILLING } from './testing/administration-world.ts'

const SUPPORT = { ...BILLING, name: 'Support', requiredSkills: ['support'], entryPoints: ['+390655500200'] }

let world: AdministrationWorld
beforeEach(async () => {
  world = await administrationWorld()
})
afterEach(() => world[Symbol.asyncDispose]())

const refused = (code: string) => ({ ok: false, code })
const add = (settings: object = {}) => world.administration.addQueue(world.boss, { ...BILLING, ...settings })
const idOf = (entryPoint: string) => {
  const found = world.directory.queueFor(entryPoint)
  if (found === null) throw new Error(`nothing is at ${entryPoint}`)
  return found.queueId
}

describe('a queue that was added', () => {
  it('is found by the number as it is dialled, and shown, at once', async () => {
    expect(await add({ entryPoints: ['06 555 00100', 'Billing@Linfa.example'] })).toEqual({ ok: true })
    expect(world.directory.queueFor('+390655500100')?.settings).toEqual(BILLING)
    expect(world.directory.queueFor('billing@linfa.example')?.queueId).toBe(idOf('+390655500100'))
    expect(await world.readModels.queues()).toMatchObject([
      { name: 'Billing', entry_points: JSON.stringify(BILLING.entryPoints) },
    ])
    expect(await world.events()).toMatchObject([
      { type: 'QueueDefined', metadata: { actor: { kind: 'user', id: world.boss.accountId } } },
    ])
  })

  it('has its name and its entry points for itself', async () => {
    await add()
    expect(await add({ entryPoints: [], name: ' bILLING ' })).toEqual(refused('QUEUE_NAME_TAKEN'))
    expect(await add({ ...SUPPORT, entryPoints: ['+39 06 5550 0100'] })).toEqual(refused('ENTRY_POINT_TAKEN'))
    expect(await add(SUPPORT)).toEqual({ ok: true })
  })

  it('has them even when another administrator asks for them at the same time', async () => {
    const outcomes = await Promise.all([add(), add({ name: 'Support' }), add({ entryPoints: [] })])
    expect(outcomes).toEqual([{ ok: true }, refused('ENTRY_POINT_TAKEN'), refused('QUEUE_NAME_TAKEN')])
    expect(await world.types()).toEqual(['QueueDefined'])
  })

  it('keeps to the times that the domain allows', async () => {
    expect(await add({ offerTimeoutSeconds: 4 })).toEqual(refused('QUEUE_TIME_OUT_OF_RANGE'))
    expect(await add({ wrapUpSeconds: 3_601 })).toEqual(refused('QUEUE_TIME_OUT_OF_RANGE'))
  })
})

describe('a queue that changes', () => {
  const change = (entryPoint: string, settings: object) =>
    world.administration.changeQueue(world.boss, idOf(entryPoint), { ...BILLING, ...settings })

  beforeEach(async () => {
    await add()
    await add(SUPPORT)
  })

  it('may keep what it has', async () => {
    expect(await change('+390655500100', {})).toEqual({ ok: true })
    expect(await world.types()).toEqual(['QueueDefined', 'QueueDefined'])
  })

  it('gives its numbers up to others', async () => {
    const support = idOf('+390655500200')
    expect(await change('+390655500100', { entryPoints: [] })).toEqual({ ok: true })
    const settings = { ...SUPPORT, entryPoints: ['+390655500200', '+390655500100'] }
    expect(await world.administration.changeQueue(world.boss, support, settings)).toEqual({ ok: true })
    expect(idOf('+390655500100')).toBe(support)
    expect(world.directory.queueFor('billing@linfa.example')).toBeNull()
  })

  it('does not take what is another’s', async () => {
    expect(await change('+390655500100', { name: 'Support' })).toEqual(refused('QUEUE_NAME_TAKEN'))
    expect(await change('+390655500100', { entryPoints: ['+390655500200'] })).toEqual(
      refused('ENTRY_POINT_TAKEN'),
    )
  })

  it('is there before it changes', async () => {
    const nothing = parseId('queue', 'nothing')
    expect(await world.administration.changeQueue(world.boss, nothing, BILLING)).toEqual(
      refused('QUEUE_UNKNOWN'),
    )
  })
})

it('more than fifty waiting actions are too many', async () => {
  const outcomes = await Promise.allSettled(Array.from({ length: 60 }, () => add()))
  const codes = outcomes.map((one) => (one.status === 'rejected' ? one.reason.code : 'answered'))
  expect(codes.filter((code) => code === 'TOO_BUSY')).toHaveLength(10)
})
