import { accessSync, constants, statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { type EventStoreErrorData, isEventStoreError } from '../event-store-error.ts'

/** An error of the port in the plain shape that crosses between threads. */
export type Failure = {
  [Code in keyof EventStoreErrorData]: { readonly code: Code; readonly data: EventStoreErrorData[Code] }
}[keyof EventStoreErrorData]

// Primary result codes, https://sqlite.org/rescode.html
const SQLITE_BUSY = 5
const SQLITE_READONLY = 8
const SQLITE_IOERR = 10
const SQLITE_CORRUPT = 11
const SQLITE_FULL = 13
const SQLITE_CANTOPEN = 14
const SQLITE_NOTADB = 26

const FULL_BELOW_BYTES = 256 * 1024

/** SQLite's extended result code, null for an error that is not SQLite's. */
export const sqliteCodeOf = (error: unknown): number | null =>
  error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : null

/** Puts what SQLite, the file system or we ourselves threw into the port's words. */
export const toFailure = (error: unknown, path: string): Failure => {
  if (isEventStoreError(error, 'FOREIGN_FILE')) return { code: 'FOREIGN_FILE', data: error.data }
  const code = sqliteCodeOf(error)
  if (code !== null) return fromSqlite(code, path)
  const system = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
  switch (system) {
    case 'ENOSPC':
    case 'EDQUOT':
      return { code: 'DISK_FULL', data: { reason: system } }
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return { code: 'READ_ONLY', data: { reason: system } }
    default:
      return { code: 'STORE_UNAVAILABLE', data: { reason: system } }
  }
}

const fromSqlite = (code: number, path: string): Failure => {
  const reason = `SQLITE_${code}`
  switch (code & 0xff) {
    case SQLITE_FULL:
      return { code: 'DISK_FULL', data: { reason } }
    case SQLITE_READONLY:
      return { code: 'READ_ONLY', data: { reason } }
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return { code: 'FOREIGN_FILE', data: { path, reason } }
    case SQLITE_BUSY:
      return { code: 'STORE_UNAVAILABLE', data: { reason: 'LOCKED_BY_ANOTHER_PROCESS' } }
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
      // A file that cannot grow is reported as SQLITE_FULL, but the shared-memory file beside it as an I/O error, and a
      // file that cannot be made as one that cannot be opened.
      if (isFull(path)) return { code: 'DISK_FULL', data: { reason } }
      if (!isWritable(path)) return { code: 'READ_ONLY', data: { reason } }
      return { code: 'STORE_UNAVAILABLE', data: { reason } }
    default:
      return { code: 'STORE_UNAVAILABLE', data: { reason } }
  }
}

const isWritable = (path: string): boolean => {
  try {
    accessSync(dirname(path), constants.W_OK)
    return true
  } catch {
    return false
  }
}

const isFull = (path: string): boolean => {
  try {
    const { bavail, bsize } = statfsSync(dirname(path))
    return bavail * bsize < FULL_BELOW_BYTES
  } catch {
    return false
  }
}
