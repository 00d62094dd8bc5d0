import type { ContactPoint } from '../contact-point/events.ts'
import type { DomainEvent } from '../kernel/event.ts'
import type { CustomerId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'

/** BCP 47 primary tag of the language the customer speaks with us. */
export type Language = 'en' | 'it' | 'pl'

export type CustomerProfile = {
  readonly name: string
  readonly language: Language | null
  readonly place: string | null
  readonly customerSince: string | null
}

/** Streams `customer-{id}`. */
export type CustomerEvent =
  /** Somebody we do not know yet: keyed by the contact point, no name. */
  | DomainEvent<
      'ProvisionalCustomerCreated',
      { customerId: CustomerId; contactPoint: ContactPoint; at: Instant }
    >
  | DomainEvent<'CustomerRegistered', { customerId: CustomerId; profile: CustomerProfile; at: Instant }>
  /** A provisional customer got a name: known from here on. */
  | DomainEvent<'CustomerIdentified', { customerId: CustomerId; profile: CustomerProfile; at: Instant }>
  | DomainEvent<'CustomerProfileChanged', { customerId: CustomerId; profile: CustomerProfile; at: Instant }>
  | DomainEvent<
      'CustomerContactPointAdded',
      { customerId: CustomerId; contactPoint: ContactPoint; at: Instant }
    >
