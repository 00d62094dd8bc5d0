import type { Actor, Decider, DomainEvent, NewEvent, Refusal } from '@centralino/domain'
import type { EventStore } from '../event-store.ts'

/** Who asks and why; becomes the events' metadata. */
export type CommandContext = {
  readonly actor: Actor
  readonly correlationId: string
  readonly causationId: string | null
  readonly customerId?: string
  /**
   * Makes the command safe to repeat: event ids are UUIDv5 of this key, the stream and the event's index, so handling
   * the same cause twice appends once. Left out, ids are fresh UUIDv7.
   */
  readonly idempotencyKey?: string
}

export type Handled<E extends DomainEvent, R extends Refusal> =
  | {
      readonly outcome: 'accepted'
      /** What was appended; empty when there was nothing to do. */
      readonly events: readonly NewEvent<E>[]
      /** Revision the stream stands at now; null for a stream that is not there. */
      readonly revision: bigint | null
    }
  | { readonly outcome: 'refused'; readonly refusal: R }

export type CommandHandler<C, E extends DomainEvent, S, R extends Refusal> = {
  handle(command: C, context: CommandContext): Promise<Handled<E, R>>
  /** The stream's state now, folded from the log (or from the cached fold and what came after). */
  state(stream: string): Promise<S>
}

export type CommandHandlerOptions<C, E extends DomainEvent, S, R extends Refusal> = {
  readonly store: EventStore
  readonly decider: Decider<C, E, S, R>
  readonly streamOf: (command: C) => string
  /** Schema version by event type; 1 where left out. */
  readonly schemaVersions?: Readonly<Partial<Record<E['type'], number>>>
  /** How many folded states are kept in memory (least recently used go first). Default 1,000. */
  readonly cachedStreams?: number
}
