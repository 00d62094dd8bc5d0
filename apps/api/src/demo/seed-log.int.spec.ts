import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { explain, type FloorEvent, parseId, parseInstant } from '@centralino/domain'
import { createBlobStore, openEventStore } from '@centralino/event-store'
import { stateAsOf } from '@centralino/projections'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFolderTransport } from '../channels/email/outbox/folder-transport.ts'
import { createNotices } from '../observability/notices.ts'
import { seedLogFile } from './seed-log.ts'

const NOW = parseInstant('2026-11-24T05:00:00Z')
let folder: string
let log: string
let end: string | null

const seed = async () =>
  seedLogFile(log, {
    floorId: parseId('floor', 'main'),
    timeZone: 'Europe/Rome',
    now: NOW,
    blobs: await createBlobStore(join(folder, 'blobs')),
    notices: createNotices({}),
    dataDir: folder,
    transport: createFolderTransport(join(folder, 'outbox')),
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'demo-'))
  log = join(folder, 'log.db')
  end = await seed()
})
afterAll(() => rm(folder, { recursive: true }))

const openModels = async () => {
  await using store = await openEventStore(`sqlite:${log}`, { readOnly: true })
  return (await stateAsOf({ readAll: store.readAll(), until: { position: end ?? '' } })).models
}

describe('the demo', () => {
  it('is made once, whole', async () => {
    expect(end).not.toBeNull()
    expect(await seed()).toBeNull()
  })

  it('has customers with a past, a household among them, and leaves nothing waiting', async () => {
    await using models = await openModels()
    const { rows } = await models.customers({ first: 20 })
    expect(rows.map((row) => row.name)).toContain('Piotr Zieliński')
    expect(rows).toHaveLength(10)
    const { rows: timeline } = await models.timeline(parseId('customer', 'giulia-ferrante'), { first: 50 })
    expect(timeline.map((entry) => entry.type)).toEqual(
      expect.arrayContaining(['CallReceived', 'MailReceived']),
    )
    expect(timeline.every((entry) => entry.at < NOW)).toBe(true)
    const board = await models.queueBoard('2026-11-23T23:00:00.000Z')
    expect(board.map((row) => [row.queue.name, row.waiting, row.readyAgents])).toEqual([
      ['Billing', 0, 0],
      ['Support', 0, 0],
    ])
    expect(await models.undeliveredMails()).toEqual([])
  })

  it('was decided by the rules: every offer is the same when it is decided again', async () => {
    await using store = await openEventStore(`sqlite:${log}`, { readOnly: true })
    const days = new Map<string, FloorEvent[]>()
    let offers = 0
    for await (const event of store.readAll()) {
      if (!event.stream.startsWith('floor-')) continue
      const before = days.get(event.stream) ?? []
      const floorEvent = { type: event.type, data: event.data } as FloorEvent
      if (floorEvent.type === 'WorkOffered') {
        offers += 1
        expect(explain(before, floorEvent).same).toBe(true)
      }
      days.set(event.stream, [...before, floorEvent])
    }
    expect(offers).toBeGreaterThan(10)
  })
})
