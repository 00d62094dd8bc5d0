import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import {
  chmod,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { collect } from '../contract/log-under-test.ts'
import { counted, countedUpTo } from '../contract/sample-events.ts'
import { createSqliteEventStore } from './create-sqlite-event-store.ts'

let folder: string
let path: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'centralino-opening-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  path = join(folder, 'log.db')
})

const strangers: readonly [string, string, () => Promise<void>][] = [
  ['a text file', 'NOT_SQLITE', () => writeFile(path, 'a letter\n'.repeat(100))],
  ['a short file', 'NOT_SQLITE', () => writeFile(path, 'SQLite format 3\u0000')],
  [
    "another program's database",
    'OTHER_APPLICATION',
    async () => {
      const database = new DatabaseSync(path)
      database.exec('PRAGMA application_id = 7; CREATE TABLE events (position INTEGER PRIMARY KEY)')
      database.close()
    },
  ],
  [
    "another program's database that has a journal to roll back",
    'OTHER_APPLICATION',
    async () => {
      const database = new DatabaseSync(path)
      database.exec('CREATE TABLE t (x); INSERT INTO t VALUES (1)')
      database.close()
      await writeFile(`${path}-journal`, Buffer.alloc(1_024, 1))
    },
  ],
  [
    'a log of a later version',
    'LATER_VERSION',
    async () => {
      await (await createSqliteEventStore({ path }))[Symbol.asyncDispose]()
      const database = new DatabaseSync(path)
      database.exec('PRAGMA journal_mode = DELETE; PRAGMA user_version = 99')
      database.close()
      await rm(`${path}-lock`)
    },
  ],
]

/** Every file in the folder with its content. */
const filesNow = async (): Promise<Record<string, string>> => {
  const names = await readdir(folder)
  const contents = await Promise.all(names.map((name) => readFile(join(folder, name), 'hex')))
  return Object.fromEntries(names.map((name, index) => [name, contents[index] ?? '']))
}

describe('a file that is not an event log', () => {
  it.each(strangers)('is refused and left as it is: %s', async (_what, reason, make) => {
    await make()
    const before = await filesNow()
    for (const readOnly of [false, true]) {
      await expect(createSqliteEventStore({ path, readOnly })).rejects.toMatchObject({
        code: 'FOREIGN_FILE',
        data: { path, reason },
      })
    }
    expect(await filesNow()).toEqual(before)
  })

  it('is refused where it is a folder', async () => {
    await mkdir(path)
    await expect(createSqliteEventStore({ path })).rejects.toMatchObject({ code: 'FOREIGN_FILE' })
  })

  it('is refused where its inside is damaged, at the latest on reading', async () => {
    const store = await createSqliteEventStore({ path })
    for (let count = 0; count < 10; count += 1) await store.append('a', 'any', countedUpTo(100))
    await store[Symbol.asyncDispose]()
    const file = await open(path, 'r+')
    const { size } = await file.stat()
    await file.write(Buffer.alloc(size - 4_096, 0xff), 0, size - 4_096, 4_096)
    await file.close()
    const reading = async () => {
      await using again = await createSqliteEventStore({ path })
      await collect(again.readAll())
    }
    await expect(reading()).rejects.toMatchObject({ code: 'FOREIGN_FILE' })
  })
})

/** A closed log of 2,000 events, and its size in bytes. */
const makeLog = async (): Promise<number> => {
  {
    await using store = await createSqliteEventStore({ path })
    for (let count = 0; count < 20; count += 1) await store.append(`a-${count + 10}`, 'any', countedUpTo(100))
  }
  await rm(`${path}-lock`)
  return (await stat(path)).size
}

/** Overwrites a page of 4 KiB, counted from 1. */
const overwrite = async (page: number): Promise<void> => {
  const file = await open(path, 'r+')
  await file.write(Buffer.alloc(4_096, 0xff), 0, 4_096, (page - 1) * 4_096)
  await file.close()
}

/** The page that holds the newest row of a table or an index: its right-most leaf. */
const newestPageOf = (name: string): number => {
  const database = new DatabaseSync(path, { readOnly: true })
  const { rootpage } = database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name) as {
    rootpage: number
  }
  database.close()
  const bytes = readFileSync(path)
  // https://sqlite.org/fileformat.html §1.6: 2 and 5 are interior pages, their right-most child stands at offset 8.
  const descend = (page: number): number => {
    const at = (page - 1) * 4_096
    return [2, 5].includes(bytes[at] ?? 0) ? descend(bytes.readUInt32BE(at + 8)) : page
  }
  return descend(rootpage)
}

describe('a log that was damaged', () => {
  it.each([1, 4_096, 100_000])(
    'is refused and left as it is where %d bytes of its end are missing',
    async (missing) => {
      await truncate(path, (await makeLog()) - missing)
      const before = await filesNow()
      for (const readOnly of [false, true]) {
        await expect(createSqliteEventStore({ path, readOnly })).rejects.toMatchObject({
          code: 'FOREIGN_FILE',
          data: { path, reason: 'CUT_SHORT' },
        })
      }
      expect(await filesNow()).toEqual(before)
    },
  )

  it.each(['events', 'events_by_id', 'events_by_stream'])(
    'is refused on opening, and its file left as it is, where the newest part of %s is overwritten',
    async (name) => {
      await makeLog()
      // Ids count up with time, streams here do with their name: the newest entry stands at the right end of each.
      await overwrite(newestPageOf(name))
      const before = await readFile(path)
      for (const readOnly of [false, true]) {
        await expect(createSqliteEventStore({ path, readOnly })).rejects.toMatchObject({
          code: 'FOREIGN_FILE',
          data: { path, reason: 'SQLITE_11' },
        })
      }
      expect(await readFile(path)).toEqual(before)
    },
  )
})

/** The code that opening gives to a user who may not write the file; root may do everything, and so becomes another. */
const openedByWhoMayNotWrite = async (): Promise<string> => {
  const module = new URL('./create-sqlite-event-store.ts', import.meta.url).href
  const script = `const { createSqliteEventStore } = await import(${JSON.stringify(module)})
    const code = await createSqliteEventStore({ path: ${JSON.stringify(path)} }).then(() => 'opened', (error) => error.code)
    process.stdout.write(code, () => process.exit())`
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '-e', script],
    nobody,
  )
  return stdout
}

describe('opening a log', () => {
  it('takes an empty file for a new log', async () => {
    await writeFile(path, '')
    await using store = await createSqliteEventStore({ path })
    expect((await store.append('a', 'noStream', [counted(0)])).revision).toBe(0n)
  })

  it('refuses a second writer while the first one lives, in the same process too', async () => {
    const first = await createSqliteEventStore({ path })
    await expect(createSqliteEventStore({ path })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      data: { reason: 'LOCKED_BY_ANOTHER_PROCESS' },
    })
    await first.append('a', 'noStream', [counted(0)])
    await first[Symbol.asyncDispose]()
    await using second = await createSqliteEventStore({ path })
    expect((await second.append('a', 0n, [counted(1)])).revision).toBe(1n)
  })

  it('reads beside the writer and sees what it appends', async () => {
    await using writing = await createSqliteEventStore({ path })
    await writing.append('a', 'noStream', [counted(0)])
    await using reading = await createSqliteEventStore({ path, readOnly: true })
    expect(await collect(reading.readAll())).toHaveLength(1)
    await writing.append('a', 0n, [counted(1)])
    expect(await collect(reading.readStream('a'))).toHaveLength(2)
    await expect(reading.append('a', 'any', [counted(2)])).rejects.toMatchObject({ code: 'READ_ONLY' })
  })

  it('tells at once that it may read and not write, and not at the first append', async () => {
    await (await createSqliteEventStore({ path }))[Symbol.asyncDispose]()
    await rm(`${path}-lock`)
    await chmod(folder, 0o777)
    await chmod(path, 0o444)
    expect(await openedByWhoMayNotWrite()).toBe('READ_ONLY')
  })

  it('names the lock where that is no file of ours', async () => {
    await writeFile(`${path}-lock`, 'a letter\n'.repeat(100))
    await expect(createSqliteEventStore({ path })).rejects.toMatchObject({
      code: 'FOREIGN_FILE',
      data: { path: `${path}-lock` },
    })
  })

  it('makes no log for a reader', async () => {
    await expect(createSqliteEventStore({ path, readOnly: true })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      data: { reason: 'FILE_MISSING' },
    })
    expect(await readdir(folder)).toEqual([])
  })

  it('leaves one whole file behind when it closes', async () => {
    const store = await createSqliteEventStore({ path })
    await store.append('a', 'noStream', countedUpTo(500))
    await store[Symbol.asyncDispose]()
    expect((await readdir(folder)).toSorted()).toEqual(['log.db', 'log.db-lock'])
  })

  it('refuses to follow from a position that the log has not reached', async () => {
    await using store = await createSqliteEventStore({ path })
    await store.append('a', 'noStream', countedUpTo(3))
    const handler = { onEvents: () => undefined }
    expect(() => store.subscribe('0000000000000004', handler)).toThrow(
      expect.objectContaining({
        code: 'POSITION_AHEAD',
        data: { position: '0000000000000004', head: '0000000000000003' },
      }),
    )
    expect(() => store.subscribe('C:1/P:1', handler)).toThrow(RangeError)
  })
})
