import { BundleError } from '../bundle/bundle-error.ts'
import type { LogLoader } from '../bundle/log-loader.ts'
import { MAX_APPEND_BYTES, MAX_APPEND_EVENTS } from '../codec/encode-append.ts'
import type { StoredEvent } from '../codec/encoded-event.ts'
import { createCalls, type Patience, ServerRefusal } from './calls.ts'
import { createConnection } from './connection.ts'
import { createEventStoreDbEventStore } from './create-eventstoredb-event-store.ts'
import { toServer } from './stored-event.ts'

/**
 * Loads a log into a cluster that has none of ours. One append after the other, since the server keeps appends in the order that
 * they reach it and a repeated one would come late; events that follow each other in one stream go together. Each is at an
 * explicit revision, so that it is safe to send again. When an event was recorded goes into its envelope, as the server's own
 * time is the load's.
 */
export const createEventStoreDbLogLoader = (options: {
  readonly url: string
  readonly patience?: Patience
}): LogLoader => {
  const connection = createConnection(options.url)
  const calls = createCalls(connection, options.patience)

  const append = async (run: readonly StoredEvent[]): Promise<void> => {
    const first = run[0]?.placement
    if (first === undefined) return
    const { stream, revision } = first
    try {
      await calls.answered((client) =>
        client.appendToStream(
          stream,
          run.map(({ encoded, placement }) => toServer(encoded, placement.recordedAt)),
          { expectedRevision: revision === 0n ? 'no_stream' : revision - 1n, requiresLeader: true },
        ),
      )
    } catch (error) {
      if (error instanceof ServerRefusal) throw new BundleError('STORE_IN_USE', { stream }, { cause: error })
      throw error
    }
  }

  return {
    loaded: async function* () {
      await using reading = await createEventStoreDbEventStore({ ...options, readOnly: true })
      yield* reading.readStored(null)
    },
    load: async (events) => {
      for (const run of runsOf(events)) await append(run)
    },
    finish: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => connection.close(),
  }
}

/** Events that follow each other in one stream, as many as an append takes. */
const runsOf = (events: readonly StoredEvent[]): readonly (readonly StoredEvent[])[] => {
  const runs: StoredEvent[][] = []
  let bytes = 0
  for (const event of events) {
    const run = runs.at(-1)
    const before = run?.at(-1)?.placement
    const size = Buffer.byteLength(event.encoded.data) + Buffer.byteLength(event.encoded.metadata)
    bytes += size
    if (
      run !== undefined &&
      before?.stream === event.placement.stream &&
      before.revision + 1n === event.placement.revision &&
      run.length < MAX_APPEND_EVENTS &&
      bytes <= MAX_APPEND_BYTES
    ) {
      run.push(event)
      continue
    }
    runs.push([event])
    bytes = size
  }
  return runs
}
