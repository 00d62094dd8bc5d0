import type { RecordedEvent } from '@centralino/domain'
import type { StoredEvent } from '../codec/encoded-event.ts'
import { EventStoreError } from '../event-store-error.ts'
import { createTail, type Tail } from '../subscription/tail.ts'
import { within } from './calls.ts'
import type { Connection } from './connection.ts'
import { type EventIds, openEventIds } from './event-ids/open-event-ids.ts'
import { TimedOut } from './failure.ts'
import { type Feed, startFeed } from './feed.ts'
import { createKnownEvents, type KnownEvents } from './known-events.ts'
import type { ServerPages } from './server-pages.ts'
import { startWatch } from './watch.ts'

/** What a process knows of the log by following it: the newest events, and the place of each id. */
export type FollowedServerLog = {
  readonly known: KnownEvents
  /** The last position brought; null: the log was empty up to now. */
  readonly head: () => string | null
  /** What follows `after`, from memory; null when it has to be read. */
  readonly recent: Tail['after']
  readonly onCommit: (wake: () => void) => () => void
  /** Resolves once all up to a position was brought, however long that takes. */
  readonly reached: Feed['reached']
  readonly resubscribed: Feed['resubscribed']
  readonly close: () => Promise<void>
}

export type FollowLogOptions = {
  readonly connection: Connection
  readonly pages: ServerPages
  readonly eventIdsPath: string
  readonly watchEveryMilliseconds: number
  /** For what the feed is still to bring. */
  readonly patienceMilliseconds: number
  readonly decode: (event: StoredEvent) => RecordedEvent
  readonly endOfLog: () => Promise<string | null>
  /** What is known is no longer whole; nothing may be built on it. */
  readonly onFailure: (error: unknown) => void
}

/** Resolves once everything is known that was in the log at the call: the first time on a machine that is a whole scan. */
export const followLog = async (options: FollowLogOptions): Promise<FollowedServerLog> => {
  const { connection, pages, endOfLog, onFailure } = options
  const listeners = new Set<() => void>()
  const ids = await openEventIds(options.eventIdsPath, onFailure)
  let feed: Feed | null = null
  let head: string | null = null
  try {
    const after = await resumeFrom(ids, pages)
    head = after
    /** The feed comes back by itself, but who appends is told once patience is out. */
    const upTo = async (position: string): Promise<void> => {
      try {
        await within(options.patienceMilliseconds, started.reached(position))
      } catch (error) {
        if (!(error instanceof TimedOut)) throw error
        throw new EventStoreError('STORE_UNAVAILABLE', { reason: 'FEED_BEHIND' })
      }
    }
    const known = createKnownEvents({ ids, pages, onFailure, upTo })
    const tail = createTail({
      decode: (encoded, placement) => options.decode({ encoded, placement }),
      head: after,
    })
    const started = startFeed({
      connection,
      after,
      onEvents: async (events) => {
        for (const { encoded, placement } of events) tail.push(encoded, placement)
        head = events.at(-1)?.placement.position ?? head
        await known.brought(events)
        for (const wake of listeners) wake()
      },
      onFailure,
    })
    feed = started
    const end = await endOfLog()
    if (end !== null) await started.reached(end)
    const { watchEveryMilliseconds: everyMilliseconds } = options
    const watch = startWatch({ connection, pages, feed: started, everyMilliseconds })

    return {
      known,
      head: () => head,
      recent: tail.after,
      onCommit: (wake) => {
        listeners.add(wake)
        return () => listeners.delete(wake)
      },
      reached: started.reached,
      resubscribed: started.resubscribed,
      close: async () => {
        await watch.stop()
        await started.stop()
        await ids.close()
      },
    }
  } catch (error) {
    await feed?.stop()
    await ids.close()
    throw error
  }
}

/** The index may be of another cluster, or the cluster may have been put back from a backup: then it begins anew. */
const resumeFrom = async (ids: EventIds, pages: ServerPages): Promise<string | null> => {
  const newest = await ids.newest()
  if (newest === null) return null
  const { stream, revision, id, position } = newest
  const { events } = await pages.stream({ stream, from: revision, direction: 'forwards', count: 1 })
  const [there] = events
  if (there?.encoded.id === id && there.placement.position === position) return position
  await ids.clear()
  return null
}
