import {
  type AgentId,
  agentOnFloor,
  type FloorEvent,
  floorStream,
  openOffers,
  parseId,
  parseInstant,
  type WaitingWork,
  waitingOnFloor,
} from '@centralino/domain'
import { temporaryEventStore } from '@centralino/event-store/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { afresh, hubActor } from '../commands/because.ts'
import { openDirectory } from '../directory/directory.ts'
import { stateInMemory } from '../reactors/testing/state-in-memory.ts'
import { type ManualClock, manualClock } from '../time/testing/manual-clock.ts'
import { createFloorService, type FloorService } from './floor-service.ts'

const floorId = parseId('floor', 'main')
const anna = parseId('agent', 'anna')
const bruno = parseId('agent', 'bruno')
const by = afresh(hubActor('test'))

let store: Awaited<ReturnType<typeof temporaryEventStore>>
let clock: ManualClock
let floor: FloorService
let failures: unknown[]

const openFloor = async (): Promise<FloorService> => {
  const service = createFloorService({
    store,
    floorId,
    timeZone: 'Europe/Rome',
    clock,
    directory: await openDirectory(store, stateInMemory()),
    drawSeed: () => 7,
    onFailure: (error) => failures.push(error),
  })
  await service.start()
  await service.idle()
  return service
}

beforeEach(async () => {
  failures = []
  store = await temporaryEventStore()
  clock = manualClock('2026-11-24T09:00:00.000Z')
  floor = await openFloor()
})
afterEach(async () => {
  await floor[Symbol.asyncDispose]()
  await store[Symbol.asyncDispose]()
  expect(failures).toEqual([])
})

const work = (id: string, more: Partial<WaitingWork> = {}): WaitingWork => ({
  interactionId: parseId('interaction', id),
  queueId: parseId('queue', 'billing'),
  channel: 'call',
  requiredSkills: ['billing'],
  offerTimeoutSeconds: 20,
  wrapUpSeconds: 30,
  enqueuedAt: clock.now(),
  countsFrom: clock.now(),
  place: 'inOrder',
  missedBy: [],
  ...more,
})

const ready = async (...agentIds: AgentId[]) => {
  for (const agentId of agentIds) {
    await floor.run({ type: 'SignOn', agentId, skills: ['billing'] }, by)
    await floor.run({ type: 'BecomeReady', agentId }, by)
    clock.advance(1_000)
  }
  await floor.idle()
}

const events = async (day = '2026-11-24') => {
  const found: FloorEvent[] = []
  for await (const event of store.readStream(floorStream(floorId, day)))
    found.push(event as unknown as FloorEvent)
  return found
}
const types = async (day?: string) => (await events(day)).map((event) => event.type)
const presence = (agentId: AgentId) => agentOnFloor(floor.state(), agentId)?.presence

test('work is offered to the agent ready longest as soon as both are there', async () => {
  await ready(anna, bruno)
  await floor.run({ type: 'Enqueue', work: work('i1') }, by)
  await floor.idle()
  expect(openOffers(floor.state())).toMatchObject([{ agentId: anna, work: { interactionId: 'i1' } }])
  expect(presence(bruno)?.status).toBe('ready')
})

test('routing goes on until nothing more matches', async () => {
  for (const id of ['i1', 'i2', 'i3']) await floor.run({ type: 'Enqueue', work: work(id) }, by)
  await ready(anna, bruno)
  expect(openOffers(floor.state())).toHaveLength(2)
  expect(waitingOnFloor(floor.state()).map((one) => one.interactionId)).toEqual(['i3'])
})

test('an offer nobody answers lapses on time, the agent goes not ready and the next is asked', async () => {
  await ready(anna, bruno)
  await floor.run({ type: 'Enqueue', work: work('i1') }, by)
  await floor.idle()
  clock.advance(19_999)
  await floor.idle()
  expect(presence(anna)?.status).toBe('reserved')
  clock.advance(1)
  await floor.idle()
  expect(presence(anna)).toMatchObject({ status: 'notReady', reason: 'missedOffer' })
  expect(openOffers(floor.state())).toMatchObject([{ agentId: bruno, work: { missedBy: [anna] } }])
})

test('a wrap-up that takes too long is ended by the clock and the agent is ready again', async () => {
  await ready(anna)
  await floor.run({ type: 'Enqueue', work: work('i1') }, by)
  await floor.idle()
  const [offer] = openOffers(floor.state())
  if (offer === undefined) throw new Error('no offer')
  await floor.run({ type: 'AcceptOffer', offerId: offer.offerId, agentId: anna }, by)
  await floor.run({ type: 'StartWrapUp', interactionId: offer.work.interactionId }, by)
  clock.advance(30_000)
  await floor.idle()
  expect(presence(anna)?.status).toBe('ready')
  expect(await types()).toContain('WrapUpFinished')
})

test('a restart arms the timers of open offers and wrap-ups again, and those overdue end at once', async () => {
  await ready(anna, bruno)
  await floor.run({ type: 'Enqueue', work: work('i1') }, by)
  await floor.idle()
  await floor[Symbol.asyncDispose]()
  expect(clock.pending()).toBe(0)
  clock.advance(25_000)
  floor = await openFloor()
  clock.advance(1)
  await floor.idle()
  expect(presence(anna)).toMatchObject({ status: 'notReady', reason: 'missedOffer' })
  expect(openOffers(floor.state())).toMatchObject([{ agentId: bruno }])
})

test('a match that a crash left out is made at the next start', async () => {
  await ready(anna)
  // What a crash just after the append leaves behind: the work in the stream, nothing routed.
  const other = createFloorService({
    store,
    floorId,
    timeZone: 'Europe/Rome',
    clock,
    directory: { lastFloorDay: () => '2026-11-24' },
    drawSeed: () => 7,
    onFailure: () => {},
  })
  await floor[Symbol.asyncDispose]()
  const enqueued = other.run({ type: 'Enqueue', work: work('i1') }, by)
  await other[Symbol.asyncDispose]()
  await enqueued
  expect(await types()).not.toContain('WorkOffered')
  floor = await openFloor()
  expect(openOffers(floor.state())).toMatchObject([{ agentId: anna }])
})

test('at local midnight the floor moves to the new day with all that was left over', async () => {
  await ready(anna)
  await floor.run({ type: 'Enqueue', work: work('i1', { offerTimeoutSeconds: 120 }) }, by)
  await floor.run({ type: 'Enqueue', work: work('i2') }, by)
  await floor.idle()
  // 23:00 UTC is midnight in Rome in November.
  clock.advance(13 * 3_600_000 + 59 * 60_000 - 1_000)
  await floor.idle()
  await floor.run({ type: 'Enqueue', work: work('late') }, by)
  clock.advance(61_000)
  await floor.idle()
  const [opened] = await events('2026-11-25')
  expect(opened).toMatchObject({
    type: 'FloorDayOpened',
    data: { day: '2026-11-25', carriedOver: { agents: [{ agentId: anna }] } },
  })
  expect((await events('2026-11-24')).at(-1)?.type).not.toBe('FloorDayOpened')
  expect(waitingOnFloor(floor.state()).map((one) => one.interactionId)).toContain('late')

  await floor.run({ type: 'BecomeNotReady', agentId: anna, reason: 'break' }, by)
  expect(await types('2026-11-25')).toContain('AgentBecameNotReady')
})

test('a hub that was off for days opens today with what the last day left over', async () => {
  await floor.run({ type: 'Enqueue', work: work('i1') }, by)
  await floor[Symbol.asyncDispose]()
  clock.advance(5 * 86_400_000)
  floor = await openFloor()
  expect(await events('2026-11-29')).toMatchObject([
    { type: 'FloorDayOpened', data: { carriedOver: { waiting: [{ interactionId: 'i1' }] } } },
  ])
})

test('a clock that was set back a day keeps the day that is open', async () => {
  await floor[Symbol.asyncDispose]()
  clock = manualClock('2026-11-23T09:00:00.000Z')
  floor = await openFloor()
  await floor.run(
    { type: 'Enqueue', work: work('i1', { enqueuedAt: parseInstant('2026-11-23T09:00:00Z') }) },
    by,
  )
  expect(await types('2026-11-24')).toEqual(['FloorDayOpened', 'WorkEnqueued'])
  expect(await types('2026-11-23')).toEqual([])
})

test('a command given with its cause twice takes effect once', async () => {
  const context = { ...by, idempotencyKey: 'event-1/enqueue' }
  await floor.run({ type: 'Enqueue', work: work('i1') }, context)
  await floor.run({ type: 'RemoveWork', interactionId: parseId('interaction', 'i1'), why: 'abandoned' }, by)
  await floor.run({ type: 'Enqueue', work: work('i1') }, context)
  expect(await types()).toEqual(['FloorDayOpened', 'WorkEnqueued', 'WorkRemoved'])
})

test('a listener that gives a command on a change is heard before the routing', async () => {
  await floor.run({ type: 'SignOn', agentId: anna, skills: ['billing'] }, by)
  await floor.run({ type: 'Enqueue', work: work('i1') }, by)
  floor.onChange((state) => {
    if (agentOnFloor(state, anna)?.presence.status === 'ready')
      void floor.run({ type: 'BecomeNotReady', agentId: anna, reason: 'connectionLost' }, by)
  })
  await floor.run({ type: 'BecomeReady', agentId: anna }, by)
  await floor.idle()
  expect(openOffers(floor.state())).toEqual([])
})
