import { parseId } from '@centralino/domain'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { afresh, hubActor } from '../../commands/because.ts'
import { anna, BILLING_NUMBER, bruno, type FloorWorld, floorWorld } from '../../floor/testing/floor-world.ts'

let world: FloorWorld

beforeEach(async () => {
  world = await floorWorld()
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  expect(world.failures).toEqual([])
})

test('a call is identified and opened before anything rings, then answered and greeted', async () => {
  const call = await world.call({ established: false })
  expect(await world.types()).toEqual([
    'QueueDefined',
    'FloorDayOpened',
    'ContactPointLinked',
    'ContactPointUsed',
    'ProvisionalCustomerCreated',
    'InteractionOpened',
    'CallReceived',
    'LegRinging',
  ])
  expect(world.edge.orders.map(({ type }) => type)).toEqual(['RingLeg', 'AnswerLeg', 'PlayToLeg'])
  expect(world.edge.ordersOf('PlayToLeg')).toMatchObject([{ legId: call.legId, source: 'greetingThenMusic' }])
})

test('only the caller who acknowledges the answer is queued', async () => {
  await world.ready(anna)
  const call = await world.call({ established: false })
  expect(await world.interaction(call)).toMatchObject({ status: 'open' })
  expect(world.presence(anna)).toBe('ready')
  await world.tell({ type: 'LegEstablished', legId: call.legId, codec: 'PCMU' })
  await world.settle()
  expect(await world.interaction(call)).toMatchObject({ status: 'offered', agentId: anna })
  expect(await world.callState(call)).toMatchObject({ legs: [{ status: 'answered', treatment: 'greeting' }] })
})

test('after the greeting the log says music', async () => {
  const call = await world.call()
  await world.tell({ type: 'PlaybackFinished', legId: call.legId, prompt: 'greeting' })
  expect(await world.callState(call)).toMatchObject({ legs: [{ treatment: 'music' }] })
})

test('a number that leads nowhere is refused with 404 and leaves no trace in the log', async () => {
  const before = await world.types()
  await world.call({ established: false, arrival: { requestUri: 'sip:+390699999999@hub' } })
  expect(world.edge.orders).toMatchObject([{ type: 'HangUpLeg', reason: { q850: 1, sipStatus: 404 } }])
  await world.tell({ type: 'LegEnded', legId: 'leg-1', cause: { q850: 1, sipStatus: 404, by: 'hub' } })
  await world.settle()
  expect(await world.types()).toEqual(before)
  expect(world.factsOf('CALL_TO_UNKNOWN_NUMBER')).toEqual({ dialled: '+390699999999', source: '192.0.2.1' })
})

test('a household on one number is shown whole with the call', async () => {
  const at = world.clock.now()
  for (const id of ['clara', 'dario']) {
    await world.operations().identification.registerCustomer(
      {
        customerId: parseId('customer', id),
        profile: { name: id, language: 'it', place: null, customerSince: null },
        contactPoints: [{ kind: 'phone', value: '+48221234567', raw: '+48221234567' }],
      },
      at,
      afresh(hubActor('test')),
    )
  }
  const call = await world.call()
  expect(await world.interaction(call)).toMatchObject({
    customerId: 'clara',
    candidates: [
      { customerId: 'clara', rank: 1 },
      { customerId: 'dario', rank: 2 },
    ],
  })
})

test('two calls at once from a new number are one provisional customer', async () => {
  const [one, two] = await Promise.all([world.call(), world.call()])
  const customers = [await world.interaction(one), await world.interaction(two)].map((state) =>
    state.status === 'none' ? null : state.customerId,
  )
  expect(customers[0]).toBe(customers[1])
  expect((await world.types()).filter((type) => type === 'ProvisionalCustomerCreated')).toHaveLength(1)
})

test('the caller who hangs up while waiting has abandoned the queue', async () => {
  const call = await world.call()
  await world.tell({ type: 'LegEnded', legId: call.legId, cause: { q850: 16, sipStatus: null, by: 'peer' } })
  await world.settle()
  expect(await world.interaction(call)).toMatchObject({ status: 'closed', how: 'abandoned' })
  expect(world.waiting()).toEqual([])
  expect(await world.log()).toContainEqual(
    expect.objectContaining({
      type: 'InteractionAbandoned',
      data: expect.objectContaining({ while: 'waiting' }),
    }),
  )
})

test('the caller who hangs up while it rings frees the agent, who keeps the old place', async () => {
  await world.ready(anna)
  await world.ready(bruno)
  const call = await world.call()
  expect(world.presence(anna)).toBe('reserved')
  await world.tell({ type: 'LegEnded', legId: call.legId, cause: { q850: 16, sipStatus: null, by: 'peer' } })
  await world.settle()
  expect(await world.interaction(call)).toMatchObject({ status: 'closed', how: 'abandoned' })
  expect(await world.types()).toContain('OfferWithdrawn')
  expect(world.presence(anna)).toBe('ready')
  const next = await world.call({ from: '+48229999999' })
  expect(await world.interaction(next)).toMatchObject({ status: 'offered', agentId: anna })
})

test('the caller who cancels before the answer has abandoned too', async () => {
  const call = await world.call({ established: false })
  await world.tell({ type: 'LegEnded', legId: call.legId, cause: { q850: 31, sipStatus: 487, by: 'peer' } })
  await world.settle()
  expect(await world.interaction(call)).toMatchObject({ status: 'closed', how: 'abandoned' })
})

test('an offer nobody answers passes to the next agent, and the caller keeps the place', async () => {
  await world.ready(anna)
  await world.ready(bruno)
  const first = await world.call()
  const second = await world.call({ from: '+48229999999' })
  expect(await world.interaction(second)).toMatchObject({ status: 'offered', agentId: bruno })
  await world.operations().desk.becomeNotReady(world.as(bruno), 'break')
  await world.advance(20_000)
  expect(world.presence(anna)).toBe('notReady missedOffer')
  expect(world.presence(bruno)).toBe('notReady missedOffer')
  expect(world.waiting()).toEqual([first.interactionId, second.interactionId])
  await world.operations().desk.becomeReady(world.as(bruno))
  await world.settle()
  expect(await world.interaction(first)).toMatchObject({ status: 'offered', agentId: bruno })
  expect(await world.types()).toContain('InteractionOfferEnded')
})

test('a declined offer passes to the next agent', async () => {
  await world.ready(anna)
  await world.ready(bruno)
  const call = await world.call()
  const state = await world.interaction(call)
  if (state.status !== 'offered') throw new Error(state.status)
  expect(await world.operations().desk.declineOffer(world.as(anna), state.offerId)).toEqual({ ok: true })
  await world.settle()
  expect(world.presence(anna)).toBe('notReady break')
  expect(await world.interaction(call)).toMatchObject({ status: 'offered', agentId: bruno })
})

test('a call that the edge cannot answer ends with its cause, and the contact has failed', async () => {
  world.edge.script({ AnswerLeg: () => ({ code: 'NO_COMMON_CODEC' }) })
  const call = await world.call({ established: false })
  expect(await world.interaction(call)).toMatchObject({ status: 'closed', how: 'failed' })
  expect(world.edge.ordersOf('HangUpLeg')).toMatchObject([
    { legId: call.legId, reason: { q850: 41, sipStatus: 488 } },
  ])
})

test('a caller without a number waits like any other', async () => {
  const call = await world.call({
    arrival: { from: { uri: 'sip:anonymous@anonymous.invalid', displayName: null } },
  })
  expect(await world.interaction(call)).toMatchObject({
    status: 'queued',
    contactPoint: { kind: 'anonymous', value: call.callId },
  })
})

test('the dialled number decides the queue, and the log keeps both numbers as they came', async () => {
  const call = await world.call()
  expect((await world.log()).find(({ type }) => type === 'CallReceived')?.data).toMatchObject({
    from: '+48221234567',
    fromRaw: 'sip:+48221234567@trunk',
    to: BILLING_NUMBER,
    interactionId: call.interactionId,
  })
})

test('events of a contact say whose it is', async () => {
  await world.call()
  const unnamed = (await world.log()).filter(
    ({ stream, metadata }) => /^(interaction|call)-/.test(stream) && metadata.customerId === undefined,
  )
  expect(unnamed).toEqual([])
})

test('while nothing can be written down, a call is refused with 503 at once and leaves no trace; the edge lets in no more', async () => {
  world.setWritable(false)
  const before = await world.types()
  const { legId } = await world.call({ established: false })
  expect(world.edge.ordersOf('HangUpLeg')).toMatchObject([{ legId, reason: { sipStatus: 503 } }])
  expect(await world.types()).toEqual(before)
  expect(world.notices).toEqual(['CALL_NOT_RECORDED'])
  world.setWritable(true)
  await world.settle()
  expect(world.edge.ordersOf('AdmitCalls').map(({ admit }) => admit)).toEqual([false, true])
  expect(await world.interaction(await world.call())).toMatchObject({ status: 'queued' })
})

test('the edge is told again after a reconnect that no call can be written down', async () => {
  world.setWritable(false)
  await world.settle()
  await world.edge.hello()
  expect(world.edge.ordersOf('AdmitCalls').map(({ admit }) => admit)).toEqual([false, false])
})

test('a call that the log knew before it took nothing more is refused, and then ended by its own end', async () => {
  const call = await world.call({ established: false })
  const arrived = world.facts().find(({ body }) => body.type === 'CallArrived')
  world.setWritable(false)
  if (arrived !== undefined) await world.edge.repeat(arrived)
  await world.settle()
  expect(await world.callState(call)).toMatchObject({ status: 'ended' })
})
