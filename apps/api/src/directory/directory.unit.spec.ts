import { parseId, parseInstant, type QueueSettings } from '@centralino/domain'
import { temporaryEventStore } from '@centralino/event-store/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { afresh, hubActor } from '../commands/because.ts'
import { type CommandHandlers, createCommandHandlers } from '../commands/command-handlers.ts'
import type { StateFile } from '../reactors/state-file.ts'
import { stateInMemory } from '../reactors/testing/state-in-memory.ts'
import { openDirectory } from './directory.ts'
import { type DirectorySnapshot, directorySnapshot } from './snapshot.ts'

const by = afresh(hubActor('test'))
const at = parseInstant('2026-11-24T09:00:00Z')
const callId = parseId('call', 'call-1')
const interactionId = parseId('interaction', 'interaction-1')
const [customerLeg, agentLeg] = [parseId('leg', 'leg-1'), parseId('leg', 'leg-2')]
const agentId = parseId('agent', 'anna')

let store: Awaited<ReturnType<typeof temporaryEventStore>>
let handlers: CommandHandlers
let snapshot: StateFile<DirectorySnapshot>

beforeEach(async () => {
  store = await temporaryEventStore()
  handlers = createCommandHandlers(store)
  snapshot = stateInMemory<DirectorySnapshot>()
})
afterEach(() => store[Symbol.asyncDispose]())

const settings = (...entryPoints: string[]): QueueSettings => ({
  name: 'Queue',
  requiredSkills: [],
  offerTimeoutSeconds: 20,
  wrapUpSeconds: 30,
  entryPoints,
})
const define = (id: string, ...entryPoints: string[]) =>
  handlers.queue.handle(
    { type: 'DefineQueue', queueId: parseId('queue', id), settings: settings(...entryPoints), at },
    by,
  )
const receiveCall = async () => {
  const received = await handlers.call.handle(
    {
      type: 'ReceiveCall',
      callId,
      interactionId,
      customerId: parseId('customer', 'clara'),
      legId: customerLeg,
      from: null,
      fromRaw: 'sip:anonymous@x',
      fromHeader: 'From',
      to: '+390612345678',
      toRaw: 'sip:+390612345678@hub',
      sipCallId: 'a@b',
      at,
    },
    by,
  )
  return received.outcome === 'accepted' ? received.events : []
}
const offerLeg = () =>
  handlers.call.handle(
    { type: 'OfferLeg', callId, legId: agentLeg, party: { kind: 'agent', agentId }, at },
    by,
  )
const endCall = () =>
  handlers.call.handle({ type: 'EndCall', callId, cause: { q850: 16, sipStatus: null, by: 'hub' }, at }, by)

test('a number or an address leads to its queue, however the address is written', async () => {
  await define('billing', '+390612345678', 'Billing@Hub.example')
  const directory = await openDirectory(store, snapshot)
  expect(directory.queueFor('+390612345678')?.queueId).toBe('billing')
  expect(directory.queueFor('billing@hub.EXAMPLE')?.queueId).toBe('billing')
  expect(directory.queueFor('+390699999999')).toBe(null)
})

test('a number that moved to another queue leads there, and one that was given up leads nowhere', async () => {
  await define('billing', '+390612345678', '+390611111111')
  await define('sales', '+390612345678')
  await handlers.queue.handle(
    { type: 'ChangeQueue', queueId: parseId('queue', 'billing'), settings: settings('+390622222222'), at },
    by,
  )
  const directory = await openDirectory(store, snapshot)
  expect(directory.queueFor('+390612345678')?.queueId).toBe('sales')
  expect(directory.queueFor('+390611111111')).toBe(null)
  expect(directory.queueFor('+390622222222')?.queueId).toBe('billing')
})

test('a live call is found by its interaction and by each of its legs until it ends', async () => {
  await receiveCall()
  await offerLeg()
  const directory = await openDirectory(store, snapshot)
  expect(directory.callOfInteraction(interactionId)?.callId).toBe(callId)
  expect(directory.callOfLeg(agentLeg)?.legs).toEqual([
    { legId: customerLeg, agentId: null },
    { legId: agentLeg, agentId },
  ])
  await endCall()
  const later = await openDirectory(store, snapshot)
  expect(later.liveCalls()).toEqual([])
  expect(later.callOfLeg(agentLeg)).toBe(null)
})

test('what was just appended is known before the log tells it, and telling it again changes nothing', async () => {
  const directory = await openDirectory(store, snapshot)
  directory.note(await receiveCall())
  expect(directory.liveCall(callId)?.to).toBe('+390612345678')
  for await (const event of store.readAll()) directory.follow(event)
  expect(directory.liveCalls()).toHaveLength(1)
})

test('a start from the snapshot knows what a start from the beginning knows', async () => {
  await define('billing', '+390612345678')
  await receiveCall()
  await (await openDirectory(store, snapshot)).saveSnapshot()
  expect(await snapshot.load()).not.toBe(null)
  await offerLeg()
  await define('sales', '+390622222222')

  const [fromSnapshot, fromNothing] = [
    await openDirectory(store, snapshot),
    await openDirectory(store, stateInMemory<DirectorySnapshot>()),
  ]
  expect(fromSnapshot.liveCalls()).toEqual(fromNothing.liveCalls())
  for (const number of ['+390612345678', '+390622222222'])
    expect(fromSnapshot.queueFor(number)).toEqual(fromNothing.queueFor(number))
})

test('a snapshot with an id that is none is not believed: the log is read from its beginning', async () => {
  await define('billing', '+390612345678')
  await (await openDirectory(store, snapshot)).saveSnapshot()
  const taken = await snapshot.load()
  expect(directorySnapshot.safeParse(taken).success).toBe(true)
  const spoilt = { ...taken, queues: taken?.queues.map((queue) => ({ ...queue, queueId: 'no id at all' })) }
  expect(directorySnapshot.safeParse(spoilt).success).toBe(false)
})
