import type { DomainEvent } from '../kernel/event.ts'
import type { QueueId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'

export type QueueSettings = {
  readonly name: string
  /** An agent must have every one of these. */
  readonly requiredSkills: readonly string[]
  /** How long an offer stands before it lapses (RONA), seconds. */
  readonly offerTimeoutSeconds: number
  /** Wrap-up time after a contact, seconds; then the agent is ready again. */
  readonly wrapUpSeconds: number
  /** Numbers (E.164) and mail addresses that lead here. */
  readonly entryPoints: readonly string[]
}

/** Streams `queue-{id}`. */
export type QueueEvent =
  | DomainEvent<'QueueDefined', { queueId: QueueId; settings: QueueSettings; at: Instant }>
  | DomainEvent<'QueueChanged', { queueId: QueueId; settings: QueueSettings; at: Instant }>
