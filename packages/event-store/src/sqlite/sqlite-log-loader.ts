import { mkdirSync, rmSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { BundleError } from '../bundle/bundle-error.ts'
import { syncFolder } from '../bundle/files.ts'
import type { LogLoader } from '../bundle/log-loader.ts'
import type { StoredEvent } from '../codec/encoded-event.ts'
import { EventStoreError } from '../event-store-error.ts'
import { createSqliteEventStore } from './create-sqlite-event-store.ts'
import { sqliteCodeOf, toFailure } from './failure.ts'
import { readFileHeader } from './file-header.ts'
import { holdLock, lockPathOf } from './hold-lock.ts'
import { APPLICATION_ID, createSchema } from './schema.ts'
import { toError } from './thread.ts'

const SQLITE_CONSTRAINT = 19

/**
 * Loads a log into a file of its own, `<path>-importing`, which takes the name `path` at the end: no hub ever opens half a
 * log. Runs in the calling thread and keeps it busy: for a process of its own, not for the hub. Rejects with
 * `STORE_NOT_EMPTY` where `path` has events, `STORE_UNAVAILABLE` where a hub has it open, `FOREIGN_FILE`, `DISK_FULL`,
 * `READ_ONLY`.
 */
export const createSqliteLogLoader = async ({ path }: { readonly path: string }): Promise<LogLoader> => {
  const importing = `${path}-importing`
  assertOurs(path)
  assertOurs(importing)
  await using parts = new AsyncDisposableStack()
  const held = inOurWords(lockPathOf(path), () => {
    mkdirSync(dirname(path), { recursive: true })
    return holdLock(path)
  })
  parts.defer(() => held.close())
  assertEmpty(path)
  const database = inOurWords(importing, () => openImporting(importing))
  parts.defer(() => {
    if (database.isOpen) database.close()
  })
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const last = database.prepare('SELECT coalesce(max(position), 0) AS place FROM events').get()
  let place = (last as { place: number }).place

  const insertAll = (events: readonly StoredEvent[]): void => {
    database.exec('BEGIN IMMEDIATE')
    try {
      let next = place
      for (const { encoded, placement } of events) {
        next += 1
        const { id, type, schemaVersion, data, metadata } = encoded
        const { stream, revision, recordedAt } = placement
        insert.run(next, stream, revision, id, type, schemaVersion, data, metadata, recordedAt)
      }
      database.exec('COMMIT')
      place = next
    } catch (error) {
      if (database.isTransaction) database.exec('ROLLBACK')
      throw error
    }
  }

  const running = parts.move()
  return {
    loaded: async function* () {
      await using reading = await createSqliteEventStore({ path: importing, readOnly: true })
      yield* reading.readStored(null)
    },
    load: async (events) => {
      try {
        insertAll(events)
      } catch (error) {
        if (((sqliteCodeOf(error) ?? 0) & 0xff) === SQLITE_CONSTRAINT) {
          throw new BundleError('BUNDLE_DAMAGED', { path: 'events', reason: 'DOUBLE' }, { cause: error })
        }
        throw toError(toFailure(error, importing))
      }
    },
    finish: async () => {
      assertNoGap(database)
      // The last connection takes the WAL into the file and removes it.
      database.close()
      const file = await open(importing, 'r+')
      try {
        await file.sync()
      } finally {
        await file.close()
      }
      // What a killed hub left beside a log that was removed would be replayed over this one.
      for (const companion of ['-wal', '-shm', '-journal']) rmSync(path + companion, { force: true })
      await rename(importing, path)
      await syncFolder(dirname(path))
      for (const companion of ['-wal', '-shm']) rmSync(importing + companion, { force: true })
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

const inOurWords = <T>(path: string, work: () => T): T => {
  try {
    return work()
  } catch (error) {
    throw toError(toFailure(error, path))
  }
}

const assertOurs = (path: string): void => {
  const header = readFileHeader(path)
  if (header.kind === 'foreign') throw new EventStoreError('FOREIGN_FILE', { path, reason: header.reason })
}

/** Closing it again leaves no WAL behind that would be taken for the one of the log that gets this name. */
const assertEmpty = (path: string): void => {
  if (readFileHeader(path).kind !== 'ours') return
  const database = new DatabaseSync(path, { timeout: 5_000 })
  try {
    if (database.prepare('SELECT 1 FROM events LIMIT 1').get() === undefined) return
    throw new BundleError('STORE_NOT_EMPTY', { position: null })
  } finally {
    database.close()
  }
}

const openImporting = (path: string): DatabaseSync => {
  const database = new DatabaseSync(path, { timeout: 5_000 })
  const mark = database.prepare('PRAGMA application_id').get() as { application_id: number }
  if (mark.application_id !== APPLICATION_ID) createSchema(database)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 67108864')
  return database
}

const assertNoGap = (database: DatabaseSync): void => {
  const gap = database
    .prepare('SELECT stream FROM events GROUP BY stream HAVING count(*) <> max(revision) + 1 LIMIT 1')
    .get()
  if (gap !== undefined) throw new BundleError('BUNDLE_DAMAGED', { path: 'events', reason: 'REVISION_GAP' })
}
