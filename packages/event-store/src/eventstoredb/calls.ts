import { setTimeout as delay } from 'node:timers/promises'
import type { EventStoreDBClient } from '@eventstore/db-client'
import { EventStoreError } from '../event-store-error.ts'
import type { Connection } from './connection.ts'
import { failureOf, type ServerFailure, TimedOut } from './failure.ts'

/** What the server answered, where that is no success and asking again would not change it. */
export class ServerRefusal extends Error {
  override readonly name = 'ServerRefusal'
  readonly failure: Extract<ServerFailure, { kind: 'conflict' | 'notFound' }>

  constructor(failure: ServerRefusal['failure']) {
    super(failure.kind)
    this.failure = failure
  }
}

export type Calls = {
  /**
   * Runs `call` until the server has answered it: again when it gave no answer, on a new client. What it calls must be
   * safe to repeat. Throws a `ServerRefusal`, or `STORE_UNAVAILABLE` once patience is out or when it is refused.
   */
  readonly answered: <T>(call: (client: EventStoreDBClient) => Promise<T>) => Promise<T>
  readonly repeated: () => number
}

export type Patience = {
  /** For one try. The server gives up on a write by itself after 2 s. Default 2,500. */
  readonly tryMilliseconds?: number
  /** For a try on a client that has never been answered: a frozen server takes connections and says nothing. Default 1,000. */
  readonly firstTryMilliseconds?: number
  /** For all tries of a call together. Default 15,000; `Infinity` for one that waits for a server as long as it takes. */
  readonly callMilliseconds?: number
}

export const CALL_MILLISECONDS = 15_000
const SHORTEST_PAUSE_MILLISECONDS = 10
const LONGEST_PAUSE_MILLISECONDS = 250
/** As often in a row the client may turn to the leader by itself before it is replaced. */
export const TURNS_TO_LEADER = 3

/** `isAbandoned` ends the tries of who waits without end. */
export const createCalls = (
  connection: Connection,
  patience: Patience = {},
  isAbandoned: () => boolean = () => false,
): Calls => {
  const {
    tryMilliseconds = 2_500,
    firstTryMilliseconds = 1_000,
    callMilliseconds = CALL_MILLISECONDS,
  } = patience
  let repeated = 0
  const limitOf = (client: EventStoreDBClient): number =>
    connection.lastAnswer(client) === null ? Math.min(firstTryMilliseconds, tryMilliseconds) : tryMilliseconds

  return {
    repeated: () => repeated,
    answered: async (call) => {
      const until = performance.now() + callMilliseconds
      let turns = 0
      let silences = 0
      for (let tries = 1; ; tries += 1) {
        const client = connection.client()
        const began = performance.now()
        let reason: string
        try {
          const answer = await within(limitOf(client), call(client))
          connection.answered(client)
          return answer
        } catch (error) {
          const failure = failureOf(error)
          switch (failure.kind) {
            case 'conflict':
            case 'notFound':
              connection.answered(client)
              throw new ServerRefusal(failure)
            case 'refused':
              throw new EventStoreError('STORE_UNAVAILABLE', { reason: failure.reason })
            case 'notLeader':
              reason = 'NOT_LEADER'
              turns += 1
              if (turns % TURNS_TO_LEADER === 0) connection.replace(client, reason)
              break
            case 'noAnswer':
              reason = failure.reason
              if (error instanceof TimedOut) {
                silences += 1
                // Others are answered on it: a slow call, or a stuck stream. Once more before all the others lose theirs.
                if (silences === 1 && (connection.lastAnswer(client) ?? 0) > began) break
              }
              connection.replace(client, reason)
          }
        }
        const pause = pauseMilliseconds(tries)
        if (isAbandoned()) throw new EventStoreError('STORE_CLOSED', { reason: 'CLOSED' })
        if (performance.now() + pause > until) throw new EventStoreError('STORE_UNAVAILABLE', { reason })
        repeated += 1
        await delay(pause)
      }
    },
  }
}

/** Settles as `promise` does, or rejects with {@link TimedOut}; the promise may then settle unheard. */
export const within = <T>(milliseconds: number, promise: Promise<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new TimedOut()), milliseconds)
    promise.then(resolve, reject).finally(() => clearTimeout(timer))
  })

/** Doubled with each try, with chance in it, so that many callers do not come all at once. */
export const pauseMilliseconds = (tries: number): number =>
  Math.min(SHORTEST_PAUSE_MILLISECONDS * 2 ** tries, LONGEST_PAUSE_MILLISECONDS) * (0.5 + Math.random() / 2)
