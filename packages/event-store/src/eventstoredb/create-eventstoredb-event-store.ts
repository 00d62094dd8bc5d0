import type { EventId, NewEvent, RecordedEvent } from '@centralino/domain'
import { createDecoder } from '../codec/decode-event.ts'
import { encodeAppend } from '../codec/encode-append.ts'
import type { StoredEvent } from '../codec/encoded-event.ts'
import { createOneAtATime } from '../command-handling/one-at-a-time.ts'
import type { Appended, EventStore, ExpectedRevision } from '../event-store.ts'
import { EventStoreError } from '../event-store-error.ts'
import { type FollowedLog, type RunningSubscription, startSubscription } from '../subscription/subscribe.ts'
import { eventTypes } from '../upcasting/event-types.ts'
import type { Upcast } from '../upcasting/upcasting.ts'
import { createAdmission } from './admission.ts'
import { createAppend } from './append.ts'
import { CALL_MILLISECONDS, createCalls, type Patience } from './calls.ts'
import { createConnection } from './connection.ts'
import { type FollowedServerLog, followLog } from './follow-log.ts'
import { createGate } from './gate.ts'
import { createLogPages, type LogPages } from './log-pages.ts'
import { fromPosition } from './position.ts'
import { createServerPages } from './server-pages.ts'
import { createStreamRevisions } from './stream-revisions.ts'

export type EventStoreDbOptions = {
  /** `esdb://host:2113,host:2113?tls=true` or `esdb+discover://name`, with the client's own settings. */
  readonly url: string
  /**
   * File of the index of event ids, which only this process may have open; made when it is not there. Default: in memory,
   * read from the whole log at each opening.
   */
  readonly eventIdsPath?: string
  /** Opens without an index; appends are refused (`READ_ONLY`). Default false. */
  readonly readOnly?: boolean
  /** Appends that may wait for the server before the next is refused (`TOO_BUSY`). Default 10,000. */
  readonly maxPendingAppends?: number
  /** The same in bytes of JSON. Default 64 MiB. */
  readonly maxPendingBytes?: number
  /** Pages that may be asked for at once. Default 10,000. */
  readonly maxPendingReads?: number
  /** Between two looks at the log's end. Default 3,000. */
  readonly watchEveryMilliseconds?: number
  readonly patience?: Patience
  /** Brings old events to today's shape as they are read. Default: the registry of event types. */
  readonly upcast?: Upcast
}

type State =
  | { readonly status: 'open' }
  | { readonly status: 'closing'; readonly closed: Promise<void> }
  /** What this process knows of the log is no longer whole. */
  | { readonly status: 'lost'; readonly error: Error }

/** Appends on their way to the server: past a few hundred more do not make it faster, and their answers come late. */
const APPENDS_AT_A_TIME = 256
/** Pages read at a time, far below the hundred streams that a connection bears. */
const READS_AT_A_TIME = 16

/**
 * The event store on EventStoreDB or KurrentDB, one node or a cluster: an acknowledged append is on a majority of the
 * nodes. Rejects with `ADAPTER_MISSING` for a URL that is none, `STORE_UNAVAILABLE` when no leader answers in time or
 * another process has the index, `FOREIGN_FILE`, `DISK_FULL`.
 */
export const createEventStoreDbEventStore = async (options: EventStoreDbOptions): Promise<EventStore> => {
  const { readOnly = false, maxPendingAppends = 10_000, maxPendingBytes = 64 * 1024 * 1024 } = options
  const decodeEvent = createDecoder(options.upcast ?? eventTypes.upcast)
  const decode = ({ encoded, placement }: StoredEvent): RecordedEvent => decodeEvent(encoded, placement)
  const connection = createConnection(options.url)
  const calls = createCalls(connection, options.patience)
  const reads = createGate(READS_AT_A_TIME, options.maxPendingReads ?? 10_000)
  const appends = createGate(APPENDS_AT_A_TIME, Number.POSITIVE_INFINITY)
  const admission = createAdmission(maxPendingAppends, maxPendingBytes)
  const pages = createServerPages(connection, calls, reads)
  const oneAtATime = createOneAtATime(maxPendingAppends)
  const revisions = createStreamRevisions()
  const subscriptions = new Set<RunningSubscription>()
  let state: State = { status: 'open' }
  let followed: FollowedServerLog | null = null

  const lose = (error: unknown): void => {
    if (state.status !== 'open') return
    const lost = error instanceof Error ? error : new EventStoreError('STORE_UNAVAILABLE', { reason: 'LOST' })
    state = { status: 'lost', error: lost }
    for (const subscription of subscriptions) subscription.stop(lost)
  }
  const assertOpen = (): void => {
    if (state.status === 'open') return
    throw state.status === 'lost' ? state.error : new EventStoreError('STORE_CLOSED', { reason: 'CLOSED' })
  }
  const log = createLogPages({ pages, decode, assertOpen })
  /** Who follows the log outlasts any outage; who reads or appends is told. */
  const waiting = createCalls(
    connection,
    { ...options.patience, callMilliseconds: Number.POSITIVE_INFINITY },
    () => state.status !== 'open',
  )
  const followersLog = createLogPages({
    pages: createServerPages(connection, waiting, reads),
    decode,
    assertOpen,
  })

  let following: Promise<FollowedServerLog> | null = null
  /** Who only reads follows the log from the first time that it has to. */
  const follow = (): Promise<FollowedServerLog> => {
    following ??= followLog({
      connection,
      pages,
      eventIdsPath: readOnly ? IN_MEMORY : (options.eventIdsPath ?? IN_MEMORY),
      patienceMilliseconds: options.patience?.callMilliseconds ?? CALL_MILLISECONDS,
      watchEveryMilliseconds: options.watchEveryMilliseconds ?? 3_000,
      decode,
      endOfLog: () => endOf(log),
      onFailure: lose,
    }).then((log) => {
      followed = log
      return log
    })
    return following
  }
  if (!readOnly) {
    try {
      await follow()
    } catch (error) {
      await connection.close()
      throw error
    }
  }

  const followedLog = (after: string | null): FollowedLog => ({
    ready: async () => {
      const { reached } = await follow()
      const end = await endOf(followersLog)
      if (after !== null && (end === null || after > end)) {
        throw new EventStoreError('POSITION_AHEAD', { position: after, head: end })
      }
      if (end !== null) await reached(end)
    },
    head: () => followed?.head() ?? null,
    recent: (from, limit) => followed?.recent(from, limit) ?? null,
    read: async (from, limit) => {
      const events: RecordedEvent[] = []
      const page = followersLog.all({ ...(from === null ? {} : { from }), limit })
      for await (const event of page) events.push(event)
      return events
    },
    onCommit: (wake) => followed?.onCommit(wake) ?? (() => undefined),
  })

  const close = async (): Promise<void> => {
    await Promise.all(Array.from(subscriptions, (subscription) => subscription[Symbol.asyncDispose]()))
    await admission.idle()
    await (await following?.catch(() => null))?.close()
    await connection.close()
  }

  return {
    append: async (
      stream: string,
      expected: ExpectedRevision,
      events: readonly NewEvent[],
    ): Promise<Appended> => {
      assertOpen()
      if (readOnly) throw new EventStoreError('READ_ONLY', { reason: 'OPENED_FOR_READING' })
      if (typeof expected === 'bigint' && expected < 0n) {
        throw new RangeError(`a revision counts from 0n: ${expected}`)
      }
      const encoded = encodeAppend(stream, events)
      const twice = findTwice(encoded.events.map(({ id }) => id))
      if (twice !== null) throw new EventStoreError('EVENT_ID_REUSED', { stream, id: twice })
      const leave = admission.enter(encoded.bytes)
      try {
        const { known } = await follow()
        const append = createAppend({ calls, pages, known, revisions })
        return await oneAtATime(stream, () =>
          appends.run(() => append({ stream, expected, events: encoded.events })),
        )
      } finally {
        leave()
      }
    },

    readStream: (stream, given = {}) => log.stream(stream, given),

    readAll: (given = {}) => log.all(given),

    readStored: (after) => log.stored(after),

    eventById: async (id: EventId) => {
      assertOpen()
      const { known } = await follow()
      let found = await known.read(id)
      if (found === null) {
        // What another process has appended, or what an append without an answer has become.
        const end = await endOf(log)
        if (end !== null) await known.upTo(end)
        found = await known.read(id)
      }
      return found === null ? null : decode(found)
    },

    subscribe: (after, handler, { batchSize } = {}) => {
      assertOpen()
      if (after !== null) fromPosition(after)
      const subscription = startSubscription(followedLog(after), after, handler, batchSize)
      subscriptions.add(subscription)
      const forget = () => subscriptions.delete(subscription)
      subscription.ended.then(forget, forget)
      return subscription
    },

    health: () => {
      const { answering, reconnects, lastTrouble } = connection.health()
      return {
        status: answering ? (followed === null && !readOnly ? 'catchingUp' : 'connected') : 'reconnecting',
        pendingAppends: admission.pending(),
        limit: maxPendingAppends,
        refusedAppends: admission.refused(),
        repeatedCalls: calls.repeated() + waiting.repeated(),
        reconnects,
        resubscriptions: followed?.resubscribed() ?? 0,
        lastTrouble,
      }
    },

    [Symbol.asyncDispose]: async () => {
      if (state.status === 'open') state = { status: 'closing', closed: close() }
      if (state.status === 'closing') await state.closed
      if (state.status === 'lost') await close()
    },
  }
}

const IN_MEMORY = ':memory:'

const endOf = async (log: LogPages): Promise<string | null> => {
  for await (const event of log.all({ direction: 'backwards', limit: 1 })) return event.position
  return null
}

const findTwice = (ids: readonly string[]): string | null =>
  new Set(ids).size === ids.length ? null : (ids.find((id, index) => ids.indexOf(id) !== index) ?? null)
