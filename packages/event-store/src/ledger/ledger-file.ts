import { openSideFile } from '../sqlite/side-file.ts'
import { createTreeFrontier, HASH_BYTES, type TreeFrontier } from './merkle-tree.ts'

/** "CLED" in ASCII. */
const APPLICATION_ID = 0x434c4544

/** `leaves`: the leaf of each event, from 0 in log order. `heads`: the newest leaf of each stream. The others: one row. */
const TABLES = `
CREATE TABLE leaves (place INTEGER PRIMARY KEY, hash BLOB NOT NULL) STRICT;
CREATE TABLE heads (stream TEXT PRIMARY KEY, hash BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tree (
  one      INTEGER PRIMARY KEY CHECK (one = 1),
  size     INTEGER NOT NULL,
  frontier BLOB    NOT NULL,
  position TEXT    NOT NULL,
  last_id  TEXT    NOT NULL
) STRICT;
CREATE TABLE checked (one INTEGER PRIMARY KEY CHECK (one = 1), checkpoint TEXT NOT NULL) STRICT;
`

/** The event that was taken in last. */
export type LastTaken = { readonly position: string; readonly id: string }

export type TakenIn = {
  readonly leaves: readonly Uint8Array[]
  readonly heads: ReadonlyMap<string, Uint8Array>
  readonly tree: TreeFrontier
  readonly last: LastTaken
}

/**
 * The leaves of a log's events, kept beside it so that sealing reads only what is new, and so that a verifier can say
 * which event was altered. Nobody has to believe it: its leaves either lead to the signed root or they do not.
 */
export type LedgerFile = {
  readonly state: () => { readonly tree: TreeFrontier; readonly last: LastTaken | null }
  readonly head: (stream: string) => Uint8Array | null
  /** In one transaction. */
  readonly take: (taken: TakenIn) => void
  /** From `start` up to `end`, not included; up to the first that is missing or damaged. */
  readonly leaves: (start: number, end: number) => Uint8Array[]
  /** The newest checkpoint that the leaves were found to lead to. */
  readonly checked: () => string | null
  readonly keepChecked: (checkpoint: string) => void
  readonly clear: () => void
  readonly close: () => void
}

/** Opens or makes the file. Throws SQLite's errors, and `FOREIGN_FILE` for a stranger's. */
export const openLedgerFile = (path: string): LedgerFile => {
  const { database, inTransaction } = openSideFile({
    path,
    applicationId: APPLICATION_ID,
    tables: TABLES,
    exclusive: false,
  })
  const insertLeaf = database.prepare('INSERT INTO leaves VALUES (?, ?)')
  const keepHead = database.prepare('INSERT OR REPLACE INTO heads VALUES (?, ?)')
  const keepTree = database.prepare('INSERT OR REPLACE INTO tree VALUES (1, ?, ?, ?, ?)')
  const tree = database.prepare('SELECT size, frontier, position, last_id FROM tree')
  const headOf = database.prepare('SELECT hash FROM heads WHERE stream = ?')
  const range = database.prepare(
    'SELECT place, hash FROM leaves WHERE place >= ? AND place < ? ORDER BY place',
  )
  const checked = database.prepare('SELECT checkpoint FROM checked')
  const keepChecked = database.prepare('INSERT OR REPLACE INTO checked VALUES (1, ?)')

  return {
    state: () => {
      const row = tree.get() as TreeRow | undefined
      if (row === undefined) return { tree: createTreeFrontier(), last: null }
      return {
        tree: createTreeFrontier(row.size, row.frontier),
        last: { position: row.position, id: row.last_id },
      }
    },
    head: (stream) => (headOf.get(stream) as HashRow | undefined)?.hash ?? null,
    take: ({ leaves, heads, tree: grown, last }) =>
      inTransaction(() => {
        const first = grown.size - leaves.length
        for (const [index, leaf] of leaves.entries()) insertLeaf.run(first + index, leaf)
        for (const [stream, leaf] of heads) keepHead.run(stream, leaf)
        keepTree.run(grown.size, grown.save(), last.position, last.id)
      }),
    leaves: (start, end) => {
      const rows = range.all(start, end) as (HashRow & { place: number })[]
      const bad = rows.findIndex(
        ({ place, hash }, index) => place !== start + index || hash.length !== HASH_BYTES,
      )
      return rows.slice(0, bad < 0 ? rows.length : bad).map(({ hash }) => hash)
    },
    checked: () => (checked.get() as { checkpoint: string } | undefined)?.checkpoint ?? null,
    keepChecked: (checkpoint) => keepChecked.run(checkpoint),
    clear: () =>
      inTransaction(() =>
        database.exec('DELETE FROM leaves; DELETE FROM heads; DELETE FROM tree; DELETE FROM checked'),
      ),
    close: () => database.close(),
  }
}

type HashRow = { readonly hash: Uint8Array }
type TreeRow = {
  readonly size: number
  readonly frontier: Uint8Array
  readonly position: string
  readonly last_id: string
}

const PAGE_LEAVES = 4_096

/** All leaves up to `size`, page by page. */
export async function* leavesOf(
  file: LedgerFile,
  size: number,
): AsyncGenerator<Uint8Array[], void, undefined> {
  for (let start = 0; start < size; start += PAGE_LEAVES) {
    yield file.leaves(start, Math.min(start + PAGE_LEAVES, size))
    await new Promise<void>((resolve) => setImmediate(resolve))
  }
}
