import { setTimeout as delay } from 'node:timers/promises'
import { EventStoreDBClient } from '@eventstore/db-client'
import { EventStoreError } from '../event-store-error.ts'
import { connectionString } from './connection-string.ts'

/** The one client of the store, and its replacement when nothing comes from it any more. */
export type Connection = {
  readonly client: () => EventStoreDBClient
  /** A new client in the place of `failed`, unless it was replaced already. */
  readonly replace: (failed: EventStoreDBClient, reason: string) => void
  /** Calls `listener` after each replacement, until the returned function is called. */
  readonly onReplaced: (listener: () => void) => () => void
  /** Tells that the server has answered through `client`. */
  readonly answered: (client: EventStoreDBClient) => void
  /** When the server answered through `client` last, by `performance.now()`; null: never, or it was replaced. */
  readonly lastAnswer: (client: EventStoreDBClient) => number | null
  readonly health: () => {
    readonly answering: boolean
    readonly reconnects: number
    readonly lastTrouble: string | null
  }
  readonly close: () => Promise<void>
}

const DISPOSE_WITHIN_MILLISECONDS = 500

/** Throws `ADAPTER_MISSING` for a URL that the client cannot read. Connects with the first call only. */
export const createConnection = (url: string): Connection => {
  const listeners = new Set<() => void>()
  let generation = 0
  let current = createClient(url, generation)
  let lastAnswer: number | null = null
  let lastTrouble: string | null = null

  return {
    client: () => current,
    replace: (failed, reason) => {
      if (failed !== current) return
      generation += 1
      lastAnswer = null
      lastTrouble = reason
      current = createClient(url, generation)
      // Never awaited: on a stuck stream it does not settle.
      failed.dispose().catch(() => undefined)
      for (const listener of listeners) listener()
    },
    onReplaced: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    answered: (client) => {
      if (client === current) lastAnswer = performance.now()
    },
    lastAnswer: (client) => (client === current ? lastAnswer : null),
    health: () => ({ answering: lastAnswer !== null, reconnects: generation, lastTrouble }),
    close: async () => {
      const disposed = current.dispose().catch(() => undefined)
      await Promise.race([disposed, delay(DISPOSE_WITHIN_MILLISECONDS, undefined, { ref: false })])
    },
  }
}

const createClient = (url: string, generation: number): EventStoreDBClient => {
  try {
    return EventStoreDBClient.connectionString(connectionString(url, generation))
  } catch (error) {
    if (error instanceof EventStoreError) throw error
    // The client's message repeats the string, and a password may stand in it.
    throw new EventStoreError('ADAPTER_MISSING', {
      scheme: url.split(':')[0] ?? '',
      reason: 'not a connection string that the client reads: esdb://host:2113,host:2113?tls=true',
    })
  }
}
