import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EventStore } from '../event-store.ts'
import { createSqliteEventStore, type SqliteEventStoreOptions } from '../sqlite/create-sqlite-event-store.ts'

export type TemporaryEventStore = EventStore & {
  /** The log's file, in a folder of its own that goes with the store. */
  readonly path: string
}

/** A real event store on a file of its own; disposing it closes it and removes the file. For tests. */
export const temporaryEventStore = async (
  options: Omit<SqliteEventStoreOptions, 'path'> = {},
): Promise<TemporaryEventStore> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-log-'))
  const path = join(folder, 'log.db')
  const store = await createSqliteEventStore({ ...options, path })
  return {
    ...store,
    path,
    [Symbol.asyncDispose]: async () => {
      await store[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
