import { existsSync } from 'node:fs'
import { appendFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { counted } from '../contract/sample-events.ts'
import { createEventStoreDbEventStore } from '../eventstoredb/create-eventstoredb-event-store.ts'
import { startScriptedServer } from '../eventstoredb/testing/scripted-server.ts'
import { sealedLog } from '../ledger/testing/sealed-log.ts'
import { verifyLog } from '../ledger/verify-log.ts'
import { openEventStore } from '../open-event-store.ts'
import { createSqliteEventStore } from '../sqlite/create-sqlite-event-store.ts'
import { exportBundle } from './export-bundle.ts'
import { type BundleWorld, contentOf, createBundleWorld, filesOf, fill } from './testing/bundle-world.ts'

let world: BundleWorld
beforeEach(async () => {
  const created = await createBundleWorld()
  onTestFinished(() => created[Symbol.asyncDispose]())
  world = created
})

describe('a bundle', () => {
  it('holds every event, checkpoint and blob, in files of a bounded size that the manifest names', async () => {
    const blobs = await world.blobs('blobs')
    const { sha256 } = await blobs.put(Buffer.from('a mail'))
    const { manifest } = await world.makeBundle(300, 200, {
      fileBytes: 20_000,
      blobs: world.path('blobs'),
      checkpoints: [{ name: 'voice', position: '0000000000000007' }],
    })
    expect(manifest.events).toEqual({
      count: 300,
      firstPosition: '0000000000000001',
      lastPosition: '0000000000000300',
    })
    const files = await filesOf(world.path('bundle'))
    const events = Object.keys(files).filter((path) => path.startsWith('events/'))
    expect(events.length).toBeGreaterThan(5)
    for (const path of events) expect(files[path]?.length).toBeLessThanOrEqual(20_000)
    expect(events.flatMap((path) => files[path]?.trimEnd().split('\n') ?? [])).toHaveLength(300)
    expect(manifest.files.map(({ path }) => path).toSorted()).toEqual(
      [...events, 'blobs.ndjson', 'checkpoints.json'].toSorted(),
    )
    expect(files[`blobs/${sha256.slice(0, 2)}/${sha256.slice(2)}`]).toBe('a mail')
  })

  it('ends where the log ended when it was begun, however much is appended meanwhile', async () => {
    await using store = await createSqliteEventStore({ path: world.path('log.db') })
    await fill(store, 2_000)
    const { manifest } = await exportBundle({
      store: {
        readAll: store.readAll,
        readStored: async function* (after) {
          for await (const page of store.readStored(after)) {
            await fill(store, 600)
            yield page
          }
        },
      },
      to: world.path('bundle'),
      blobs: null,
      checkpoints: [],
    })
    expect(manifest.events.count).toBe(2_000)
  })

  it('is not written over anything, and leaves nothing behind when it fails', async () => {
    await world.makeBundle(3)
    await expect(world.exportLog('log.db', 'bundle')).rejects.toMatchObject({ code: 'TARGET_EXISTS' })
    const blobs = await world.blobs('blobs')
    const { sha256 } = await blobs.put(Buffer.from('a mail'))
    await appendFile(join(world.path('blobs'), sha256.slice(0, 2), sha256.slice(2)), ' altered')
    await expect(world.exportLog('log.db', 'other', { blobs: world.path('blobs') })).rejects.toMatchObject({
      code: 'BLOB_DAMAGED',
      data: { sha256 },
    })
    expect(existsSync(world.path('other'))).toBe(false)
    expect(existsSync(world.path('other.partial'))).toBe(false)
  })
})

describe('a log that somebody has altered', () => {
  it.each([`'{"count":7} '`, `'{"count":7'`])('is not exported as if it were none: %s', async (data) => {
    {
      await using store = await createSqliteEventStore({ path: world.path('log.db') })
      await fill(store, 10)
    }
    const database = new DatabaseSync(world.path('log.db'))
    database.exec(`UPDATE events SET data = ${data} WHERE position = 8`)
    database.close()
    await expect(world.exportLog('log.db', 'bundle')).rejects.toMatchObject({
      code: 'EVENT_ALTERED',
      data: { position: '0000000000000008' },
    })
    expect(existsSync(world.path('bundle'))).toBe(false)
  })
})

describe('import(export(log))', () => {
  it('is the log, and its export the same bundle byte for byte, whatever is in it', async () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => `s-${text}-s`)
    const append = fc.record({
      stream: fc.oneof(fc.constantFrom('a', 'b'), name),
      data: fc.array(fc.jsonValue(), { minLength: 1, maxLength: 4 }),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(append, { maxLength: 30 }), async (appends) => {
        await using here = await createBundleWorld()
        world = here
        {
          await using store = await createSqliteEventStore({ path: here.path('log.db') })
          for (const { stream, data } of appends) {
            await store.append(stream, 'any', data.map((each) => ({ ...counted(0), data: each })) as never)
          }
        }
        const first = await world.exportLog('log.db', 'bundle', { fileBytes: 1_000 })
        await world.importLog('bundle', world.sqlite('again.db'))
        const second = await world.exportLog('again.db', 'bundle-again', { fileBytes: 1_000 })
        expect(second.sha256).toBe(first.sha256)
        expect(await filesOf(here.path('bundle-again'))).toEqual(await filesOf(here.path('bundle')))
      }),
      { numRuns: 8 },
    )
  })

  it('is a log that can be appended to', async () => {
    await world.makeBundle(10)
    await world.importLog('bundle', world.sqlite('again.db'))
    await using store = await createSqliteEventStore({ path: world.path('again.db') })
    expect((await store.append('new', 'noStream', [counted(0)])).position).toBe('0000000000000011')
  })

  it('keeps order, streams, revisions, ids, bytes and recorded times on EventStoreDB and back, and moves checkpoints', async () => {
    await world.makeBundle(1_500, 200, { checkpoints: [{ name: 'outbox', position: '0000000000000700' }] })
    await using server = await startScriptedServer()
    const { kept } = await world.importLog('bundle', server.url)
    await using onServer = await createEventStoreDbEventStore({ url: server.url, readOnly: true })
    {
      await using original = await createSqliteEventStore({ path: world.path('log.db'), readOnly: true })
      expect(await contentOf(onServer)).toEqual(await contentOf(original))
      const [seven] = await Array.fromAsync(
        onServer.readAll({ from: kept[0]?.position ?? '', direction: 'forwards', limit: 1 }),
      )
      const [next] = await Array.fromAsync(original.readAll({ from: '0000000000000700', limit: 1 }))
      expect(seven?.id).toBe(next?.id)
    }
    await exportBundle({ store: onServer, to: world.path('from-server'), blobs: null, checkpoints: kept })
    const back = await world.importLog('from-server', world.sqlite('back.db'))
    expect(back.kept).toEqual([{ name: 'outbox', position: '0000000000000700' }])
    await world.exportLog('back.db', 'bundle-again', { checkpoints: back.kept })
    expect(await filesOf(world.path('bundle-again'))).toEqual(await filesOf(world.path('bundle')))
  })
})

describe('the seals of a log', () => {
  it('hold after it has moved, to either store', async () => {
    await using log = await sealedLog()
    await log.write('a', 10)
    await log.seal()
    await log.write('b', 10)
    await log.seal()
    await log.withStore((store) =>
      exportBundle({ store, to: world.path('bundle'), blobs: null, checkpoints: [] }),
    )
    await using server = await startScriptedServer()
    for (const url of [world.sqlite('again.db'), server.url]) {
      await world.importLog('bundle', url)
      await using moved = await openEventStore(url, { readOnly: true })
      expect(await verifyLog({ pages: moved.readStored(null) })).toMatchObject({
        events: 22,
        checkpoints: 2,
        sealed: 21,
        finding: null,
      })
    }
  })
})
