import { afterEach, beforeEach, expect, test } from 'vitest'
import { anna, bruno, type FloorWorld, floorWorld, type PlacedCall } from '../../floor/testing/floor-world.ts'

let world: FloorWorld

beforeEach(async () => {
  world = await floorWorld()
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  expect(world.failures).toEqual([])
})

const sip = ({ legId }: PlacedCall) => ({ legId, kind: 'sip' as const, state: 'answered' as const })
const talking = async (): Promise<PlacedCall & { agentLeg: string }> => {
  const call = await world.call()
  await world.accept(anna)
  return { ...call, agentLeg: await world.talk(anna, call) }
}

test('the edge starts anew: every call of its former run ends with a cause, nobody stays busy or waiting', async () => {
  await world.ready(anna)
  const talked = await talking()
  const waiting = await world.call({ from: '+48229999999' })
  await world.edge.hello([], { newRun: true })
  await world.settle()
  expect(await world.callState(talked)).toMatchObject({ status: 'ended', cause: { q850: 41, by: 'hub' } })
  expect(await world.callState(waiting)).toMatchObject({ status: 'ended', cause: { q850: 41, by: 'hub' } })
  expect(await world.interaction(talked)).toMatchObject({ status: 'wrapUp', endedBy: 'systemFailure' })
  expect(await world.interaction(waiting)).toMatchObject({ status: 'closed', how: 'failed' })
  expect(world.presence(anna)).toBe('wrapUp')
  expect(world.waiting()).toEqual([])
})

test('the edge starts anew while it rings: the offer is withdrawn and the agent stays ready', async () => {
  await world.ready(anna)
  const call = await world.call()
  expect(world.presence(anna)).toBe('reserved')
  await world.edge.hello([], { newRun: true })
  await world.settle()
  expect(await world.interaction(call)).toMatchObject({ status: 'closed', how: 'failed' })
  expect(world.presence(anna)).toBe('ready')
})

test('the same run says hello again: calls go on, also one whose end is still to be told', async () => {
  await world.ready(anna)
  const talked = await talking()
  const gone = await world.call({ from: '+48229999999' })
  await world.edge.hello([sip(talked), { legId: talked.agentLeg, kind: 'browser', state: 'answered' }])
  await world.settle()
  expect(await world.callState(talked)).toMatchObject({
    status: 'live',
    bridge: [talked.legId, talked.agentLeg],
  })
  expect(await world.callState(gone)).toMatchObject({ status: 'live' })
  await world.tell({ type: 'LegEnded', legId: gone.legId, cause: { q850: 16, sipStatus: null, by: 'peer' } })
  await world.settle()
  expect(await world.interaction(gone)).toMatchObject({ status: 'closed', how: 'abandoned' })
})

test('a leg that lives on after its call ended is hung up', async () => {
  const call = await world.call()
  await world.tell({ type: 'LegEnded', legId: call.legId, cause: { q850: 16, sipStatus: null, by: 'peer' } })
  await world.settle()
  const before = world.edge.ordersOf('HangUpLeg').length
  await world.edge.hello([sip(call)])
  await world.settle()
  expect(world.edge.ordersOf('HangUpLeg').slice(before)).toMatchObject([{ legId: call.legId }])
})

test('a browser leg that the log does not know is hung up, a caller’s whose arrival is still to be told is not', async () => {
  await world.edge.hello([
    { legId: 'stray', kind: 'browser', state: 'answered' },
    { legId: 'just-arrived', kind: 'sip', state: 'offered' },
  ])
  await world.settle()
  expect(world.edge.ordersOf('HangUpLeg').map(({ legId }) => legId)).toEqual(['stray'])
})

test('the hub comes back in mid-call: the conversation goes on and ends as it should', async () => {
  await world.ready(anna)
  const call = await talking()
  await world.restart()
  world.openLine(anna)
  await world.edge.hello([sip(call), { legId: call.agentLeg, kind: 'browser', state: 'answered' }])
  await world.advance(60_000)
  expect(await world.callState(call)).toMatchObject({ status: 'live', bridge: [call.legId, call.agentLeg] })
  expect(await world.operations().desk.hold(world.as(anna))).toEqual({ ok: true })
  await world.settle()
  expect(world.edge.ordersOf('HoldLeg')).toMatchObject([{ legId: call.agentLeg }])
  await world.tell({ type: 'LegEnded', legId: call.legId, cause: { q850: 16, sipStatus: null, by: 'peer' } })
  await world.settle()
  expect(world.presence(anna)).toBe('wrapUp')
})

test('the hub comes back and the agent’s browser does not: the caller is first in line again', async () => {
  await world.ready(anna)
  const call = await talking()
  await world.restart()
  await world.edge.hello([sip(call), { legId: call.agentLeg, kind: 'browser', state: 'answered' }])
  await world.advance(5_000)
  expect(await world.interaction(call)).toMatchObject({ status: 'queued' })
  expect(world.presence(anna)).toBe('notReady connectionLost')
})

test('the hub comes back while it rings: the offer lapses on time and the next agent is asked', async () => {
  await world.ready(anna)
  await world.ready(bruno)
  const call = await world.call()
  await world.restart()
  for (const agent of [anna, bruno]) world.openLine(agent)
  await world.advance(20_000)
  expect(world.presence(anna)).toBe('notReady missedOffer')
  expect(await world.interaction(call)).toMatchObject({ status: 'offered', agentId: bruno })
})

test('orders given while the edge is away are carried out when it is back', async () => {
  world.edge.goAway('socket closed')
  const arrived = world.call({ established: false })
  await new Promise((resolve) => setImmediate(resolve))
  expect(world.edge.orders).toEqual([])
  await world.edge.hello()
  const call = await arrived
  expect(world.edge.orders.map(({ type }) => type)).toEqual(['RingLeg', 'AnswerLeg', 'PlayToLeg'])
  expect(await world.callState(call)).toMatchObject({ status: 'live' })
})

test('a browser is told when the edge is away, and the leg it asked for ends', async () => {
  await world.ready(anna)
  const call = await world.call()
  await world.accept(anna)
  world.edge.goAway('socket closed')
  const opening = world.phone(anna, 'openLeg', { interactionId: call.interactionId })
  const refused = expect(opening).rejects.toThrow('EDGE_AWAY')
  while ((await world.callState(call)).status === 'live' && world.clock.pending() > 0) {
    const state = await world.callState(call)
    if (state.status === 'live' && state.legs.length === 2) break
    await new Promise((resolve) => setImmediate(resolve))
  }
  await new Promise((resolve) => setImmediate(resolve))
  world.clock.advance(8_000)
  await refused
  await world.edge.hello([sip(call)])
  await world.settle()
  expect(await world.callState(call)).toMatchObject({ legs: [{}, { status: 'ended' }] })
})
