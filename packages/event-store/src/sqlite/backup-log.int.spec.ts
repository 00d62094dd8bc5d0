import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, open, readdir, rename, rm, truncate, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { collect } from '../contract/log-under-test.ts'
import { counted, countedUpTo } from '../contract/sample-events.ts'
import { backupLog } from './backup-log.ts'
import { createSqliteEventStore } from './create-sqlite-event-store.ts'

let folder: string
let path: string
let to: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'centralino-backup-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  path = join(folder, 'log.db')
  to = join(folder, 'copy.db')
})

const WRITERS = fileURLToPath(new URL('../testing/kill-nine/victim.ts', import.meta.url))

/** Writers that append without a pause in a process of their own, and the ids that they were acknowledged so far. */
const startWriters = () => {
  const child = spawn(process.execPath, [WRITERS, path, join(folder, 'read-model.db'), '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const acknowledged: string[] = []
  const read = (async () => {
    for await (const line of createInterface({ input: child.stdout })) acknowledged.push(...line.split(' '))
  })()
  return {
    acknowledged,
    kill: async () => {
      child.kill('SIGKILL')
      await exited
      await read
    },
  }
}

describe('a backup', () => {
  it('beside writers holds all that was acknowledged before it, and a hub starts on it after a kill', async () => {
    const writers = startWriters()
    while (writers.acknowledged.length < 2_000) await delay(20)
    const before = [...writers.acknowledged]
    const { events } = await backupLog({ path, to })
    const during = writers.acknowledged.length - before.length
    await delay(100)
    await writers.kill()
    // Nobody waited for it: the writers were answered while it went on.
    expect(during).toBeGreaterThan(0)
    expect((await readdir(folder)).filter((name) => name.startsWith('copy.db'))).toEqual(['copy.db'])

    // Restoring is putting the copy where the log was, without what stood beside the lost one.
    await rm(path)
    await rm(`${path}-wal`, { force: true })
    await rm(`${path}-shm`, { force: true })
    await rename(to, path)
    await using restored = await createSqliteEventStore({ path })
    const all = await collect(restored.readAll())
    expect(all).toHaveLength(events)
    expect(all.map((event) => Number(event.position))).toEqual(all.map((_, index) => index + 1))
    const ids = new Set<string>(all.map((event) => event.id))
    expect(ids.size).toBe(events)
    expect(before.filter((id) => !ids.has(id))).toEqual([])
    const { position } = await restored.append('after', 'noStream', [counted(0)])
    expect(Number(position)).toBe(events + 1)
  })

  it('tells how far it is, and makes the folder that it goes into', async () => {
    to = join(folder, 'copies', 'copy.db')
    await using store = await createSqliteEventStore({ path })
    for (let turn = 0; turn < 30; turn += 1) {
      const text = 'x'.repeat(10_000)
      await store.append(
        'a',
        'any',
        countedUpTo(100).map((event) => ({ ...event, data: { count: 0, text } })),
      )
    }
    const told: number[] = []
    await backupLog({ path, to, onProgress: ({ done, of }) => told.push(done / (of ?? 0)) })
    expect(told.at(-1)).toBeGreaterThan(0.5)
    expect(told.at(-1)).toBeLessThanOrEqual(1)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
  })

  it('is not written over anything, nor made of what is no log', async () => {
    await (await createSqliteEventStore({ path }))[Symbol.asyncDispose]()
    await writeFile(to, 'precious')
    await expect(backupLog({ path, to })).rejects.toMatchObject({ code: 'TARGET_EXISTS' })
    await rm(to)
    await expect(backupLog({ path: join(folder, 'none.db'), to })).rejects.toMatchObject({
      code: 'STORE_UNAVAILABLE',
      data: { reason: 'FILE_MISSING' },
    })
    await writeFile(path, 'a letter\n'.repeat(100))
    await expect(backupLog({ path, to })).rejects.toMatchObject({ code: 'FOREIGN_FILE' })
    expect(existsSync(to)).toBe(false)
  })

  it('is whole when two are made to one name at once: the first takes it, the other is refused', async () => {
    {
      await using store = await createSqliteEventStore({ path })
      for (let count = 0; count < 20; count += 1) await store.append('a', 'any', countedUpTo(100))
    }
    const results = await Promise.allSettled([backupLog({ path, to }), backupLog({ path, to })])
    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    const refused = results.find((result) => result.status === 'rejected')
    expect(refused?.reason).toMatchObject({ code: 'TARGET_EXISTS', data: { path: to } })
    expect((await readdir(folder)).filter((name) => name.startsWith('copy.db'))).toEqual(['copy.db'])
    await using copy = await createSqliteEventStore({ path: to, readOnly: true })
    expect(await collect(copy.readAll())).toHaveLength(2_000)
  })

  it('removes what a killed one left a day ago, and nothing that another may still write', async () => {
    await (await createSqliteEventStore({ path }))[Symbol.asyncDispose]()
    const old = `${to}.0193a1b2-0000-4000-8000-000000000001.partial`
    const others = [`${to}.0193a1b2-0000-4000-8000-000000000002.partial`, `${to}.mine.partial`]
    for (const file of [old, ...others]) await writeFile(file, 'half')
    const twoDaysAgo = new Date(Date.now() - 2 * 24 * 60 * 60 * 1_000)
    for (const file of [old, `${to}.mine.partial`]) await utimes(file, twoDaysAgo, twoDaysAgo)
    await backupLog({ path, to })
    expect(existsSync(old)).toBe(false)
    for (const file of others) expect(existsSync(file)).toBe(true)
  })

  it('of a log that is damaged inside is refused, and nothing takes the name of a backup', async () => {
    {
      await using store = await createSqliteEventStore({ path })
      for (let count = 0; count < 20; count += 1) await store.append('a', 'any', countedUpTo(100))
    }
    const file = await open(path, 'r+')
    await file.write(Buffer.alloc(4_096, 0xff), 0, 4_096, 40 * 4_096)
    await file.close()
    await expect(backupLog({ path, to })).rejects.toMatchObject({
      code: 'FOREIGN_FILE',
      data: { reason: 'SQLITE_11' },
    })
    await truncate(path, 200_000)
    await expect(backupLog({ path, to })).rejects.toMatchObject({
      code: 'FOREIGN_FILE',
      data: { reason: 'CUT_SHORT' },
    })
    expect((await readdir(folder)).filter((name) => name.startsWith('copy.db'))).toEqual([])
  })
})
