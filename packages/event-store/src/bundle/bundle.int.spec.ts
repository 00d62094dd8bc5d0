import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { counted } from '../contract/sample-events.ts'
import { createEventStoreDbEventStore } from '../eventstoredb/create-eventstoredb-event-store.ts'
import { startScriptedServer } from '../eventstoredb/testing/scripted-server.ts'
import { uuidv7 } from '../ids/uuidv7.ts'
import { sealedLog } from '../ledger/testing/sealed-log.ts'
import { verifyLog } from '../ledger/verify-log.ts'
import { openEventStore } from '../open-event-store.ts'
import { createSqliteEventStore } from '../sqlite/create-sqlite-event-store.ts'
import { type ExportOptions, exportBundle } from './export-bundle.ts'
import { importBundle } from './import-bundle.ts'
import type { LogLoader } from './log-loader.ts'
import { openLogLoader } from './open-log-loader.ts'
import {
  type BundleWorld,
  contentOf,
  createBundleWorld,
  createCheckpointsKept,
  filesOf,
  fill,
} from './testing/bundle-world.ts'

/** Of the text "a mail". */
const BLOB_PATH = 'blobs/21/3fff0d01adac23a486f7fbd5ca4d95a266770ac39c7f1270c78c0ee6dc39a4'

let world: BundleWorld
beforeEach(async () => {
  const created = await createBundleWorld()
  onTestFinished(() => created[Symbol.asyncDispose]())
  world = created
})

const sqlite = (name: string): string => `sqlite:${world.path(name)}`

/** Exports a log in a file, as it lies there. */
const exportLog = async (log: string, to: string, more: Partial<ExportOptions> = {}) => {
  await using store = await createSqliteEventStore({ path: world.path(log), readOnly: true })
  return await exportBundle({ store, to: world.path(to), blobs: null, checkpoints: [], ...more })
}

const importLog = async (from: string, url: string, openLoader = () => openLogLoader(url)) => {
  const { kept, save } = createCheckpointsKept()
  const imported = await importBundle({
    from: world.path(from),
    openLoader,
    openBlobs: () => world.blobs('imported-blobs'),
    saveCheckpoint: save,
  })
  return { ...imported, kept }
}

/** A log of `count` events in `log.db`, and its bundle in `bundle`. */
const makeBundle = async (count: number, characters = 20, more: Partial<ExportOptions> = {}) => {
  await using store = await createSqliteEventStore({ path: world.path('log.db') })
  await fill(store, count, characters)
  return await exportBundle({ store, to: world.path('bundle'), blobs: null, checkpoints: [], ...more })
}

describe('a bundle', () => {
  it('holds every event, checkpoint and blob, in files of a bounded size that the manifest names', async () => {
    const blobs = await world.blobs('blobs')
    const { sha256 } = await blobs.put(Buffer.from('a mail'))
    const { manifest } = await makeBundle(300, 200, {
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
    await makeBundle(3)
    await expect(exportLog('log.db', 'bundle')).rejects.toMatchObject({ code: 'TARGET_EXISTS' })
    const blobs = await world.blobs('blobs')
    const { sha256 } = await blobs.put(Buffer.from('a mail'))
    await appendFile(join(world.path('blobs'), sha256.slice(0, 2), sha256.slice(2)), ' altered')
    await expect(exportLog('log.db', 'other', { blobs: world.path('blobs') })).rejects.toMatchObject({
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
    await expect(exportLog('log.db', 'bundle')).rejects.toMatchObject({
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
        const first = await exportLog('log.db', 'bundle', { fileBytes: 1_000 })
        await importLog('bundle', sqlite('again.db'))
        const second = await exportLog('again.db', 'bundle-again', { fileBytes: 1_000 })
        expect(second.sha256).toBe(first.sha256)
        expect(await filesOf(here.path('bundle-again'))).toEqual(await filesOf(here.path('bundle')))
      }),
      { numRuns: 8 },
    )
  })

  it('is a log that can be appended to', async () => {
    await makeBundle(10)
    await importLog('bundle', sqlite('again.db'))
    await using store = await createSqliteEventStore({ path: world.path('again.db') })
    expect((await store.append('new', 'noStream', [counted(0)])).position).toBe('0000000000000011')
  })

  it('keeps order, streams, revisions, ids, bytes and recorded times on EventStoreDB and back, and moves checkpoints', async () => {
    await makeBundle(1_500, 200, { checkpoints: [{ name: 'outbox', position: '0000000000000700' }] })
    await using server = await startScriptedServer()
    const { kept } = await importLog('bundle', server.url)
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
    const back = await importLog('from-server', sqlite('back.db'))
    expect(back.kept).toEqual([{ name: 'outbox', position: '0000000000000700' }])
    await exportLog('back.db', 'bundle-again', { checkpoints: back.kept })
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
    for (const url of [sqlite('again.db'), server.url]) {
      await importLog('bundle', url)
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

describe('an import', () => {
  it('is refused for a store that holds anything else, and leaves it as it is', async () => {
    await makeBundle(10)
    {
      await using other = await createSqliteEventStore({ path: world.path('other.db') })
      await fill(other, 2)
    }
    const before = await readFile(world.path('other.db'))
    await expect(importLog('bundle', sqlite('other.db'))).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' })
    expect(await readFile(world.path('other.db'))).toEqual(before)

    await using server = await startScriptedServer()
    {
      await using store = await createEventStoreDbEventStore({ url: server.url })
      await fill(store, 2)
    }
    await expect(importLog('bundle', server.url)).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' })
    expect(server.log.all()).toHaveLength(2)
  })

  it('is refused while a hub has the log open', async () => {
    await makeBundle(10)
    await using _hub = await createSqliteEventStore({ path: world.path('busy.db') })
    await expect(importLog('bundle', sqlite('busy.db'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      data: { reason: 'LOCKED_BY_ANOTHER_PROCESS' },
    })
  })

  it('takes the place of a log that is there and empty', async () => {
    await makeBundle(10)
    await (await createSqliteEventStore({ path: world.path('empty.db') }))[Symbol.asyncDispose]()
    await importLog('bundle', sqlite('empty.db'))
    await using store = await createSqliteEventStore({ path: world.path('empty.db'), readOnly: true })
    expect(await contentOf(store)).toHaveLength(10)
  })

  it.each<[string, string, () => Promise<void>]>([
    ['an event altered', 'OTHER_CONTENT', () => alter('events/000001.ndjson', '"count":7', '"count":8')],
    ['a file cut short', 'OTHER_SIZE', () => alter('events/000001.ndjson', /[^\n]*\n$/, '')],
    ['a file away', 'MISSING', () => rm(join(world.path('bundle'), 'events/000002.ndjson'))],
    ['a checkpoint altered', 'OTHER_CONTENT', () => alter('checkpoints.json', '001', '002')],
    ['a blob altered', 'OTHER_CONTENT', () => alter(BLOB_PATH, 'a mail', 'a Mail')],
    ['a blob away', 'MISSING', () => rm(join(world.path('bundle'), BLOB_PATH))],
  ])('writes nothing of a bundle with %s', async (_what, reason, damage) => {
    await (await world.blobs('blobs')).put(Buffer.from('a mail'))
    await makeBundle(30, 20, {
      fileBytes: 5_000,
      blobs: world.path('blobs'),
      checkpoints: [{ name: 'voice', position: '0000000000000001' }],
    })
    await damage()
    await expect(importLog('bundle', sqlite('again.db'))).rejects.toMatchObject({
      code: 'BUNDLE_DAMAGED',
      data: { reason },
    })
    expect(existsSync(world.path('again.db'))).toBe(false)
    expect(existsSync(world.path('again.db-importing'))).toBe(false)
  })

  it('is refused for what is no bundle, and for one of a later format', async () => {
    await expect(importLog('nothing', sqlite('again.db'))).rejects.toMatchObject({ code: 'NOT_A_BUNDLE' })
    await makeBundle(1)
    await alter('manifest.json', '"formatVersion": 1', '"formatVersion": 2')
    await expect(importLog('bundle', sqlite('again.db'))).rejects.toMatchObject({
      code: 'LATER_FORMAT',
      data: { formatVersion: 2 },
    })
    await alter('manifest.json', '"formatVersion": 2', '"formatVersion": 1')
    await alter('manifest.json', 'events/000001.ndjson', '../000001.ndjson')
    await expect(importLog('bundle', sqlite('again.db'))).rejects.toMatchObject({ code: 'NOT_A_BUNDLE' })
  })

  it('notices that somebody else appended to the servers meanwhile', async () => {
    await makeBundle(30)
    await using server = await startScriptedServer()
    const stranger = async (): Promise<LogLoader> => {
      const loader = await openLogLoader(server.url)
      return {
        ...loader,
        load: async (events) => {
          await loader.load(events.slice(0, 10))
          await using store = await createEventStoreDbEventStore({ url: server.url })
          await store.append(`stranger-${uuidv7()}`, 'noStream', [counted(0)])
          await loader.load(events.slice(10))
        },
      }
    }
    await expect(importLog('bundle', server.url, stranger)).rejects.toMatchObject({ code: 'STORE_IN_USE' })
  })

  it('goes on where it stopped, killed with SIGKILL at every step', async () => {
    const blobs = await world.blobs('blobs')
    for (let count = 0; count < 5; count += 1) await blobs.put(Buffer.from(`mail ${count}`))
    await makeBundle(4_000, 2_000, { blobs: world.path('blobs') })
    const reached: string[] = []
    for (const [step, times] of [
      ['verify', 3],
      ['load', 1],
      ['load', 2],
      ['prove', 2],
      ['blobs', 2],
    ] as const) {
      reached.push(await importUntil(step, times))
      expect(existsSync(world.path('again.db'))).toBe(false)
    }
    expect(reached).toEqual(['verify', 'load', 'load', 'prove', 'blobs'])
    const { resumedAt } = await importLog('bundle', sqlite('again.db'))
    expect(resumedAt).toBe(4_000)
    await exportLog('again.db', 'bundle-again', { blobs: world.path('imported-blobs') })
    expect(await filesOf(world.path('bundle-again'))).toEqual(await filesOf(world.path('bundle')))
  })

  it('goes on where it stopped on EventStoreDB too, with an append whose answer was lost', async () => {
    await makeBundle(4_000, 2_000)
    let append = 0
    await using server = await startScriptedServer({
      script: {
        append: () => {
          append += 1
          return append === 5 ? 'lost' : undefined
        },
      },
    })
    const broken = async (): Promise<LogLoader> => {
      const loader = await openLogLoader(server.url)
      let loads = 0
      return {
        ...loader,
        load: async (events) => {
          loads += 1
          await loader.load(loads === 3 ? events.slice(0, 7) : events)
          if (loads === 3) throw new Error('the machine went away')
        },
      }
    }
    await expect(importLog('bundle', server.url, broken)).rejects.toThrow('went away')
    const half = server.log.all().length
    expect(half).toBeGreaterThan(0)
    expect((await importLog('bundle', server.url)).resumedAt).toBe(half)
    await using onServer = await createEventStoreDbEventStore({ url: server.url, readOnly: true })
    await using original = await createSqliteEventStore({ path: world.path('log.db'), readOnly: true })
    expect(await contentOf(onServer)).toEqual(await contentOf(original))
  })
})

const alter = async (path: string, what: string | RegExp, by: string): Promise<void> => {
  const file = join(world.path('bundle'), path)
  const text = await readFile(file, 'utf8')
  const altered = text.replace(what, by)
  expect(altered).not.toBe(text)
  await writeFile(file, altered)
}

const IMPORT_PROCESS = fileURLToPath(new URL('./testing/import-process.ts', import.meta.url))

/** Imports in a process of its own and kills it when it tells `step` for the `times`th time; answers the step reached. */
const importUntil = async (step: string, times: number): Promise<string> => {
  const child = spawn(
    process.execPath,
    [IMPORT_PROCESS, world.path('bundle'), sqlite('again.db'), world.path('imported-blobs')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const exited = once(child, 'exit')
  let told = 0
  for await (const line of createInterface({ input: child.stdout })) {
    if (line === step) told += 1
    if (told === times) child.kill('SIGKILL')
  }
  const [, signal] = (await exited) as [number | null, string | null]
  return signal === 'SIGKILL' ? step : 'ended by itself'
}
