import type { RecordedEvent } from '@centralino/domain'
import { ChangeListeners } from './change-listeners.ts'
import type { ProjectorStatistics } from './projector/projector.ts'
import { queriesBy } from './query-names.ts'
import type { ReadModels } from './read-models.ts'
import type { ApplyAnswer, ReaderRequest, WriterRequest } from './worker/protocol.ts'
import { WorkerClient } from './worker/worker-client.ts'

/** Batches that may wait for the writing worker. The hub awaits each, so more than one is already unusual. */
const WAITING_BATCHES = 64
/** Questions that may wait for the reading worker. */
const WAITING_QUERIES = 2_000
/** Longer batches are cut: a transaction of this many events takes the writing worker some 10 to 50 ms. */
const EVENTS_PER_TRANSACTION = 1_000

export type OpenOptions = {
  /** The database file; made when missing, with `-wal`, `-shm` and `.owner` beside it. */
  readonly path: string
  /** What a listener of `onChange` threw. Default: nothing. */
  readonly onListenerError?: (error: unknown) => void
}

/**
 * Opens the read models for the hub: one worker thread folds, another answers on a connection of its own, so that neither the
 * hub's event loop nor a question waits for a batch. A question asked after `apply` resolved sees what it wrote. Throws and
 * rejects with a `ReadModelsError`.
 */
export const openReadModels = async (options: OpenOptions): Promise<ReadModels> => {
  const { path } = options
  const listeners = new ChangeListeners(options.onListenerError ?? (() => undefined))
  const writer = new WorkerClient<WriterRequest>(
    new URL('./worker/writer-worker.ts', import.meta.url),
    WAITING_BATCHES,
  )
  const reader = new WorkerClient<ReaderRequest>(
    new URL('./worker/reader-worker.ts', import.meta.url),
    WAITING_QUERIES,
  )
  // The reader goes first: the file's last connection to close, the writer's, tidies up the write-ahead log.
  const close = async () => {
    await reader.close({ kind: 'close' })
    await writer.close({ kind: 'close' })
  }
  try {
    await writer.ask({ kind: 'open', path })
    await reader.ask({ kind: 'open', path })
  } catch (error) {
    await close()
    throw error
  }

  const applySome = async (events: readonly RecordedEvent[]) => {
    const change = (await writer.ask({ kind: 'apply', events })) as ApplyAnswer
    if (change !== null) listeners.tell(change)
  }

  return {
    checkpoint: () => writer.ask({ kind: 'checkpoint' }) as Promise<string | null>,
    statistics: () => writer.ask({ kind: 'statistics' }) as Promise<ProjectorStatistics>,
    async apply(events) {
      for (let from = 0; from < events.length; from += EVENTS_PER_TRANSACTION)
        await applySome(events.slice(from, from + EVENTS_PER_TRANSACTION))
    },
    onChange: (listener) => listeners.add(listener),
    ...queriesBy((name, parameters) => reader.ask({ kind: 'query', name, parameters })),
    [Symbol.asyncDispose]: close,
  }
}
