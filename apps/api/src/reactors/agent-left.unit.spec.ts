import { agentOnFloor, interactionStream, parseId } from '@centralino/domain'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { afresh, hubActor } from '../commands/because.ts'
import {
  anna,
  billing,
  bruno,
  type FloorWorld,
  floorWorld,
  type PlacedCall,
} from '../floor/testing/floor-world.ts'

const by = afresh(hubActor('test'))

let world: FloorWorld

beforeEach(async () => {
  world = await floorWorld()
  await world.ready(anna)
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  expect(world.failures).toEqual([])
})

const leaves = async () => {
  await world
    .operations()
    .handlers.agent.handle({ type: 'LetAgentGo', agentId: anna, at: world.clock.now() }, by)
  await world.settle()
}
const comesBack = async () => {
  const profile = { name: 'Anna', skills: ['billing'] }
  await world
    .operations()
    .handlers.agent.handle({ type: 'HireAgent', agentId: anna, profile, at: world.clock.now() }, by)
  await world.settle()
}
const talking = async (): Promise<PlacedCall> => {
  const call = await world.call()
  await world.accept(anna)
  await world.talk(anna, call)
  return call
}
const hangsUp = async ({ legId }: PlacedCall) => {
  await world.tell({ type: 'LegEnded', legId, cause: { q850: 16, sipStatus: null, by: 'peer' } })
  await world.settle()
}
const onFloor = () => agentOnFloor(world.operations().floor.state(), anna) !== undefined

test('who leaves while nothing is in hand is off the floor', async () => {
  await leaves()
  expect(onFloor()).toBe(false)
})

test('who leaves while an offer rings has it withdrawn, and the next agent is asked', async () => {
  await world.ready(bruno)
  const call = await world.call()
  expect(world.presence(anna)).toBe('reserved')
  await leaves()
  expect(onFloor()).toBe(false)
  expect(await world.interaction(call)).toMatchObject({ status: 'offered', agentId: bruno })
})

test('who leaves in mid-call talks on, wraps up, and is off the floor before anything is offered', async () => {
  const call = await talking()
  await leaves()
  expect(await world.interaction(call)).toMatchObject({ status: 'handling', agentId: anna })
  const next = await world.call({ from: '+48229999999' })
  await hangsUp(call)
  expect(world.presence(anna)).toBe('wrapUp')
  await world.advance(60_000)
  expect(onFloor()).toBe(false)
  expect(await world.interaction(next)).toMatchObject({ status: 'queued' })
})

test('that they leave outlives the hub', async () => {
  const call = await talking()
  await leaves()
  await world.restart()
  world.openLine(anna)
  await world.talk(anna, call)
  await hangsUp(call)
  await world.advance(60_000)
  expect(onFloor()).toBe(false)
})

test('who has left does not become ready again, on the floor or off it', async () => {
  const call = await talking()
  await leaves()
  await hangsUp(call)
  const { desk } = world.operations()
  const refused = { ok: false, code: 'AGENT_UNKNOWN' }
  expect(await desk.becomeReady(world.as(anna))).toEqual(refused)
  expect(await desk.becomeNotReady(world.as(anna), 'break')).toEqual(refused)
  expect(world.presence(anna)).toBe('wrapUp')
  await world.advance(60_000)
  expect(await desk.becomeReady(world.as(anna))).toEqual(refused)
  expect(onFloor()).toBe(false)
})

test('who comes back before the call is over stays', async () => {
  const call = await talking()
  await leaves()
  await comesBack()
  await hangsUp(call)
  await world.advance(60_000)
  expect(world.presence(anna)).toBe('ready')
})

test('a mail in the hand of who leaves goes back to the head of its queue', async () => {
  const interactionId = parseId('interaction', 'mail-1')
  const customerId = parseId('customer', 'clara')
  const at = world.clock.now()
  const { interaction } = world.operations().handlers
  await interaction.handle(
    {
      type: 'OpenInteraction',
      interactionId,
      channel: 'email',
      direction: 'inbound',
      customerId,
      candidates: [{ customerId, rank: 1, why: 'onlyMatch' }],
      contactPoint: { kind: 'email', value: 'clara@example.org', raw: 'clara@example.org' },
      entryPoint: 'support@hub.example',
      subject: 'Invoice',
      carrier: { kind: 'thread', threadId: parseId('thread', 'thread-1') },
      at,
    },
    by,
  )
  await interaction.handle({ type: 'QueueInteraction', interactionId, queueId: billing, at }, by)
  await world.settle()
  await world.accept(anna)
  await leaves()
  expect(await interaction.state(interactionStream(interactionId))).toMatchObject({ status: 'queued' })
  expect(world.waiting()).toEqual([interactionId])
  expect(onFloor()).toBe(false)
})
