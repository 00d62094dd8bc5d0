import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createBlobStore } from '../blobs/create-blob-store.ts'
import { exportBundle } from '../bundle/export-bundle.ts'
import { importBundle } from '../bundle/import-bundle.ts'
import { openLogLoader } from '../bundle/open-log-loader.ts'
import { collect } from '../contract/log-under-test.ts'
import { counted, countedUpTo } from '../contract/sample-events.ts'
import type { EventStore } from '../event-store.ts'
import { isEventStoreError } from '../event-store-error.ts'
import { canMount, mountSmallDisk, type SmallDisk } from '../testing/small-disk.ts'
import { temporaryEventStore } from '../testing/temporary-event-store.ts'
import { backupLog } from './backup-log.ts'
import { createSqliteEventStore } from './create-sqlite-event-store.ts'

const MOUNTS = canMount()
const KIB = 1024

/** Three events of 30 KiB each, all of one append. */
const bulky = () =>
  countedUpTo(3).map((event) => ({ ...event, data: { count: 0, text: 'x'.repeat(30 * KIB) } }))

/** Appends to one stream until the disk is full; answers how many appends were acknowledged. */
const appendUntilFull = async (store: EventStore, stream: string): Promise<number> => {
  for (let appends = 0; appends < 1_000; appends += 1) {
    try {
      await store.append(stream, 'any', bulky())
    } catch (error) {
      if (!isEventStoreError(error, 'DISK_FULL')) throw error
      return appends
    }
  }
  throw new Error('the disk did not run full')
}

const expectWhole = async (store: EventStore, stream: string, appends: number): Promise<void> => {
  const events = await collect(store.readStream(stream))
  expect(events.map((event) => event.revision)).toEqual(
    Array.from({ length: appends * 3 }, (_, index) => BigInt(index)),
  )
  const all = await collect(store.readAll())
  expect(all.map((event) => Number(event.position))).toEqual(all.map((_, index) => index + 1))
}

const smallDisk = (bytes: number): SmallDisk => {
  const disk = mountSmallDisk(bytes)
  if (disk === null) throw new Error('a disk could be mounted a moment ago')
  onTestFinished(() => disk.remove())
  return disk
}

describe('a log that has reached its size', () => {
  it('refuses the append by its code, keeps no half of it and takes what still fits', async () => {
    await using store = await temporaryEventStore({ maxPages: 200 })
    const appends = await appendUntilFull(store, 'a')
    expect(appends).toBeGreaterThan(3)
    await expectWhole(store, 'a', appends)
    // A group with one append too large for it: the small ones beside it get in.
    const answers = await Promise.allSettled([
      store.append('b', 'noStream', [counted(0)]),
      store.append('c', 'noStream', bulky()),
      store.append('b', 0n, [counted(1)]),
    ])
    expect(answers.map((answer) => (answer.status === 'rejected' ? answer.reason.code : 'appended'))).toEqual(
      ['appended', 'DISK_FULL', 'appended'],
    )
    expect(await collect(store.readStream('c'))).toEqual([])
    await expectWhole(store, 'a', appends)
  })
})

describe.skipIf(!MOUNTS)(
  `a full disk${MOUNTS ? '' : ' (left out: mounting a small disk takes root on Linux)'}`,
  () => {
    it('refuses appends by their code, loses nothing acknowledged, and appends again once there is room', async () => {
      const { folder } = smallDisk(4 * KIB * KIB)
      const ballast = join(folder, 'ballast')
      writeFileSync(ballast, Buffer.alloc(2 * KIB * KIB))
      const path = join(folder, 'log.db')
      {
        await using store = await createSqliteEventStore({ path })
        const told: string[] = []
        await using _subscription = store.subscribe(null, {
          onEvents: (events) => {
            told.push(...events.map((event) => event.id))
          },
        })
        const appends = await appendUntilFull(store, 'a')
        await expectWhole(store, 'a', appends)
        rmSync(ballast)
        await store.append('a', BigInt(appends * 3 - 1), bulky())
        await expectWhole(store, 'a', appends + 1)
        // What was refused was shown to nobody.
        const ids = (await collect(store.readAll())).map((event) => event.id)
        await expect.poll(() => told).toEqual(ids)
      }
      await using again = await createSqliteEventStore({ path })
      expect((await collect(again.readAll())).length % 3).toBe(0)
    })

    it('refuses to make a log where there is no room for one', async () => {
      const { folder } = smallDisk(64 * KIB)
      writeFileSync(join(folder, 'ballast'), Buffer.alloc(60 * KIB))
      await expect(createSqliteEventStore({ path: join(folder, 'log.db') })).rejects.toMatchObject({
        code: 'DISK_FULL',
      })
    })

    it('refuses a blob by its code and keeps nothing of it', async () => {
      const { folder } = smallDisk(512 * KIB)
      const blobs = await createBlobStore(join(folder, 'blobs'))
      const small = await blobs.put(Buffer.alloc(100 * KIB, 1))
      await expect(blobs.put(Buffer.alloc(1_000 * KIB, 2))).rejects.toMatchObject({ code: 'DISK_FULL' })
      expect(await blobs.has(small.sha256)).toBe(true)
      await blobs.put(Buffer.alloc(300 * KIB, 3))
    })

    it('refuses to copy, export or import by its code, and keeps nothing of a copy or a bundle', async () => {
      const { folder } = smallDisk(1_024 * KIB)
      await using store = await temporaryEventStore()
      for (let appends = 0; appends < 20; appends += 1) await store.append('a', 'any', bulky())
      await expect(backupLog({ path: store.path, to: join(folder, 'copy.db') })).rejects.toMatchObject({
        code: 'DISK_FULL',
      })
      const bundle = { store, blobs: null, checkpoints: [] }
      await expect(exportBundle({ ...bundle, to: join(folder, 'bundle') })).rejects.toMatchObject({
        code: 'ENOSPC',
      })
      expect(readdirSync(folder)).toEqual([])

      const from = join(dirname(store.path), 'bundle')
      await exportBundle({ ...bundle, to: from })
      const path = join(folder, 'log.db')
      const importing = importBundle({
        from,
        openLoader: () => openLogLoader(`sqlite:${path}`),
        openBlobs: () => createBlobStore(join(folder, 'blobs')),
        saveCheckpoint: () => Promise.resolve(),
      })
      await expect(importing).rejects.toMatchObject({ code: 'DISK_FULL' })
      expect(existsSync(path)).toBe(false)
    })

    it('opens a log on a read-only disk for reading, and for nothing else', async () => {
      const disk = smallDisk(4 * KIB * KIB)
      const path = join(disk.folder, 'log.db')
      const store = await createSqliteEventStore({ path })
      await store.append('a', 'noStream', countedUpTo(2))
      await store[Symbol.asyncDispose]()
      disk.makeReadOnly()

      await expect(createSqliteEventStore({ path })).rejects.toMatchObject({ code: 'READ_ONLY' })
      await using reading = await createSqliteEventStore({ path, readOnly: true })
      expect(await collect(reading.readAll())).toHaveLength(2)
      await expect(reading.append('a', 'any', [counted(2)])).rejects.toMatchObject({ code: 'READ_ONLY' })
    })
  },
)
