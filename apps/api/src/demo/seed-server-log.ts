import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { RecordedEvent } from '@centralino/domain'
import { type EventStore, openEventStore } from '@centralino/event-store'
import { type SeedOptions, seedLogFile } from './seed-log.ts'

export type SeededServerLog = {
  /** The position of its end. */
  readonly end: string
  /** Everything that hangs on the end is kept: the demo is not told again. */
  readonly done: () => Promise<void>
}

/**
 * Tells the demo into the empty log of a server; null when there is a log already. It is made in a file first, `path`, and
 * carried over from there: a server's log cannot be renamed into its place, but the file stays until all is there, and
 * carrying an event twice makes one.
 */
export const seedServerLog = async (
  store: EventStore,
  path: string,
  options: SeedOptions,
): Promise<SeededServerLog | null> => {
  if (!existsSync(path)) {
    if (!(await isEmpty(store))) return null
    await seedLogFile(path, options)
  }
  let end = ''
  {
    await using made = await openEventStore(`sqlite:${path}`, { readOnly: true })
    for await (const event of made.readAll()) end = await carryOver(event, store)
  }
  return {
    end,
    done: async () => {
      for (const file of [path, `${path}-wal`, `${path}-shm`, `${path}-lock`]) await rm(file, { force: true })
    },
  }
}

const isEmpty = async (store: EventStore): Promise<boolean> => {
  for await (const _event of store.readAll({ limit: 1 })) return false
  return true
}

const carryOver = async (recorded: RecordedEvent, store: EventStore): Promise<string> => {
  const { stream, revision, position: _position, recordedAt: _recordedAt, ...event } = recorded
  const { position } = await store.append(stream, revision === 0n ? 'noStream' : revision - 1n, [event])
  return position
}
