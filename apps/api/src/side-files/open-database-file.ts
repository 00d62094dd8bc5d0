import { DatabaseSync } from 'node:sqlite'

export type DatabaseFileOptions = {
  /** Marks the file as ours (PRAGMA application_id). */
  readonly applicationId: number
  readonly schemaVersion: number
  /** Tables and indexes, each made if it is not there. */
  readonly ddl: string
  /** For the message: "is not an accounts file of this version". */
  readonly what: string
}

/**
 * Opens or makes a file that holds what the log does not (`:memory:` in tests): what was answered survives a power cut. Throws
 * with `code: 'FOREIGN_FILE'` on a file that is not ours or is newer, which is left as it is.
 */
export const openDatabaseFile = (path: string, options: DatabaseFileOptions): DatabaseSync => {
  const { applicationId, schemaVersion, ddl, what } = options
  const db = new DatabaseSync(path, { timeout: 5_000 })
  const mark = firstNumber(db.prepare('PRAGMA application_id').get())
  const version = firstNumber(db.prepare('PRAGMA user_version').get())
  const tables = firstNumber(db.prepare('SELECT count(*) AS n FROM sqlite_schema').get())
  if ((mark !== applicationId && tables > 0) || version > schemaVersion) {
    db.close()
    throw Object.assign(new Error(`${path} is not ${what} of this version`), { code: 'FOREIGN_FILE' })
  }
  db.exec('PRAGMA journal_mode = WAL')
  db.exec('PRAGMA synchronous = FULL')
  db.exec('PRAGMA foreign_keys = ON')
  db.exec(`PRAGMA application_id = ${applicationId}`)
  db.exec(`PRAGMA user_version = ${schemaVersion}`)
  db.exec(ddl)
  return db
}

/** Of a row with one number in it. */
export const firstNumber = (row: Record<string, unknown> | undefined): number =>
  Number(Object.values(row ?? {})[0])
