import { closeSync, fsyncSync, openSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import type { RecordedEvent } from '@centralino/domain'
import { Projector } from '../projector/projector.ts'
import { kyselyOver } from '../read-model-store/node-sqlite-dialect.ts'
import { takeOwnership } from '../read-model-store/owner-lock.ts'

/** A row that many events of a batch change is written once; about 5 MB of events. */
const EVENTS_PER_TRANSACTION = 5_000

export type BuildOptions = {
  /** The log from its beginning, in order. */
  readonly readAll: AsyncIterable<RecordedEvent>
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
 * Folds the log into read models in a file of their own. Runs in the calling thread and keeps it busy for 50 to 100 ms at a time: for
 * a process of its own, not for the hub. Nothing is safe against a crash until the end, when all is on disk.
 */
export const buildBeside = async (options: BuildOptions): Promise<Built> => {
  const { readAll, path, until, onProgress } = options
  const lock = takeOwnership(path)
  try {
    for (const file of [path, ...companions(path)]) rmSync(file, { force: true })
    const database = new DatabaseSync(path)
    let events = 0
    let position: string | null
    try {
      database.exec('pragma journal_mode = memory')
      database.exec('pragma synchronous = off')
      database.exec('pragma locking_mode = exclusive')
      database.exec('pragma cache_size = -262144')
      const projector = new Projector(database, kyselyOver(database))
      for await (const batch of batches(readAll, until)) {
        projector.apply(batch)
        events += batch.length
        onProgress?.(events)
      }
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

async function* batches(
  events: AsyncIterable<RecordedEvent>,
  until: string | undefined,
): AsyncIterable<readonly RecordedEvent[]> {
  let batch: RecordedEvent[] = []
  for await (const event of events) {
    if (until !== undefined && event.position > until) break
    batch.push(event)
    if (batch.length === EVENTS_PER_TRANSACTION) {
      yield batch
      batch = []
    }
  }
  if (batch.length > 0) yield batch
}

const toDisk = (path: string) => {
  const file = openSync(path, 'r+')
  try {
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}
