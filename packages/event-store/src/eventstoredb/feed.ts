import { setTimeout as delay } from 'node:timers/promises'
import { type AllStreamResolvedEvent, type EventStoreDBClient, eventTypeFilter } from '@eventstore/db-client'
import type { StoredEvent } from '../codec/encoded-event.ts'
import { EventStoreError } from '../event-store-error.ts'
import { pauseMilliseconds, TURNS_TO_LEADER } from './calls.ts'
import type { Connection } from './connection.ts'
import { failureOf } from './failure.ts'
import { fromPosition, type LogPlace } from './position.ts'
import { fromServer, placeOf } from './stored-event.ts'

export type Feed = {
  /** Where the last event of ours lies that was handed on; null: none yet. */
  readonly position: () => string | null
  /** Resolves once all up to `position` was handed on; rejects when the feed is stopped first. */
  readonly reached: (position: string) => Promise<void>
  /** As often as it had to subscribe anew. */
  readonly resubscribed: () => number
  readonly stop: () => Promise<void>
}

export type FeedOptions = {
  readonly connection: Connection
  /** Begins just after this; null: at the log's beginning. */
  readonly after: string | null
  /** Batches in log order, each event once, each batch awaited before the next. */
  readonly onEvents: (events: readonly StoredEvent[]) => Promise<void>
  /** `onEvents` threw; the feed has stopped. */
  readonly onFailure: (error: unknown) => void
  /** A subscription that the server has not confirmed by then is begun anew on a new client. Default 2,000. */
  readonly confirmWithinMilliseconds?: number
}

const NOT_LEADER = 'NOT_LEADER'

/** Events read ahead of `onEvents`; the server is held back past that. */
const READ_AHEAD = 2_000

/**
 * The one subscription to `$all` of a process. It follows without end: after an error, a clean end by the server, a
 * replaced client or no confirmation it subscribes anew from where it was, with growing pauses. Much of that is no
 * trouble: the server drops a live subscription (ABORTED) that does not keep up with a large append.
 */
export const startFeed = (options: FeedOptions): Feed => {
  const { connection, onEvents, confirmWithinMilliseconds = 2_000 } = options
  let position = options.after
  /** Where to subscribe anew: past the server's own events too. */
  let resumeAt: LogPlace | null = position === null ? null : fromPosition(position)
  let resubscribed = 0
  const stopping = new AbortController()
  const stopped = (): boolean => stopping.signal.aborted
  let waiters: {
    readonly position: string
    readonly resolve: () => void
    readonly reject: (e: Error) => void
  }[] = []

  const tellWaiters = (): void => {
    if (waiters.length === 0) return
    const at = position ?? ''
    const due = waiters.filter((waiter) => waiter.position <= at)
    waiters = waiters.filter((waiter) => waiter.position > at)
    for (const { resolve } of due) resolve()
  }

  /** Hands on what is new in `read`; a resumed subscription may bring again what was read before. */
  const handOn = async (read: readonly AllStreamResolvedEvent[]): Promise<void> => {
    const fresh: StoredEvent[] = []
    let place: LogPlace | null = null
    let last = position
    for (const { event } of read) {
      if (event === undefined) continue
      place = placeOf(event) ?? place
      const stored = fromServer(event)
      if (stored === null || (last !== null && stored.placement.position <= last)) continue
      last = stored.placement.position
      fresh.push(stored)
    }
    if (fresh.length > 0) await onEvents(fresh)
    position = last
    if (place !== null && (resumeAt === null || place.commit > resumeAt.commit)) resumeAt = place
    tellWaiters()
  }

  /** Resolves with why the subscription is over; rejects with what `onEvents` threw. */
  const follow = (client: EventStoreDBClient, onConfirmed: () => void): Promise<string> =>
    new Promise((resolve, reject) => {
      const subscription = client.subscribeToAll({
        fromPosition: resumeAt ?? 'start',
        requiresLeader: true,
        filter: eventTypeFilter({
          regex: '^[^$].*',
          checkpointReached: (_subscription, place) => {
            // What was read before the checkpoint may still wait: only then may the checkpoint be skipped to.
            if (read.length === 0 && !handing && (resumeAt === null || place.commit > resumeAt.commit)) {
              resumeAt = place
            }
          },
        }),
      })
      let read: AllStreamResolvedEvent[] = []
      let handing = false
      let over = false
      const confirming = setTimeout(() => finish('NOT_CONFIRMED'), confirmWithinMilliseconds)
      const forget = connection.onReplaced(() => finish('CLIENT_REPLACED'))
      const stop = () => finish('STOPPED')
      stopping.signal.addEventListener('abort', stop)

      const settle = (settled: () => void): void => {
        if (over) return
        over = true
        clearTimeout(confirming)
        forget()
        stopping.signal.removeEventListener('abort', stop)
        subscription.unsubscribe().catch(() => undefined)
        settled()
      }
      const finish = (reason: string): void => settle(() => resolve(reason))

      const work = async (): Promise<void> => {
        handing = true
        while (read.length > 0 && !over) {
          const batch = read
          read = []
          subscription.resume()
          await handOn(batch)
        }
        handing = false
      }
      subscription.on('confirmation', () => {
        clearTimeout(confirming)
        connection.answered(client)
        onConfirmed()
      })
      subscription.on('data', (event) => {
        if (over) return
        read.push(event)
        if (read.length >= READ_AHEAD) subscription.pause()
        if (handing) return
        handing = true
        setImmediate(() => void work().catch((error: unknown) => settle(() => reject(error))))
      })
      // Stays on after the end: an error that nobody listens to would end the process.
      subscription.on('error', (error: unknown) => {
        const failure = failureOf(error)
        finish('reason' in failure ? failure.reason : failure.kind === 'notLeader' ? NOT_LEADER : 'REFUSED')
      })
      subscription.on('end', () => finish('ENDED_BY_SERVER'))
      subscription.on('close', () => finish('ENDED_BY_SERVER'))
    })

  const run = async (): Promise<void> => {
    let tries = 0
    while (!stopped()) {
      const client = connection.client()
      let confirmed = false
      const reason = await follow(client, () => {
        confirmed = true
      })
      if (stopped()) return
      resubscribed += 1
      tries = confirmed ? 1 : tries + 1
      // Told who leads, the client turns there by itself; but not without end.
      if (!confirmed && (reason !== NOT_LEADER || tries % TURNS_TO_LEADER === 0)) {
        connection.replace(client, `FEED_${reason}`)
      }
      await delay(pauseMilliseconds(tries), undefined, { signal: stopping.signal }).catch(() => undefined)
    }
  }
  const ended = run().catch((error: unknown) => {
    stopping.abort()
    options.onFailure(error)
  })

  const rejectWaiters = (): void => {
    for (const { reject } of waiters) reject(new EventStoreError('STORE_CLOSED', { reason: 'CLOSED' }))
    waiters = []
  }
  void ended.then(rejectWaiters)

  return {
    position: () => position,
    reached: (wanted) =>
      new Promise((resolve, reject) => {
        if (position !== null && wanted <= position) return resolve()
        if (stopped()) return reject(new EventStoreError('STORE_CLOSED', { reason: 'CLOSED' }))
        waiters.push({ position: wanted, resolve, reject })
      }),
    resubscribed: () => resubscribed,
    stop: async () => {
      stopping.abort()
      await ended
    },
  }
}
