import { openSideFile } from '../../files/side-file.ts'
import { fromPosition, toPosition } from '../position.ts'
import type { IdAndPosition, NewestEvent } from './protocol.ts'

/** "CIDX" in ASCII: marks the file as ours (PRAGMA application_id). */
const APPLICATION_ID = 0x43494458

/**
 * About 40 bytes an event. `commit_at` and `prepared_at` are the two numbers of a position, the second only where it
 * differs; `newest` has one row, the last event added.
 */
const TABLES = `
CREATE TABLE ids (id BLOB PRIMARY KEY, commit_at INTEGER NOT NULL, prepared_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE newest (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  id       TEXT    NOT NULL,
  position TEXT    NOT NULL,
  stream   TEXT    NOT NULL,
  revision INTEGER NOT NULL
) STRICT;
`

export type EventIdsFile = {
  /** All in one transaction. An id that is there already keeps its position. */
  readonly add: (events: readonly IdAndPosition[], newest: NewestEvent) => void
  readonly find: (ids: readonly string[]) => (string | null)[]
  readonly newest: () => NewestEvent | null
  readonly clear: () => void
  readonly close: () => void
}

/** Opens or makes the file, for this process alone. Throws SQLite's errors, and `FOREIGN_FILE` for a stranger's. */
export const openEventIdsFile = (path: string): EventIdsFile => {
  const { database, inTransaction } = openSideFile({
    path,
    applicationId: APPLICATION_ID,
    tables: TABLES,
    exclusive: true,
  })
  const insert = database.prepare('INSERT OR IGNORE INTO ids VALUES (?, ?, ?)')
  const keepNewest = database.prepare('INSERT OR REPLACE INTO newest VALUES (1, ?, ?, ?, ?)')
  const byId = database.prepare('SELECT commit_at, prepared_at FROM ids WHERE id = ?')
  const lastAdded = database.prepare('SELECT id, position, stream, revision FROM newest')

  return {
    add: (events, { id: newestId, position: newestPosition, stream, revision }) =>
      inTransaction(() => {
        for (const [id, position] of events) {
          const { commit, prepare } = fromPosition(position)
          insert.run(bytesOf(id), commit, prepare === commit ? null : prepare)
        }
        keepNewest.run(newestId, newestPosition, stream, revision)
      }),
    find: (ids) =>
      ids.map((id) => {
        const row = byId.get(bytesOf(id)) as Row | undefined
        if (row === undefined) return null
        const commit = BigInt(row.commit_at)
        return toPosition({ commit, prepare: row.prepared_at === null ? commit : BigInt(row.prepared_at) })
      }),
    newest: () => {
      const row = lastAdded.get() as (Omit<NewestEvent, 'revision'> & { revision: number }) | undefined
      return row === undefined ? null : { ...row, revision: BigInt(row.revision) }
    },
    clear: () => inTransaction(() => database.exec('DELETE FROM ids; DELETE FROM newest')),
    close: () => database.close(),
  }
}

type Row = { readonly commit_at: number; readonly prepared_at: number | null }

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
