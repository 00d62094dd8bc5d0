import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { EventStoreError } from '../event-store-error.ts'

export type SideFile = {
  readonly database: DatabaseSync
  /** All or nothing. */
  readonly inTransaction: (work: () => void) => void
}

export type SideFileOptions = {
  /** A file, or `:memory:`; made, with its folders, when it is not there. */
  readonly path: string
  /** Marks the file as ours (PRAGMA application_id). */
  readonly applicationId: number
  readonly tables: string
  /** For this process alone. */
  readonly exclusive: boolean
}

/**
 * Opens a file that is folded from the log and stands beside it: rebuilt when it is lost, so it need not survive a power
 * cut whole, only unbroken. Throws SQLite's errors, and `FOREIGN_FILE` for a stranger's, which is left as it is.
 */
export const openSideFile = (options: SideFileOptions): SideFile => {
  const { path } = options
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true })
  const database = new DatabaseSync(path, { timeout: 2_000 })
  try {
    prepare(database, options)
  } catch (error) {
    database.close()
    throw error
  }
  return {
    database,
    inTransaction: (work) => {
      database.exec('BEGIN IMMEDIATE')
      try {
        work()
        database.exec('COMMIT')
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK')
        throw error
      }
    },
  }
}

const prepare = (
  database: DatabaseSync,
  { path, applicationId, tables, exclusive }: SideFileOptions,
): void => {
  if (exclusive) database.exec('PRAGMA locking_mode = EXCLUSIVE')
  database.exec('BEGIN EXCLUSIVE')
  const { application_id: mark } = database.prepare('PRAGMA application_id').get() as {
    application_id: number
  }
  const { count } = database.prepare('SELECT count(*) AS count FROM sqlite_schema').get() as { count: number }
  if (mark !== applicationId && (mark !== 0 || count > 0)) {
    throw new EventStoreError('FOREIGN_FILE', { path, reason: 'OTHER_APPLICATION' })
  }
  if (count === 0) database.exec(`PRAGMA application_id = ${applicationId}; ${tables}`)
  database.exec('COMMIT; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
}
