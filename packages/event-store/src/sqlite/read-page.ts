import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { EventRow, Page, PageQuery } from './worker-protocol.ts'

/**
 * Bounds of a page, chosen so that turning one into events stays well under 10 ms on the caller's thread; an event
 * larger than the byte bound makes a page of its own.
 */
export const PAGE_ROWS = 512
export const PAGE_CHARACTERS = 256 * 1024

const COLUMNS = 'position, stream, revision, id, type, schema_version, data, metadata, recorded_at'

/** Reads one page at a time; each is a read transaction of its own, so that no reader holds back a WAL checkpoint. */
export const createPageReader = (database: DatabaseSync): ((query: PageQuery) => Page) => {
  const prepare = (sql: string): StatementSync => {
    const statement = database.prepare(sql)
    statement.setReturnArrays(true)
    return statement
  }
  const byPlace = {
    forwards: prepare(`SELECT ${COLUMNS} FROM events WHERE position > ? ORDER BY position LIMIT ?`),
    backwards: prepare(`SELECT ${COLUMNS} FROM events WHERE position < ? ORDER BY position DESC LIMIT ?`),
  }
  const byRevision = {
    forwards: prepare(
      `SELECT ${COLUMNS} FROM events WHERE stream = ? AND revision >= ? ORDER BY revision LIMIT ?`,
    ),
    backwards: prepare(
      `SELECT ${COLUMNS} FROM events WHERE stream = ? AND revision <= ? ORDER BY revision DESC LIMIT ?`,
    ),
  }
  const byId = prepare(`SELECT ${COLUMNS} FROM events WHERE id = ?`)

  return (query) => {
    switch (query.of) {
      case 'id':
        return bounded(byId.iterate(query.id), 1)
      case 'all': {
        const limit = Math.min(query.limit, PAGE_ROWS)
        return bounded(
          byPlace[query.direction].iterate(query.from ?? start(query.direction, 0), limit),
          limit,
        )
      }
      case 'stream': {
        const limit = Math.min(query.limit, PAGE_ROWS)
        const from = query.from ?? start(query.direction, 0)
        return bounded(byRevision[query.direction].iterate(query.stream, from, limit), limit)
      }
      default:
        return query satisfies never
    }
  }
}

const start = (direction: 'forwards' | 'backwards', first: number): number =>
  direction === 'forwards' ? first : Number.MAX_SAFE_INTEGER

const bounded = (found: Iterable<unknown>, limit: number): Page => {
  const rows: EventRow[] = []
  let characters = 0
  for (const row of found as Iterable<EventRow>) {
    rows.push(row)
    characters += row[6].length + row[7].length
    if (characters >= PAGE_CHARACTERS) return { rows, atEnd: false }
  }
  return { rows, atEnd: rows.length < limit }
}
