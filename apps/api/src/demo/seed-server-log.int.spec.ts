import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseId, parseInstant, type RecordedEvent } from '@centralino/domain'
import { createBlobStore, type EventStore } from '@centralino/event-store'
import { temporaryEventStore } from '@centralino/event-store/testing'
import { expect, it, onTestFinished } from 'vitest'
import { createFolderTransport } from '../channels/email/outbox/folder-transport.ts'
import { createNotices } from '../observability/notices.ts'
import { seedServerLog } from './seed-server-log.ts'

const rooms = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'demo-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const store = await temporaryEventStore()
  onTestFinished(() => store[Symbol.asyncDispose]())
  const path = join(folder, 'demo-log.db')
  const seed = async (into: EventStore) =>
    seedServerLog(into, path, {
      floorId: parseId('floor', 'main'),
      timeZone: 'Europe/Rome',
      now: parseInstant('2026-11-24T05:00:00Z'),
      blobs: await createBlobStore(join(folder, 'blobs')),
      notices: createNotices({}),
      dataDir: folder,
      transport: createFolderTransport(join(folder, 'outbox')),
    })
  return { store, path, seed }
}

const all = async (store: EventStore): Promise<RecordedEvent[]> => {
  const events: RecordedEvent[] = []
  for await (const event of store.readAll()) events.push(event)
  return events
}

it('carries the demo into an empty log of a server, once, and on from where it was cut off', async () => {
  const { store, path, seed } = await rooms()
  let appends = 0
  const cutOff: EventStore = {
    ...store,
    append: (...given) => {
      appends += 1
      return appends > 100 ? Promise.reject(new Error('the cluster is away')) : store.append(...given)
    },
  }
  await expect(seed(cutOff)).rejects.toThrow('the cluster is away')
  expect(await all(store)).toHaveLength(100)
  const seeded = await seed(store)
  const events = await all(store)
  expect(events.length).toBeGreaterThan(100)
  expect(new Set(events.map((event) => event.id)).size).toBe(events.length)
  expect(seeded?.end).toBe(events.at(-1)?.position)
  await seeded?.done()
  expect(existsSync(path)).toBe(false)
  expect(await seed(store)).toBeNull()
})
