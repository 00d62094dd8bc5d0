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
let agentLeg: string

beforeEach(async () => {
  world = await floorWorld()
  line = await world.ready(anna)
  call = await world.call()
  await world.accept(anna)
  agentLeg = await world.talk(anna, call)
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  expect(world.failures).toEqual([])
})

const desk = () => world.operations().desk
const orders = (from: number) => world.edge.orders.slice(from)
const peerHangsUp = async (legId: string) => {
  await world.tell({ type: 'LegEnded', legId, cause: { q850: 16, sipStatus: null, by: 'peer' } })
  await world.settle()
}

test('the accepted call is bridged when the microphone arrives, and the browser is told', async () => {
  expect(await world.interaction(call)).toMatchObject({ status: 'handling', agentId: anna })
  expect(world.edge.ordersOf('OpenBrowserLeg')).toMatchObject([{ legId: agentLeg, bridgeWith: call.legId }])
  expect(world.edge.ordersOf('BridgeLegs')).toMatchObject([{ legIds: [call.legId, agentLeg] }])
  expect(await world.callState(call)).toMatchObject({ status: 'live', bridge: [call.legId, agentLeg] })
  expect(line.notices).toEqual([{ notice: 'bridged', legId: agentLeg }])
  expect(world.presence(anna)).toBe('engaged')
  // Bridge first: nothing told the caller's music to stop before.
  expect(world.edge.ordersOf('PlayToLeg').map(({ source }) => source)).toEqual(['greetingThenMusic'])
})

test('only the agent who has the call opens a leg, and only its owner touches it', async () => {
  const { interactionId } = call
  await expect(world.phone(bruno, 'openLeg', { interactionId })).rejects.toThrow('NOT_YOUR_CALL')
  await expect(world.phone(anna, 'openLeg', { interactionId: 'no such one' })).rejects.toThrow(
    'NOT_YOUR_CALL',
  )
  const direction = 'send'
  await expect(world.phone(bruno, 'createTransport', { legId: agentLeg, direction })).rejects.toThrow(
    'NOT_YOUR_CALL',
  )
  expect(await world.phone(anna, 'createTransport', { legId: agentLeg, direction })).toMatchObject({
    id: 'send-0',
  })
  await expect(world.phone(anna, 'createTransport', { legId: 'nobody-s', direction })).rejects.toThrow(
    'CALL_ENDED',
  )
})

test('the caller hangs up: the agent wraps up, notes what came of it, and is ready again', async () => {
  await peerHangsUp(call.legId)
  expect(await world.interaction(call)).toMatchObject({ status: 'wrapUp', endedBy: 'customerLeft' })
  expect(world.presence(anna)).toBe('wrapUp')
  expect(line.notices.at(-1)).toEqual({ notice: 'legEnded', legId: agentLeg, by: 'customer', q850: 16 })
  expect(world.edge.ordersOf('HangUpLeg').map(({ legId }) => legId)).toContain(agentLeg)

  expect(await desk().wrapUp(world.as(anna), call.interactionId, 'solved', 'All well.')).toEqual({ ok: true })
  await world.settle()
  expect(await world.interaction(call)).toMatchObject({ status: 'closed', how: 'wrappedUp' })
  expect(world.presence(anna)).toBe('ready')
})

test('the agent hangs up: the caller is hung up with cause 16 and wrap-up starts', async () => {
  expect(await desk().hangUp(world.as(anna))).toEqual({ ok: true })
  await world.settle()
  expect(world.edge.ordersOf('HangUpLeg')).toContainEqual(
    expect.objectContaining({ legId: call.legId, reason: { q850: 16, sipStatus: null } }),
  )
  expect(await world.interaction(call)).toMatchObject({ status: 'wrapUp', endedBy: 'agentLeft' })
  // The edge reports what we ordered; that ends nothing twice.
  await world.tell({ type: 'LegEnded', legId: call.legId, cause: { q850: 16, sipStatus: null, by: 'hub' } })
  await world.settle()
  expect((await world.types()).filter((type) => type === 'CallEnded')).toHaveLength(1)
  expect(await desk().hangUp(world.as(anna))).toEqual({ ok: false, code: 'NO_CURRENT_CALL' })
})

test('a wrap-up that takes too long frees the agent, and the note may still be written', async () => {
  await peerHangsUp(call.legId)
  await world.advance(60_000)
  expect(world.presence(anna)).toBe('ready')
  const other = await world.call({ from: '+48229999999' })
  await world.accept(anna)
  await world.talk(anna, other)
  await peerHangsUp(other.legId)
  expect(await desk().wrapUp(world.as(anna), call.interactionId, 'solved', 'Late.')).toEqual({ ok: true })
  await world.settle()
  // The late note ends its own contact and not the wrap-up of the other.
  expect(world.presence(anna)).toBe('wrapUp')
  expect(await world.interaction(other)).toMatchObject({ status: 'wrapUp' })
})

test('hold is ordered on the agent’s leg, so that the caller hears music, and ends with resume', async () => {
  const before = world.edge.orders.length
  expect(await desk().hold(world.as(anna))).toEqual({ ok: true })
  await world.settle()
  expect(await world.callState(call)).toMatchObject({
    legs: [{ status: 'held', by: ['agent'] }, { status: 'answered' }],
  })
  expect(await desk().resume(world.as(anna))).toEqual({ ok: true })
  await world.settle()
  expect(orders(before)).toMatchObject([
    { type: 'HoldLeg', legId: agentLeg },
    { type: 'ResumeLeg', legId: agentLeg },
  ])
  expect(await world.callState(call)).toMatchObject({
    legs: [{ status: 'answered' }, { status: 'answered' }],
  })
})

test('hold pressed twice holds once', async () => {
  await desk().hold(world.as(anna))
  expect(await desk().hold(world.as(anna))).toEqual({ ok: true })
  await world.settle()
  expect(world.edge.ordersOf('HoldLeg')).toHaveLength(1)
})

test('the caller hangs up while held', async () => {
  await desk().hold(world.as(anna))
  await world.settle()
  await peerHangsUp(call.legId)
  expect(await world.interaction(call)).toMatchObject({ status: 'wrapUp', endedBy: 'customerLeft' })
  expect(world.presence(anna)).toBe('wrapUp')
})

test("the caller's own hold and its end are in the log and ask nothing of the edge", async () => {
  const before = world.edge.orders.length
  await world.tell({ type: 'HeldByPeer', legId: call.legId })
  await world.settle()
  expect(await world.callState(call)).toMatchObject({ legs: [{ status: 'held', by: ['customer'] }, {}] })
  await world.tell({ type: 'ResumedByPeer', legId: call.legId })
  await world.settle()
  expect(await world.callState(call)).toMatchObject({ legs: [{ status: 'answered' }, {}] })
  expect(orders(before)).toEqual([])
})

test('mute is of the agent’s own leg', async () => {
  const before = world.edge.orders.length
  await desk().mute(world.as(anna))
  await world.settle()
  expect(await world.callState(call)).toMatchObject({
    legs: [{ microphone: 'open' }, { microphone: 'muted' }],
  })
  await desk().unmute(world.as(anna))
  await world.settle()
  expect(orders(before)).toMatchObject([
    { type: 'MuteLeg', legId: agentLeg },
    { type: 'UnmuteLeg', legId: agentLeg },
  ])
})

test('digits are recorded once each', async () => {
  const fact = await world.tell({
    type: 'DigitReceived',
    legId: call.legId,
    digit: '5',
    durationMilliseconds: 80,
  })
  await world.edge.repeat(fact)
  await world.tell({ type: 'DigitReceived', legId: call.legId, digit: '5', durationMilliseconds: 80 })
  expect((await world.types()).filter((type) => type === 'DigitReceived')).toHaveLength(2)
})

test('without a call on the line there is nothing to hold, mute or hang up', async () => {
  await world.ready(bruno)
  for (const name of ['hold', 'resume', 'mute', 'unmute', 'hangUp'] as const) {
    expect(await desk()[name](world.as(bruno))).toEqual({ ok: false, code: 'NO_CURRENT_CALL' })
  }
})

test('a call that is accepted and not yet connected can be hung up and not held', async () => {
  await world.ready(bruno)
  await world.call({ from: '+48229999999' })
  await world.accept(bruno)
  expect(await desk().hold(world.as(bruno))).toEqual({ ok: false, code: 'NOT_CONNECTED' })
  expect(await desk().hangUp(world.as(bruno))).toEqual({ ok: true })
})

test('an agent in a call cannot become ready, go on a break or sign off', async () => {
  const busy = { ok: false, code: 'AGENT_BUSY' }
  expect(await desk().becomeReady(world.as(anna))).toEqual(busy)
  expect(await desk().becomeNotReady(world.as(anna), 'break')).toEqual(busy)
  expect(await desk().signOff(world.as(anna))).toEqual(busy)
})

test('"it is that person" moves the contact and ranks that person first the next time', async () => {
  const state = await world.interaction(call)
  if (state.status !== 'handling') throw new Error(state.status)
  expect(await desk().chooseCustomer(world.as(anna), call.interactionId, state.customerId)).toEqual({
    ok: true,
  })
  expect(await desk().chooseCustomer(world.as(bruno), call.interactionId, state.customerId)).toEqual({
    ok: false,
    code: 'NOT_YOURS',
  })
})

test('a provisional customer gets a name, and what the file said before stays', async () => {
  const state = await world.interaction(call)
  if (state.status !== 'handling') throw new Error(state.status)
  const profile = { name: 'Anna Nowak', language: 'pl' as const, place: null, customerSince: '2020' }
  const { customerId } = state
  expect(await desk().nameCustomer(world.as(anna), customerId, profile)).toEqual({ ok: true })
  await desk().nameCustomer(world.as(anna), customerId, { ...profile, place: 'Kraków', customerSince: null })
  expect(await world.operations().handlers.customer.state(`customer-${customerId}`)).toMatchObject({
    status: 'known',
    profile: { place: 'Kraków', customerSince: '2020' },
  })
})

test('a reply without a mail channel is refused; once plugged in, it is the channel’s', async () => {
  expect(await desk().reply(world.as(anna), call.interactionId, 'Hello', true)).toEqual({
    ok: false,
    code: 'NO_MAIL_CHANNEL',
  })
  world.operations().plugReply(async () => ({ ok: true }))
  expect(await desk().reply(world.as(anna), call.interactionId, 'Hello', true)).toEqual({ ok: true })
})

test('a bridge that the edge refuses leaves nobody in silence: the agent’s leg ends and another may open', async () => {
  const second = await world.ready(bruno)
  const other = await world.call({ from: '+48229999999' })
  await world.accept(bruno)
  world.edge.script({ BridgeLegs: () => ({ code: 'MEDIA_FAILED' }) })
  const failed = await world.talk(bruno, other)
  expect(second.notices).toContainEqual({ notice: 'legEnded', legId: failed, by: 'hub', q850: 41 })
  // Nothing was taken from the caller, who hears the queue's music on.
  expect(world.edge.ordersOf('PlayToLeg').at(-1)).toMatchObject({
    legId: other.legId,
    source: 'greetingThenMusic',
  })
  world.edge.script({ BridgeLegs: () => null })
  const again = await world.talk(bruno, other)
  expect(await world.callState(other)).toMatchObject({ bridge: [other.legId, again] })
})
