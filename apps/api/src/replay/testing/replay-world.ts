import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Instant, NewEvent, RecordedEvent } from '@centralino/domain'
import { createSqliteEventStore, type EventStore } from '@centralino/event-store'
import { createCommandHandlers } from '../../commands/command-handlers.ts'
import { parseConfig } from '../../config.ts'
import { createReplays, type Replays, type ReplaysOptions } from '../replays.ts'

export type ReplayWorld = AsyncDisposable & {
  readonly store: EventStore
  readonly replays: Replays
  readonly folder: string
  /** Everything in the log, in its order. */
  log(): Promise<readonly RecordedEvent[]>
  endSession(sessionId: string): void
}

/** A log on disk with these events, and replays of it in their own worker. */
export const replayWorld = async (
  events: Iterable<RecordedEvent>,
  options: Partial<ReplaysOptions> = {},
): Promise<ReplayWorld> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-replay-'))
  const path = join(folder, 'log.db')
  const store = await createSqliteEventStore({ path })
  for (const event of events) await store.append(event.stream, 'any', [newEvent(event)])
  const ended = new Set<(sessionId: string) => void>()
  const replays = await createReplays({
    audit: createCommandHandlers(store).audit,
    config: parseConfig({ HUB_DATA_DIR: folder, EVENT_STORE_URL: `sqlite:${path}` }),
    folder: join(folder, 'replay'),
    ledgerPath: join(folder, 'ledger.db'),
    timeZone: 'Europe/Rome',
    now: () => new Date().toISOString() as Instant,
    onSessionEnded: (listener) => {
      ended.add(listener)
      return () => ended.delete(listener)
    },
    onFailure: (error) => {
      throw error
    },
    ...options,
  })
  return {
    store,
    replays,
    folder,
    log: async () => {
      const all: RecordedEvent[] = []
      for await (const event of store.readAll()) all.push(event)
      return all
    },
    endSession: (sessionId) => {
      for (const listener of ended) listener(sessionId)
    },
    [Symbol.asyncDispose]: async () => {
      await replays[Symbol.asyncDispose]()
      await store[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const newEvent = ({ id, type, schemaVersion, data, metadata }: RecordedEvent): NewEvent => ({
  id,
  type,
  schemaVersion,
  data,
  metadata,
})
