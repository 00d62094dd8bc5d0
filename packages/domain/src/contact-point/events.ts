import type { DomainEvent } from '../kernel/event.ts'
import type { ContactPointId, CustomerId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'

/**
 * One way to reach somebody. `value` is normalised: E.164 (`+390612345678`) for a phone, lower-cased address for an
 * e-mail. `raw` keeps what the channel said, for the auditor. Anonymous callers get `kind: 'anonymous'`, `value` the call's id;
 * mails without a sender who could be answered get `noSender`, `value` the mail's id (and got `anonymous` before there was that).
 */
export type ContactPoint = {
  readonly kind: 'phone' | 'email' | 'anonymous' | 'noSender'
  readonly value: string
  readonly raw: string
}

/** Streams `contactPoint-{id}`, id = the first 32 hex digits of SHA-256 of `kind:value`. */
export type ContactPointEvent =
  | DomainEvent<
      'ContactPointLinked',
      { contactPointId: ContactPointId; contactPoint: ContactPoint; customerId: CustomerId; at: Instant }
    >
  | DomainEvent<
      'ContactPointUnlinked',
      { contactPointId: ContactPointId; customerId: CustomerId; at: Instant }
    >
  /** A contact came through this point and was of that customer: what ranks a household. */
  | DomainEvent<'ContactPointUsed', { contactPointId: ContactPointId; customerId: CustomerId; at: Instant }>
