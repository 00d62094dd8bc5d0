import type { DomainEvent } from '../kernel/event.ts'
import type { AgentId, CustomerId, OfferId, ReplayId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'

/**
 * What was looked at in a replay: the board, an agent's screen, a routing decision, a customer's record, or events. Where a customer
 * was shown, the customer is named.
 */
export type Look =
  | { readonly what: 'board' }
  | { readonly what: 'desk'; readonly agentId: AgentId; readonly customerId?: CustomerId }
  | { readonly what: 'decision'; readonly offerId: OfferId; readonly customerId?: CustomerId }
  | { readonly what: 'customer'; readonly customerId: CustomerId }
  | { readonly what: 'events'; readonly customerId?: CustomerId }

/** Streams `audit-{replayId}`: who looked at whom in the past, and why. */
export type AuditEvent =
  | DomainEvent<
      'ReplayOpened',
      {
        replayId: ReplayId
        /** Accounts are no part of the log and can be removed: the name says who it was. */
        account: { id: string; name: string }
        reason: string
        /** The period that is played: after `from`, up to `until`. */
        from: Instant
        until: Instant
        at: Instant
      }
    >
  /** Each look once in a replay; `position` is the moment of the log that was looked at first. */
  | DomainEvent<
      'ReplayLookedAt',
      { replayId: ReplayId; looks: readonly Look[]; position: string; at: Instant }
    >
  | DomainEvent<'ReplayClosed', { replayId: ReplayId; at: Instant }>
