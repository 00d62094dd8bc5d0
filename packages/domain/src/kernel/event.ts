import type { EventId } from './ids.ts'
import type { Instant } from './instant.ts'

/** A fact in the past tense. `data` is JSON and nothing else: no `undefined`, bigint, Date or Temporal object. */
export type DomainEvent<Type extends string = string, Data = unknown> = {
  readonly type: Type
  readonly data: Data
}

/** Who caused an event. */
export type Actor =
  | { readonly kind: 'agent'; readonly id: string }
  /** Who is signed in and acts as no agent: an administrator, by the account's id. */
  | { readonly kind: 'user'; readonly id: string }
  | { readonly kind: 'customer'; readonly id: string }
  | { readonly kind: 'system'; readonly id: string }

export type EventMetadata = {
  /** When the fact was so, by the clock of whoever saw it first. */
  readonly occurredAt: Instant
  readonly actor: Actor
  /** One id through everything that one outside fact set off. */
  readonly correlationId: string
  /** The event or order that caused this one; null for an outside fact. */
  readonly causationId: string | null
  readonly customerId?: string
  readonly tenantId?: string
}

/** An event ready to append. `id` makes the append idempotent (UUIDv7, or UUIDv5 derived from its cause). */
export type NewEvent<E extends DomainEvent = DomainEvent> = E & {
  readonly id: EventId
  /** Version of the data's shape, from 1; raised when the shape changes. */
  readonly schemaVersion: number
  readonly metadata: EventMetadata
}

/** An event as the log returns it. */
export type RecordedEvent<E extends DomainEvent = DomainEvent> = NewEvent<E> & {
  readonly stream: string
  /** Place in its stream, from 0n, without a gap. */
  readonly revision: bigint
  /** Place in the whole log: opaque, ordered by plain string comparison. */
  readonly position: string
  readonly recordedAt: Instant
}
