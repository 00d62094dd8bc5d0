import type { AllStreamResolvedEvent, EventStoreDBClient, ResolvedEvent } from '@eventstore/db-client'
import type { StoredEvent } from '../codec/encoded-event.ts'
import { type Calls, ServerRefusal } from './calls.ts'
import type { Connection } from './connection.ts'
import type { Gate } from './gate.ts'
import type { LogPlace } from './position.ts'
import { fromServer, placeOf, type ServerEvent } from './stored-event.ts'

type Direction = 'forwards' | 'backwards'

export type ServerPage = {
  /** Events of ours, in the order read. */
  readonly events: readonly StoredEvent[]
  /** Where the last event read lies, ours or not; null: none was read. */
  readonly last: LogPlace | null
  /** Nothing follows. */
  readonly atEnd: boolean
}

export type AllPage = {
  /** Forwards the first event is the one that lies there, backwards the one before it. */
  readonly from: LogPlace | 'start' | 'end'
  readonly direction: Direction
  /** Events read at most, of ours and others together. */
  readonly count: number
}

export type StreamPage = {
  readonly stream: string
  /** Inclusive. */
  readonly from: bigint | 'start' | 'end'
  readonly direction: Direction
  readonly count: number
}

export type ServerPages = {
  readonly all: (page: AllPage) => Promise<ServerPage>
  readonly stream: (page: StreamPage) => Promise<ServerPage>
}

/** A page ends early past this, so that many large events do not fill the memory. */
const PAGE_BYTES = 1024 * 1024

/**
 * Reads pages off the leader, so that an acknowledged event is in the next page read. Each page is a call of its own, made
 * again when it stays without an answer; `gate` keeps their number far below the hundred streams that a connection bears.
 */
export const createServerPages = (connection: Connection, calls: Calls, gate: Gate): ServerPages => {
  const read = (open: (client: EventStoreDBClient) => ServerRead, count: number): Promise<ServerPage> =>
    gate.run(async () => {
      try {
        return await calls.answered(async (client) => {
          const page = await collect(open(client), count)
          // The reads of a replaced client are cancelled, which looks like the end of what there is to read.
          if (page.atEnd && connection.client() !== client) throw new ReadCancelled()
          return page
        })
      } catch (error) {
        if (error instanceof ServerRefusal && error.failure.kind === 'notFound') {
          return { events: [], last: null, atEnd: true }
        }
        throw error
      }
    })
  return {
    all: ({ from, direction, count }) =>
      read(
        (client) => client.readAll({ fromPosition: from, direction, maxCount: count, requiresLeader: true }),
        count,
      ),
    stream: ({ stream, from, direction, count }) =>
      read(
        (client) =>
          client.readStream(stream, { fromRevision: from, direction, maxCount: count, requiresLeader: true }),
        count,
      ),
  }
}

class ReadCancelled extends Error {
  override readonly name = 'ReadCancelled'
  readonly type = 'read-cancelled'
}

type ServerRead = ReturnType<EventStoreDBClient['readAll']> | ReturnType<EventStoreDBClient['readStream']>

const collect = (reading: ServerRead, count: number): Promise<ServerPage> =>
  new Promise((resolve, reject) => {
    const events: StoredEvent[] = []
    let last: LogPlace | null = null
    let read = 0
    let bytes = 0
    const finish = (atEnd: boolean): void => {
      resolve({ events, last, atEnd })
      // Neither a read left in the middle nor one that failed ends by itself on the server.
      if (!atEnd) reading.cancel().catch(() => undefined)
    }
    reading.on('data', ({ event }: AllStreamResolvedEvent | ResolvedEvent) => {
      if (bytes >= PAGE_BYTES) return
      read += 1
      if (event === undefined) return
      last = placeOf(event as ServerEvent) ?? last
      const stored = fromServer(event as ServerEvent)
      if (stored === null) return
      events.push(stored)
      bytes += stored.encoded.data.length + stored.encoded.metadata.length
      if (bytes >= PAGE_BYTES) finish(false)
    })
    // Stays on: an error that comes after the page is of no concern, and without a listener it would end the process.
    reading.on('error', reject)
    reading.on('end', () => finish(read < count))
  })
