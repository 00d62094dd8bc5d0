import type { DatabaseSync } from 'node:sqlite'
import { EventStoreError } from '../event-store-error.ts'

/** Rows at the log's end that are looked at on opening: what a crash or a torn copy damages is there, and it takes milliseconds. */
const LAST_ROWS = 100

/**
 * Looks at the end of the log: its last rows can be read, stand without a gap, and each is found by its id and by its stream.
 * Throws SQLite's errors (`SQLITE_CORRUPT`), or `FOREIGN_FILE` where rows and indexes contradict each other. What is
 * damaged further back shows on reading, or by {@link checkWholeLog}.
 */
export const checkEndOfLog = (database: DatabaseSync, path: string): void => {
  const rows = database
    .prepare(
      `SELECT e.position, i.position AS by_id, s.position AS by_stream, length(e.data) + length(e.metadata) AS characters
       FROM (SELECT * FROM events ORDER BY position DESC LIMIT ${LAST_ROWS}) AS e
       LEFT JOIN events AS i INDEXED BY events_by_id ON i.id = e.id
       LEFT JOIN events AS s INDEXED BY events_by_stream ON s.stream = e.stream AND s.revision = e.revision
       ORDER BY e.position DESC`,
    )
    .all() as { position: number; by_id: number | null; by_stream: number | null }[]
  const first = rows[0]?.position ?? 0
  const whole = rows.every(
    ({ position, by_id, by_stream }, index) =>
      position === first - index && by_id === position && by_stream === position,
  )
  if (!whole || (rows.length < LAST_ROWS && first !== rows.length)) throw damaged(path)
}

/** Reads all of it, which takes seconds for a gigabyte: SQLite's own check, and that `$all` has no gap. Throws as {@link checkEndOfLog} does. */
export const checkWholeLog = (database: DatabaseSync, path: string): { readonly events: number } => {
  const told = database.prepare('PRAGMA integrity_check(1)').get() as { integrity_check: string }
  const { events, last } = database
    .prepare('SELECT count(*) AS events, coalesce(max(position), 0) AS last FROM events')
    .get() as { events: number; last: number }
  if (told.integrity_check !== 'ok' || events !== last) throw damaged(path)
  return { events }
}

/** The reason is SQLite's own for a file whose pages contradict each other. */
const damaged = (path: string) => new EventStoreError('FOREIGN_FILE', { path, reason: 'SQLITE_11' })
