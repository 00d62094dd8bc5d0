import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  anna,
  type BrowserLine,
  bruno,
  type FloorWorld,
  floorWorld,
  type PlacedCall,
} from '../../floor/testing/floor-world.ts'

let world: FloorWorld
let line: BrowserLine
let call: PlacedCall

beforeEach(async () => {
  world = await floorWorld()
  line = await world.ready(anna)
  call = await world.call()
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  expect(world.failures).toEqual([])
})

const answered = async () => {
  await world.accept(anna)
  return await world.talk(anna, call)
}
const heard = () => world.edge.ordersOf('PlayToLeg').map(({ source }) => source)

test('the browser is closed in mid-call: music at once, and after 5 s the caller is first in line and the agent not busy', async () => {
  const agentLeg = await answered()
  const waiting = await world.call({ from: '+48229999999' })
  await world.tell({ type: 'MediaLost', legId: agentLeg, why: 'transportLost' })
  line.close()
  await world.settle()
  expect(heard().at(-1)).toBe('holdMusic')
  expect(await world.interaction(call)).toMatchObject({ status: 'handling' })

  await world.advance(5_000)
  expect(await world.interaction(call)).toMatchObject({ status: 'queued' })
  expect(world.waiting()).toEqual([call.interactionId, waiting.interactionId])
  expect(world.presence(anna)).toBe('notReady connectionLost')
  expect(heard().at(-1)).toBe('music')
  expect(await world.types()).toContain('InteractionReturnedToQueue')

  await world.ready(bruno)
  await world.accept(bruno)
  const again = await world.talk(bruno, call)
  expect(await world.callState(call)).toMatchObject({ bridge: [call.legId, again] })
})

test('a browser that only vanishes, without the edge noticing, is given up after 5 s', async () => {
  const agentLeg = await answered()
  line.close()
  await world.advance(4_999)
  expect(await world.interaction(call)).toMatchObject({ status: 'handling' })
  await world.advance(1)
  expect(await world.interaction(call)).toMatchObject({ status: 'queued' })
  expect(world.presence(anna)).toBe('notReady connectionLost')
  expect(world.edge.ordersOf('HangUpLeg').map(({ legId }) => legId)).toContain(agentLeg)
})

test('a page that is loaded again within 5 s keeps its caller on a new leg', async () => {
  const first = await answered()
  await world.tell({ type: 'MediaLost', legId: first, why: 'transportLost' })
  line.close()
  await world.advance(3_000)
  world.openLine(anna)
  const second = await world.talk(anna, call)
  await world.advance(60_000)
  expect(await world.interaction(call)).toMatchObject({ status: 'handling', agentId: anna })
  expect(await world.callState(call)).toMatchObject({ bridge: [call.legId, second] })
  expect(world.presence(anna)).toBe('engaged')
})

test('a leg that is being opened when the 5 s are up has 10 s more to bring audio, and no leg after it gains any', async () => {
  const first = await answered()
  await world.tell({ type: 'MediaLost', legId: first, why: 'transportLost' })
  await world.settle()
  await world.advance(4_000)
  await world.phone(anna, 'openLeg', { interactionId: call.interactionId })
  await world.advance(1_000)
  expect(await world.interaction(call)).toMatchObject({ status: 'handling' })
  await world.phone(anna, 'openLeg', { interactionId: call.interactionId })
  await world.advance(9_999)
  expect(await world.interaction(call)).toMatchObject({ status: 'handling' })
  await world.advance(1)
  expect(await world.interaction(call)).toMatchObject({ status: 'queued' })
})

test('a second leg takes the place of the first', async () => {
  const first = await answered()
  const second = await world.talk(anna, call)
  expect(await world.callState(call)).toMatchObject({
    bridge: [call.legId, second],
    legs: [{ status: 'answered' }, { legId: first, status: 'ended' }, { legId: second, status: 'answered' }],
  })
  expect(world.edge.ordersOf('HangUpLeg')).toMatchObject([{ legId: first }])
})

test('a held call is held still on the leg that the agent opens again, and the caller hears nobody between', async () => {
  const first = await answered()
  await world.operations().desk.hold(world.as(anna))
  await world.settle()
  await world.tell({ type: 'MediaLost', legId: first, why: 'transportLost' })
  await world.settle()
  expect(heard().at(-1)).toBe('holdMusic')
  const before = world.edge.orders.length
  const second = await world.talk(anna, call)
  expect(world.edge.orders.slice(before).map(({ type }) => type)).toEqual([
    'OpenBrowserLeg',
    'HoldLeg',
    'BridgeLegs',
  ])
  expect(await world.callState(call)).toMatchObject({
    bridge: [call.legId, second],
    legs: [{ status: 'held', by: ['agent'], treatment: 'none' }, {}, {}],
  })
  await world.operations().desk.resume(world.as(anna))
  await world.settle()
  expect(world.edge.ordersOf('ResumeLeg')).toMatchObject([{ legId: second }])
})

test('a held call that is resumed before the agent has a leg again comes off hold with the bridge', async () => {
  const first = await answered()
  await world.operations().desk.hold(world.as(anna))
  await world.settle()
  await world.tell({ type: 'MediaLost', legId: first, why: 'transportLost' })
  await world.settle()
  expect(await world.operations().desk.resume(world.as(anna))).toEqual({ ok: true })
  await world.settle()
  const second = await world.talk(anna, call)
  expect(world.edge.ordersOf('HoldLeg')).toMatchObject([{ legId: first }])
  expect(await world.callState(call)).toMatchObject({
    bridge: [call.legId, second],
    legs: [{ status: 'answered' }, {}, {}],
  })
})

test('an agent who was muted is muted on the leg that is opened again, before the caller hears it', async () => {
  const first = await answered()
  await world.operations().desk.mute(world.as(anna))
  await world.settle()
  await world.tell({ type: 'MediaLost', legId: first, why: 'transportLost' })
  await world.settle()
  const before = world.edge.orders.length
  const second = await world.talk(anna, call)
  const muteThenBridge = world.edge.orders.slice(before).filter(({ type }) => type !== 'OpenBrowserLeg')
  expect(muteThenBridge.slice(0, 2)).toMatchObject([
    { type: 'MuteLeg', legId: second },
    { type: 'BridgeLegs', legIds: [call.legId, second] },
  ])
  expect(await world.callState(call)).toMatchObject({ legs: [{}, {}, { microphone: 'muted' }] })
})

test('a call that a lost agent held and muted comes back to the same agent from the queue as a new conversation', async () => {
  const first = await answered()
  await world.operations().desk.hold(world.as(anna))
  await world.operations().desk.mute(world.as(anna))
  await world.settle()
  await world.tell({ type: 'MediaLost', legId: first, why: 'transportLost' })
  line.close()
  await world.settle()
  await world.advance(5_000)
  expect(await world.callState(call)).toMatchObject({
    legs: [{ status: 'answered', treatment: 'music' }, { status: 'ended' }],
  })
  await world.ready(anna)
  await world.accept(anna)
  const second = await world.talk(anna, call)
  expect(await world.callState(call)).toMatchObject({
    bridge: [call.legId, second],
    legs: [{ status: 'answered' }, {}, { status: 'answered', microphone: 'open' }],
  })
})

test('an agent who accepts and never brings audio loses the call after 15 s', async () => {
  await world.accept(anna)
  await world.advance(14_999)
  expect(await world.interaction(call)).toMatchObject({ status: 'handling' })
  await world.advance(1)
  expect(await world.interaction(call)).toMatchObject({ status: 'queued' })
  expect(world.presence(anna)).toBe('notReady connectionLost')
})

test('the line is lost while it rings: after 5 s the offer is withdrawn and the next agent asked', async () => {
  await world.ready(bruno)
  line.close()
  await world.advance(5_000)
  expect(world.presence(anna)).toBe('notReady connectionLost')
  expect(await world.interaction(call)).toMatchObject({ status: 'offered', agentId: bruno })
  expect(await world.types()).toContain('OfferWithdrawn')
})

test('an agent who is ready and whose browser is gone is not ready after 10 s', async () => {
  const other = await world.ready(bruno)
  other.close()
  await world.advance(9_999)
  expect(world.presence(bruno)).toBe('ready')
  await world.advance(1)
  expect(world.presence(bruno)).toBe('notReady connectionLost')
})

test('a browser that is back in time changes nothing', async () => {
  const other = await world.ready(bruno)
  other.close()
  await world.advance(9_000)
  world.openLine(bruno)
  await world.advance(60_000)
  expect(world.presence(bruno)).not.toBe('notReady connectionLost')
})

test('a wrap-up that runs out while the browser is gone leads to no offer', async () => {
  const agentLeg = await answered()
  await world.tell({ type: 'LegEnded', legId: call.legId, cause: { q850: 16, sipStatus: null, by: 'peer' } })
  await world.tell({ type: 'LegEnded', legId: agentLeg, cause: { q850: 16, sipStatus: null, by: 'hub' } })
  await world.settle()
  line.close()
  await world.advance(30_000)
  const next = await world.call({ from: '+48229999999' })
  await world.advance(30_000)
  expect(world.presence(anna)).toBe('notReady connectionLost')
  expect(await world.interaction(next)).toMatchObject({ status: 'queued' })
})

test('a wrap-up that ran out while the hub was away makes nobody ready whose browser is not back', async () => {
  const agentLeg = await answered()
  await world.tell({ type: 'LegEnded', legId: call.legId, cause: { q850: 16, sipStatus: null, by: 'peer' } })
  await world.tell({ type: 'LegEnded', legId: agentLeg, cause: { q850: 16, sipStatus: null, by: 'hub' } })
  await world.settle()
  expect(world.presence(anna)).toBe('wrapUp')
  world.life().kill()
  world.clock.advance(120_000)
  await world.restart()
  const next = await world.call({ from: '+48229999999' })
  await world.advance(1_000)
  expect(world.presence(anna)).toBe('notReady connectionLost')
  expect(await world.interaction(next)).toMatchObject({ status: 'queued' })
})

test('the customer hangs up while the agent is being lost: the agent wraps up and nothing is queued', async () => {
  const agentLeg = await answered()
  await world.tell({ type: 'MediaLost', legId: agentLeg, why: 'transportLost' })
  await world.settle()
  await world.tell({ type: 'LegEnded', legId: call.legId, cause: { q850: 16, sipStatus: null, by: 'peer' } })
  await world.advance(5_000)
  expect(await world.interaction(call)).toMatchObject({ status: 'wrapUp', endedBy: 'customerLeft' })
  expect(world.waiting()).toEqual([])
})

test('an agent without any socket who says ready is taken off after 10 s', async () => {
  await world
    .operations()
    .handlers.agent.handle(
      { type: 'HireAgent', agentId: bruno, profile: { name: 'Bruno', skills: [] }, at: world.clock.now() },
      { actor: { kind: 'system', id: 'test' }, correlationId: 'c', causationId: null },
    )
  expect(await world.operations().desk.becomeReady(world.as(bruno))).toEqual({ ok: true })
  await world.advance(10_000)
  expect(world.presence(bruno)).toBe('notReady connectionLost')
})

test('our media worker dies in mid-call: the caller is first in line at once, and the agent who is there is ready', async () => {
  const agentLeg = await answered()
  const waiting = await world.call({ from: '+48229999999' })
  await world.tell({ type: 'MediaLost', legId: agentLeg, why: 'workerDied' })
  await world.settle()
  expect(await world.types()).toContain('InteractionReturnedToQueue')
  expect(await world.callState(call)).toMatchObject({ legs: [{}, { cause: { by: 'hub' } }] })
  // Ready, and the first in line is offered to nobody else.
  expect(await world.interaction(call)).toMatchObject({ status: 'offered', agentId: anna })
  expect(world.waiting()).toEqual([waiting.interactionId])
  await world.accept(anna)
  const again = await world.talk(anna, call)
  await world.advance(60_000)
  expect(await world.callState(call)).toMatchObject({ bridge: [call.legId, again] })
})

test('our media worker dies under an agent whose browser is gone as well: that one is not ready', async () => {
  const agentLeg = await answered()
  line.close()
  await world.tell({ type: 'MediaLost', legId: agentLeg, why: 'workerDied' })
  await world.settle()
  expect(world.waiting()).toEqual([call.interactionId])
  expect(world.presence(anna)).toBe('notReady connectionLost')
})

test('that the media worker died is told again, when the call is with its agent once more: nothing changes', async () => {
  const agentLeg = await answered()
  const lost = await world.tell({ type: 'MediaLost', legId: agentLeg, why: 'workerDied' })
  await world.settle()
  await world.accept(anna)
  await world.talk(anna, call)
  await world.edge.repeat(lost)
  await world.settle()
  expect(await world.interaction(call)).toMatchObject({ status: 'handling', agentId: anna })
})
