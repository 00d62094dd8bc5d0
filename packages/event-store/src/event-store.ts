import type { EventId, NewEvent, RecordedEvent } from '@centralino/domain'
import type { StoredEvent } from './codec/encoded-event.ts'
import type { EventStoreHealth } from './event-store-health.ts'

export type { EncodedEvent, Placement, StoredEvent } from './codec/encoded-event.ts'
export type { EventStoreErrorCode } from './event-store-error-code.ts'
export type { EventStoreHealth } from './event-store-health.ts'

/** Where a stream must stand for an append to be taken: a revision, not there yet, there, or anywhere. */
export type ExpectedRevision = bigint | 'noStream' | 'streamExists' | 'any'

export type Appended = {
  /** Revision of the last event of the append. */
  readonly revision: bigint
  readonly position: string
}

export type ReadOptions = {
  /** Stream: first revision, inclusive. `$all`: position, exclusive (forwards: after it; backwards: before it). */
  readonly from?: bigint | string
  readonly direction?: 'forwards' | 'backwards'
  readonly limit?: number
}

export type Subscription = AsyncDisposable & {
  /** Resolves when the subscription has ended by `[Symbol.asyncDispose]`; rejects with what `onEvents` threw. */
  readonly ended: Promise<void>
}

export type SubscriptionHandler = {
  /** Batches in log order, each awaited before the next; at most `batchSize` events. */
  readonly onEvents: (events: readonly RecordedEvent[]) => Promise<void> | void
  /** The log's end was reached; called again after each time it fell behind. `position` is null on an empty log. */
  readonly onCaughtUp?: (position: string | null) => Promise<void> | void
}

/** The append-only log. An append is acknowledged once it is on disk (embedded) or on a majority (cluster). */
export type EventStore = AsyncDisposable & {
  /** All or nothing. Repeating it with the same event ids answers as the first time. */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>
  readStream(stream: string, options?: ReadOptions & { from?: bigint }): AsyncIterable<RecordedEvent>
  readAll(options?: ReadOptions & { from?: string }): AsyncIterable<RecordedEvent>
  /**
   * The log after `after` (null: from its beginning), page by page, as it lies in the store: byte for byte what was
   * appended, not brought to today's shape. For what copies the log or proves it.
   */
  readStored(after: string | null): AsyncIterable<readonly StoredEvent[]>
  eventById(id: EventId): Promise<RecordedEvent | null>
  /** From just after `after` (null: from the beginning), without end. */
  subscribe(
    after: string | null,
    handler: SubscriptionHandler,
    options?: { batchSize?: number },
  ): Subscription
  /** How it stands with its servers; a store without any has no such method. */
  health?(): EventStoreHealth
}
