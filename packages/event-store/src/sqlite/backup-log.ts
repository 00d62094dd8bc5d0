import { existsSync, mkdirSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { backup, DatabaseSync } from 'node:sqlite'
import { BundleError, isBundleError } from '../bundle/bundle-error.ts'
import type { OnProgress } from '../bundle/progress.ts'
import { EventStoreError, isEventStoreError } from '../event-store-error.ts'
import { draftOf, removeOldDrafts, takeName } from '../files/draft.ts'
import { syncFolder } from '../files/sync-folder.ts'
import { checkWholeLog } from './check-log.ts'
import { toFailure } from './failure.ts'
import { readFileHeader } from './file-header.ts'
import { toError } from './thread.ts'

export type BackedUp = {
  readonly events: number
  /** The copy holds everything that was acknowledged before this. */
  readonly snapshotAt: Date
}

/** 16 MiB of pages of 4 KiB. */
const PAGES_A_STEP = 4_096

/**
 * Copies a log, also one that a hub writes to, into the file `to`, and checks the copy whole before it gets that name: made
 * beside it as a draft, by SQLite's online backup inside one read transaction, so that appends go on and none of them makes the copy
 * begin anew. The hub's WAL grows by what is appended meanwhile and is taken back after it. The copy is one file, opened
 * as any log; of two that are made at once, the first takes the name. Throws `TARGET_EXISTS`, `FOREIGN_FILE`, `DISK_FULL`, `READ_ONLY`, `STORE_UNAVAILABLE`.
 */
export const backupLog = async (options: {
  readonly path: string
  readonly to: string
  readonly onProgress?: OnProgress
}): Promise<BackedUp> => {
  const { path, onProgress = () => undefined } = options
  const to = resolve(options.to)
  if (existsSync(to)) throw new BundleError('TARGET_EXISTS', { path: to })
  const header = readFileHeader(path)
  if (header.kind === 'foreign') throw new EventStoreError('FOREIGN_FILE', { path, reason: header.reason })
  if (header.kind !== 'ours') throw new EventStoreError('STORE_UNAVAILABLE', { reason: 'FILE_MISSING' })
  const beside = draftOf(to)
  const removeCopy = (): void => {
    for (const end of ['', '-journal', '-wal', '-shm']) rmSync(beside + end, { force: true })
  }
  try {
    mkdirSync(dirname(to), { recursive: true })
    await removeOldDrafts(to)
    const snapshotAt = await copySnapshot(path, beside, onProgress)
    const events = checkCopy(beside)
    const file = await open(beside, 'r+')
    try {
      await file.chmod(0o600)
      await file.sync()
    } finally {
      await file.close()
    }
    await takeName(beside, to)
    await syncFolder(dirname(to))
    return { events, snapshotAt }
  } catch (error) {
    removeCopy()
    throw isEventStoreError(error) || isBundleError(error) ? error : toError(toFailure(error, to))
  }
}

const copySnapshot = async (path: string, to: string, onProgress: OnProgress): Promise<Date> => {
  const source = new DatabaseSync(path, { readOnly: true, timeout: 5_000 })
  try {
    // Begins with the first read: from here on this connection sees one state of the log.
    source.exec('BEGIN')
    const snapshotAt = new Date()
    source.prepare('SELECT max(position) FROM events').get()
    await backup(source, to, {
      rate: PAGES_A_STEP,
      progress: ({ totalPages, remainingPages }) =>
        onProgress({ step: 'copy', done: totalPages - remainingPages, of: totalPages }),
    })
    source.exec('COMMIT')
    return snapshotAt
  } finally {
    source.close()
  }
}

const checkCopy = (path: string): number => {
  const copy = new DatabaseSync(path)
  try {
    // The pages say WAL, as their original's do; without it nothing need stand beside the copy.
    copy.exec('PRAGMA journal_mode = DELETE')
    return checkWholeLog(copy, path).events
  } finally {
    copy.close()
  }
}
