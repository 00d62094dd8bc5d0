/** Why a database file takes nothing for the moment, in the event store's words. */
export type DatabaseFailureCode = 'DISK_FULL' | 'READ_ONLY' | 'TOO_BUSY'

/** SQLite's primary result codes (sqlite3.h); an extended one has them in its low byte. */
const CODES: Readonly<Record<number, DatabaseFailureCode>> = {
  5: 'TOO_BUSY',
  8: 'READ_ONLY',
  13: 'DISK_FULL',
}

/** Null for an error that is no matter of the moment: a bug, or a damaged file. */
export const databaseFailure = (error: unknown): DatabaseFailureCode | null =>
  error instanceof Error && 'errcode' in error ? (CODES[Number(error.errcode) & 0xff] ?? null) : null
