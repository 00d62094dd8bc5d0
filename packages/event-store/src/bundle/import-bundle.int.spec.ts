import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { counted } from '../contract/sample-events.ts'
import { createEventStoreDbEventStore } from '../eventstoredb/create-eventstoredb-event-store.ts'
import { startScriptedServer } from '../eventstoredb/testing/scripted-server.ts'
import { uuidv7 } from '../ids/uuidv7.ts'
import { createSqliteEventStore } from '../sqlite/create-sqlite-event-store.ts'
import type { LogLoader } from './log-loader.ts'
import { openLogLoader } from './open-log-loader.ts'
import { type BundleWorld, contentOf, createBundleWorld, filesOf, fill } from './testing/bundle-world.ts'

/** Of the text "a mail". */
const BLOB_PATH = 'blobs/21/3fff0d01adac23a486f7fbd5ca4d95a266770ac39c7f1270c78c0ee6dc39a4'

let world: BundleWorld
beforeEach(async () => {
  const created = await createBundleWorld()
  onTestFinished(() => created[Symbol.asyncDispose]())
  world = created
})

describe('an import', () => {
  it('is refused for a store that holds anything else, and leaves it as it is', async () => {
    await world.makeBundle(10)
    {
      await using other = await createSqliteEventStore({ path: world.path('other.db') })
      await fill(other, 2)
    }
    const before = await readFile(world.path('other.db'))
    await expect(world.importLog('bundle', world.sqlite('other.db'))).rejects.toMatchObject({
      code: 'STORE_NOT_EMPTY',
    })
    expect(await readFile(world.path('other.db'))).toEqual(before)

    await using server = await startScriptedServer()
    {
      await using store = await createEventStoreDbEventStore({ url: server.url })
      await fill(store, 2)
    }
    await expect(world.importLog('bundle', server.url)).rejects.toMatchObject({ code: 'STORE_NOT_EMPTY' })
    expect(server.log.all()).toHaveLength(2)
  })

  it('is refused while a hub has the log open', async () => {
    await world.makeBundle(10)
    await using _hub = await createSqliteEventStore({ path: world.path('busy.db') })
    await expect(world.importLog('bundle', world.sqlite('busy.db'))).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      data: { reason: 'LOCKED_BY_ANOTHER_PROCESS' },
    })
  })

  it('takes the place of a log that is there and empty', async () => {
    await world.makeBundle(10)
    await (await createSqliteEventStore({ path: world.path('empty.db') }))[Symbol.asyncDispose]()
    await world.importLog('bundle', world.sqlite('empty.db'))
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
    await world.makeBundle(30, 20, {
      fileBytes: 5_000,
      blobs: world.path('blobs'),
      checkpoints: [{ name: 'voice', position: '0000000000000001' }],
    })
    await damage()
    await expect(world.importLog('bundle', world.sqlite('again.db'))).rejects.toMatchObject({
      code: 'BUNDLE_DAMAGED',
      data: { reason },
    })
    expect(existsSync(world.path('again.db'))).toBe(false)
    expect(existsSync(world.path('again.db-importing'))).toBe(false)
  })

  it('is refused for what is no bundle, and for one of a later format', async () => {
    await expect(world.importLog('nothing', world.sqlite('again.db'))).rejects.toMatchObject({
      code: 'NOT_A_BUNDLE',
    })
    await world.makeBundle(1)
    await alter('manifest.json', '"formatVersion": 1', '"formatVersion": 2')
    await expect(world.importLog('bundle', world.sqlite('again.db'))).rejects.toMatchObject({
      code: 'LATER_FORMAT',
      data: { formatVersion: 2 },
    })
    await alter('manifest.json', '"formatVersion": 2', '"formatVersion": 1')
    await alter('manifest.json', 'events/000001.ndjson', '../000001.ndjson')
    await expect(world.importLog('bundle', world.sqlite('again.db'))).rejects.toMatchObject({
      code: 'NOT_A_BUNDLE',
    })
  })

  it('notices that somebody else appended to the servers meanwhile', async () => {
    await world.makeBundle(30)
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
    await expect(world.importLog('bundle', server.url, stranger)).rejects.toMatchObject({
      code: 'STORE_IN_USE',
    })
  })

  it('goes on where it stopped, killed with SIGKILL at every step', async () => {
    const blobs = await world.blobs('blobs')
    for (let count = 0; count < 5; count += 1) await blobs.put(Buffer.from(`mail ${count}`))
    await world.makeBundle(4_000, 2_000, { blobs: world.path('blobs') })
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
    const { resumedAt } = await world.importLog('bundle', world.sqlite('again.db'))
    expect(resumedAt).toBe(4_000)
    await world.exportLog('again.db', 'bundle-again', { blobs: world.path('imported-blobs') })
    expect(await filesOf(world.path('bundle-again'))).toEqual(await filesOf(world.path('bundle')))
  })

  it('goes on where it stopped on EventStoreDB too, with an append whose answer was lost', async () => {
    await world.makeBundle(4_000, 2_000)
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
    await expect(world.importLog('bundle', server.url, broken)).rejects.toThrow('went away')
    const half = server.log.all().length
    expect(half).toBeGreaterThan(0)
    expect((await world.importLog('bundle', server.url)).resumedAt).toBe(half)
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
    [IMPORT_PROCESS, world.path('bundle'), world.sqlite('again.db'), world.path('imported-blobs')],
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
