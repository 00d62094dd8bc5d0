import { agentStream, type NewEvent, parseId, parseInstant } from '@centralino/domain'
import { type EventStore, uuidv7 } from '@centralino/event-store'
import { temporaryEventStore } from '@centralino/event-store/testing'
import type { ReadModelChange, ReadModels } from '@centralino/projections'
import { readModelsInMemory } from '@centralino/projections/testing'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createCaughtUp } from './caught-up.ts'

const at = parseInstant('2026-11-24T05:00:00Z')
/** Longer than a test may take. */
const PATIENT = 3_600_000
const agentId = parseId('agent', 'sofia')

let store: EventStore
let readModels: ReadModels
beforeEach(async () => {
  store = await temporaryEventStore()
  readModels = readModelsInMemory()
})
afterEach(async () => {
  await readModels[Symbol.asyncDispose]()
  await store[Symbol.asyncDispose]()
})

const append = async (): Promise<NewEvent> => {
  const event: NewEvent = {
    id: parseId('event', uuidv7()),
    schemaVersion: 1,
    type: 'AgentHired',
    data: { agentId, profile: { name: 'Sofia', skills: [] }, at },
    metadata: { occurredAt: at, actor: { kind: 'user', id: 'a' }, correlationId: 'c', causationId: null },
  }
  await store.append(agentStream(agentId), 'any', [event])
  return event
}
const fold = async (): Promise<void> => {
  for await (const event of store.readAll()) await readModels.apply([event])
}

it('waits for the very event, and not for those before it', async () => {
  await append()
  await fold()
  const { id } = await append()
  const caughtUp = createCaughtUp({ store, readModels, patienceMilliseconds: PATIENT })(id)
  expect(await Promise.race([caughtUp.then(() => 'done'), settled()])).toBe('waits')
  await fold()
  await caughtUp
})

it('does not wait when the read models are there already', async () => {
  const { id } = await append()
  await fold()
  await createCaughtUp({ store, readModels, patienceMilliseconds: PATIENT })(id)
})

it('sees a change that comes while it looks', async () => {
  const { id } = await append()
  const checkpoint = async () => {
    const before = await readModels.checkpoint()
    await fold()
    return before
  }
  await createCaughtUp({ store, readModels: { ...readModels, checkpoint }, patienceMilliseconds: PATIENT })(
    id,
  )
})

it('gives up waiting in the end, and listens no longer', async () => {
  const { id } = await append()
  const listeners = new Set<(change: ReadModelChange) => void>()
  const onChange = (listener: (change: ReadModelChange) => void) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }
  await createCaughtUp({ store, readModels: { ...readModels, onChange }, patienceMilliseconds: 1 })(id)
  expect(listeners.size).toBe(0)
})

/** Several turns of the event loop, in which everything in memory would be done. */
const settled = async (): Promise<'waits'> => {
  for (let turns = 0; turns < 20; turns += 1) await new Promise((resolve) => setTimeout(resolve, 1))
  return 'waits'
}
