import { setImmediate as nextTurn } from 'node:timers/promises'
import type { EventId, NewEvent, RecordedEvent } from '@centralino/domain'
import { createDecoder } from '../codec/decode-event.ts'
import { encodeAppend } from '../codec/encode-append.ts'
import type { StoredEvent } from '../codec/encoded-event.ts'
import type { Appended, EventStore, ExpectedRevision, ReadOptions } from '../event-store.ts'
import { EventStoreError } from '../event-store-error.ts'
import { type RunningSubscription, startSubscription } from '../subscription/subscribe.ts'
import { createTail } from '../subscription/tail.ts'
import { eventTypes } from '../upcasting/event-types.ts'
import type { Upcast } from '../upcasting/upcasting.ts'
import { type CommittedAppend, createAppendQueue } from './append-queue.ts'
import { createPageRequests } from './page-requests.ts'
import { fromPosition, toPosition } from './position.ts'
import { toStored } from './stored-row.ts'
import { startThread } from './thread.ts'
import type {
  AllQuery,
  EventRow,
  ExpectedPlace,
  FromReader,
  FromWriter,
  Page,
  PageQuery,
  ReaderData,
  StreamQuery,
  ToReader,
  ToWriter,
  WriterData,
} from './worker-protocol.ts'

export type SqliteEventStoreOptions = {
  /** The log's file; made, with its folders, when it is not there. `-wal`, `-shm` and `-lock` stand beside it. */
  readonly path: string
  /** Opens a log that is there for reading only, also beside its writer; appends are refused (`READ_ONLY`). Default false. */
  readonly readOnly?: boolean
  /**
   * With `readOnly`: opens a log too whose last events do not fit, for whoever verifies it and says what is wrong. A page that
   * cannot be read fails when it is read (`FOREIGN_FILE`). Default false.
   */
  readonly evenDamaged?: boolean
  /** Appends that may wait for the disk before the next is refused (`TOO_BUSY`). Default 10,000. */
  readonly maxPendingAppends?: number
  /** The same in bytes of JSON. Default 64 MiB. */
  readonly maxPendingBytes?: number
  /** Pages that may be asked for at once. Default 10,000. */
  readonly maxPendingReads?: number
  /** Size that the log may not outgrow (`DISK_FULL`), in pages of 4 KiB. Default: none but the disk's. */
  readonly maxPages?: number
  /** Brings old events to today's shape as they are read. Default: the registry of event types. */
  readonly upcast?: Upcast
}

type State =
  | { readonly status: 'open' }
  | { readonly status: 'closing'; readonly closed: Promise<void> }
  /** A thread ended by itself; nothing is known of what was on its way. */
  | { readonly status: 'lost'; readonly error: EventStoreError }

/**
 * The embedded event store: one file, written by a thread of its own with WAL and `synchronous=FULL`, so that an
 * acknowledged append is on disk. All that waits at a time is one transaction. A second process that writes to the same
 * file is refused.
 *
 * Rejects with `FOREIGN_FILE` (and leaves the file as it is), `READ_ONLY`, `DISK_FULL` or `STORE_UNAVAILABLE`.
 */
export const createSqliteEventStore = async (options: SqliteEventStoreOptions): Promise<EventStore> => {
  const { path, readOnly = false, evenDamaged = false } = options
  const { maxPendingAppends = 10_000, maxPendingBytes = 64 * 1024 * 1024 } = options
  const decode = createDecoder(options.upcast ?? eventTypes.upcast)
  const subscriptions = new Set<RunningSubscription>()
  let state: State = { status: 'open' }
  const commitListeners = new Set<() => void>()

  const lose = (thread: string) => (reason: string) => {
    const error = new EventStoreError('STORE_UNAVAILABLE', { reason: `${thread} ${reason}` })
    state = { status: 'lost', error }
    queue.fail(error)
    pages.fail(error)
    for (const subscription of subscriptions) subscription.stop(error)
    void endThreads()
  }

  const onCommitted = (appends: readonly CommittedAppend[]): void => {
    for (const { stream, events, revision, place, recordedAt } of appends) {
      const before = events.length - 1
      for (const [index, event] of events.entries()) {
        const back = before - index
        const position = toPosition(place - back)
        tail.push(event, { stream, revision: BigInt(revision - back), position, recordedAt })
        head = position
      }
    }
    if (appends.length === 0) return
    for (const wake of commitListeners) wake()
  }

  const queue = createAppendQueue({
    post: (requests) => writer?.post({ kind: 'append', requests }),
    onCommitted,
    maxPendingAppends,
    maxPendingBytes,
  })
  const pages = createPageRequests((message) => reader.post(message), options.maxPendingReads ?? 10_000)

  const writer = readOnly
    ? null
    : startThread<ToWriter, FromWriter>(
        new URL('./writer.ts', import.meta.url),
        { path, maxPages: options.maxPages ?? null } satisfies WriterData,
        {
          onMessage: (message) => {
            if (message.kind === 'answered') queue.answer(message.outcomes, message.recordedAt)
          },
          onLost: lose('WRITER'),
        },
      )
  const reader = startThread<ToReader, FromReader>(
    new URL('./reader.ts', import.meta.url),
    { path, readOnly, evenDamaged } satisfies ReaderData,
    { onMessage: pages.answer, onLost: lose('READER') },
  )
  /** The reader first: the last connection to leave empties the WAL into the file and removes it. */
  const endThreads = async (): Promise<void> => {
    reader.post({ kind: 'close' })
    await reader.ended
    writer?.post({ kind: 'close' })
    await writer?.ended
  }

  let head: string | null = null
  try {
    const last = await writer?.opened
    reader.post({ kind: 'open' })
    const lastRead = await reader.opened
    head = (last ?? lastRead) === 0 ? null : toPosition(last ?? lastRead)
  } catch (error) {
    await endThreads()
    throw error
  }
  const tail = createTail({ decode, head })

  /** Throws unless the store is open. */
  const assertOpen = (): void => {
    if (state.status === 'open') return
    throw state.status === 'lost' ? state.error : new EventStoreError('STORE_CLOSED', { reason: 'CLOSED' })
  }

  /**
   * The last place that a page has shown. The reader may see a commit before the writer has told of it: whoever was shown an
   * event may go on from it.
   */
  let shown = 0
  const readPage = async (query: PageQuery): Promise<Page> => {
    const page = await pages.read(query)
    for (const row of [page.rows[0], page.rows.at(-1)]) shown = Math.max(shown, row?.[0] ?? 0)
    return page
  }

  const toEvent = (row: EventRow): RecordedEvent => {
    const { encoded, placement } = toStored(row)
    return decode(encoded, placement)
  }

  /** Page after page; the next one is read while the consumer works on this one. */
  async function* readPages(
    first: AllQuery | StreamQuery,
    limit: number,
  ): AsyncGenerator<readonly EventRow[], void, undefined> {
    const ask = (query: AllQuery | StreamQuery) => {
      assertOpen()
      const page = readPage(query)
      // Awaited below, or not at all when the consumer leaves early: then its failure concerns nobody.
      page.catch(() => undefined)
      return page
    }
    let left = limit
    let next = left > 0 ? ask({ ...first, limit: left }) : null
    while (next !== null) {
      const page = await next
      const last = page.rows.at(-1)
      left -= page.rows.length
      next =
        page.atEnd || last === undefined || left === 0
          ? null
          : ask({ ...following(first, last), limit: left })
      yield page.rows
      // The next page may be there already, and a consumer that never waits would keep the event loop to itself.
      if (next !== null) await nextTurn()
    }
  }

  async function* readEvents(
    first: AllQuery | StreamQuery,
    limit: number,
  ): AsyncGenerator<RecordedEvent, void, undefined> {
    for await (const page of readPages(first, limit)) for (const row of page) yield toEvent(row)
  }

  async function* readStored(after: string | null): AsyncGenerator<readonly StoredEvent[], void, undefined> {
    const from = after === null ? null : fromPosition(after)
    const all = readPages({ of: 'all', from, direction: 'forwards', limit: 0 }, Number.POSITIVE_INFINITY)
    for await (const page of all) if (page.length > 0) yield page.map(toStored)
  }

  const log = {
    head: () => head,
    recent: tail.after,
    onCommit: (wake: () => void) => {
      commitListeners.add(wake)
      return () => commitListeners.delete(wake)
    },
    read: async (after: string | null, limit: number) => {
      const from = after === null ? null : fromPosition(after)
      const page = await readPage({ of: 'all', from, direction: 'forwards', limit })
      return page.rows.map(toEvent)
    },
  }

  const close = async (): Promise<void> => {
    await Promise.all(Array.from(subscriptions, (subscription) => subscription[Symbol.asyncDispose]()))
    await Promise.all([queue.idle(), pages.idle()])
    await endThreads()
  }

  return {
    append: async (
      stream: string,
      expected: ExpectedRevision,
      events: readonly NewEvent[],
    ): Promise<Appended> => {
      assertOpen()
      if (readOnly) throw new EventStoreError('READ_ONLY', { reason: 'OPENED_FOR_READING' })
      const encoded = encodeAppend(stream, events)
      return await queue.append(
        { stream, expected: expectedPlace(expected), events: encoded.events },
        encoded.bytes,
      )
    },

    readStream: (
      stream: string,
      { from, direction = 'forwards', limit }: ReadOptions & { from?: bigint } = {},
    ) =>
      readEvents(
        { of: 'stream', stream, from: from === undefined ? null : Number(from), direction, limit: 0 },
        rows(limit),
      ),

    readAll: ({ from, direction = 'forwards', limit }: ReadOptions & { from?: string } = {}) =>
      readEvents(
        { of: 'all', from: from === undefined ? null : fromPosition(from), direction, limit: 0 },
        rows(limit),
      ),

    readStored,

    eventById: async (id: EventId) => {
      assertOpen()
      const { rows: found } = await readPage({ of: 'id', id })
      return found[0] === undefined ? null : toEvent(found[0])
    },

    subscribe: (after, handler, { batchSize } = {}) => {
      assertOpen()
      const from = after === null ? 0 : fromPosition(after)
      if (from > Math.max(shown, head === null ? 0 : fromPosition(head))) {
        throw new EventStoreError('POSITION_AHEAD', { position: toPosition(from), head })
      }
      const subscription = startSubscription(log, after, handler, batchSize)
      subscriptions.add(subscription)
      const forget = () => subscriptions.delete(subscription)
      subscription.ended.then(forget, forget)
      return subscription
    },

    [Symbol.asyncDispose]: async () => {
      if (state.status === 'open') state = { status: 'closing', closed: close() }
      if (state.status === 'closing') await state.closed
      if (state.status === 'lost') await endThreads()
    },
  }
}

const following = (query: AllQuery | StreamQuery, last: EventRow): AllQuery | StreamQuery => {
  if (query.of === 'all') return { ...query, from: last[0] }
  return { ...query, from: query.direction === 'forwards' ? last[2] + 1 : last[2] - 1 }
}

const rows = (limit: number | undefined): number => {
  if (limit === undefined) return Number.POSITIVE_INFINITY
  if (!Number.isSafeInteger(limit) || limit < 0)
    throw new RangeError(`limit is a whole number from 0: ${limit}`)
  return limit
}

const expectedPlace = (expected: ExpectedRevision): ExpectedPlace => {
  if (typeof expected !== 'bigint') return expected
  if (expected < 0n) throw new RangeError(`a revision counts from 0n: ${expected}`)
  return Number(expected)
}
