import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { RecordedEvent } from '@centralino/domain'
import { Projector } from '../projector/projector.ts'
import { kyselyOver } from '../read-model-store/node-sqlite-dialect.ts'
import { takeOwnership } from '../read-model-store/owner-lock.ts'

/** A row that many events change between two commits is written once; about 20 MB of rows. */
const EVENTS_PER_TRANSACTION = 20_000

export type BuildOptions = {
  /** The log from its beginning, in order, page by page: each is folded while the next is read. */
  readonly pages: AsyncIterable<readonly RecordedEvent[]>
  /** The new file. What an interrupted build left there is removed. */
  readonly path: string
  /** Position of the last event to fold in; left out: all. */
  readonly until?: string | undefined
  /** Called after each transaction with the number of events so far. */
  readonly onProgress?: ((events: number) => void) | undefined
}

export type Built = { readonly events: number; readonly position: string | null }

/** The database's own files beside it. */
export const companions = (path: string): readonly string[] => [
  `${path}-wal`,
  `${path}-shm`,
  `${path}-journal`,
]

/**
 * Folds the log into read models in a file of their own. Runs in the calling thread and keeps it busy for up to 200 ms at a time: for
 * a process of its own, not for the hub. Nothing is safe against a crash until the end, when all is on disk.
 */
export const buildBeside = async (options: BuildOptions): Promise<Built> => {
  const { pages, path, until, onProgress } = options
  const lock = takeOwnership(path)
  try {
    for (const file of [path, ...companions(path)]) rmSync(file, { force: true })
    const database = new DatabaseSync(path)
    let events = 0
    let position: string | null
    try {
      // Nothing is ever rolled back: what was not built to its end is thrown away.
      database.exec('pragma journal_mode = off')
      database.exec('pragma synchronous = off')
      database.exec('pragma locking_mode = exclusive')
      database.exec('pragma cache_size = -262144')
      const projector = new Projector(database, kyselyOver(database))
      let uncommitted = 0
      for await (const page of pages) {
        const within = until === undefined ? page : page.filter((event) => event.position <= until)
        projector.fold(within)
        events += within.length
        uncommitted += within.length
        if (uncommitted >= EVENTS_PER_TRANSACTION) {
          projector.commit()
          uncommitted = 0
          onProgress?.(events)
        }
        if (within.length < page.length) break
      }
      projector.commit()
      onProgress?.(events)
      position = projector.checkpoint
    } finally {
      database.close()
    }
    toDisk(path)
    return { events, position }
  } finally {
    lock.release()
    rmSync(`${path}.owner`, { force: true })
  }
}

const toDisk = (path: string) => {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
