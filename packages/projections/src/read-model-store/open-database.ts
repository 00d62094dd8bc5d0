import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { ReadModelsError } from '../read-models-error.ts'

/** Result code of SQLite (https://www.sqlite.org/rescode.html), extended bits cut off; 0 for another error. */
export const sqliteCode = (error: unknown): number => {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return 0
  return error.errcode & 0xff
}

export const SQLITE = {
  busy: 5,
  readOnly: 8,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cantOpen: 14,
  notADatabase: 26,
} as const

const MILLISECONDS_BUSY = 5_000

/**
 * Opens the file for its one writer. `synchronous=NORMAL` may lose the last commits with the power but tears none: rows and
 * checkpoint go back together, and the log gives the rest again. The rare checkpoint (16,000 pages, 64 MB) is what
 * makes folding fast.
 */
export const openForWriting = (path: string): DatabaseSync => {
  try {
    const database = new DatabaseSync(path, { timeout: MILLISECONDS_BUSY })
    database.exec('pragma journal_mode = wal')
    database.exec('pragma synchronous = normal')
    database.exec('pragma wal_autocheckpoint = 16000')
    database.exec('pragma cache_size = -65536')
    database.exec('pragma temp_store = memory')
    // SQLite opens a file that may not be written to for reading, without a word: better to hear it now.
    if (path !== ':memory:') accessSync(path, constants.W_OK)
    return database
  } catch (error) {
    throw openError(path, error)
  }
}

/** A file that is thrown away: nothing of it outlives a crash. Between transactions it is whole and can be copied. */
export const openScratch = (path: string): DatabaseSync => {
  try {
    const database = new DatabaseSync(path)
    database.exec('pragma locking_mode = exclusive')
    database.exec('pragma journal_mode = memory')
    database.exec('pragma synchronous = off')
    database.exec('pragma cache_size = -65536')
    database.exec('pragma temp_store = memory')
    return database
  } catch (error) {
    throw openError(path, error)
  }
}

export const openForReading = (path: string): DatabaseSync => {
  if (path !== ':memory:' && !existsSync(path))
    throw new ReadModelsError('READ_MODELS_UNAVAILABLE', 'there are no read models at the given path')
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: MILLISECONDS_BUSY })
    database.exec('pragma cache_size = -65536')
    database.exec('pragma mmap_size = 268435456')
    return database
  } catch (error) {
    throw openError(path, error)
  }
}

/** What SQLite says about the disk and the file, as an error with a code; null for any other error. */
export const fileError = (cause: unknown): ReadModelsError | null => {
  switch (sqliteCode(cause)) {
    case SQLITE.full:
      return new ReadModelsError('DISK_FULL', 'no room for the read models', { cause })
    case SQLITE.readOnly:
      return new ReadModelsError('READ_ONLY', 'the read models may not be written to', { cause })
    case SQLITE.corrupt:
      return new ReadModelsError('FILE_DAMAGED', 'the read models are damaged', { cause })
    default:
      return null
  }
}

/** What kept a file from being opened, as an error with a code. */
export const openError = (path: string, cause: unknown): ReadModelsError => {
  const code = sqliteCode(cause)
  if (code === SQLITE.notADatabase)
    return new ReadModelsError('FOREIGN_FILE', `${path} is no database of ours`, { cause })
  if (isForbidden(cause)) return new ReadModelsError('READ_ONLY', `${path} may not be written to`, { cause })
  // The files beside it cannot grow or be made: SQLite has but an I/O error for that.
  if ((code === SQLITE.ioError || code === SQLITE.cantOpen) && isFull(path))
    return new ReadModelsError('DISK_FULL', 'no room for the read models', { cause })
  return (
    fileError(cause) ??
    new ReadModelsError('READ_MODELS_UNAVAILABLE', `cannot open ${path}: ${String(cause)}`, { cause })
  )
}

const FORBIDDEN: readonly unknown[] = ['EACCES', 'EPERM', 'EROFS']

const isForbidden = (cause: unknown): boolean =>
  cause instanceof Error && 'code' in cause && FORBIDDEN.includes(cause.code)

const FULL_BELOW_BYTES = 256 * 1_024

const isFull = (path: string): boolean => {
  try {
    const { bavail, bsize } = statfsSync(dirname(path))
    return bavail * bsize < FULL_BELOW_BYTES
  } catch {
    return false
  }
}
