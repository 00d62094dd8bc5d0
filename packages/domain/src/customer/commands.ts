import type { ContactPoint } from '../contact-point/events.ts'
import type { Refusal } from '../kernel/decision.ts'
import type { CustomerId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { CustomerProfile } from './events.ts'

export type CustomerCommand =
  | {
      readonly type: 'CreateProvisionalCustomer'
      readonly customerId: CustomerId
      readonly contactPoint: ContactPoint
      readonly at: Instant
    }
  | {
      readonly type: 'RegisterCustomer'
      readonly customerId: CustomerId
      readonly profile: CustomerProfile
      readonly contactPoints: readonly ContactPoint[]
      readonly at: Instant
    }
  /** Names a provisional customer, or changes a known one's profile. */
  | {
      readonly type: 'ChangeProfile'
      readonly customerId: CustomerId
      readonly profile: CustomerProfile
      readonly at: Instant
    }
  | {
      readonly type: 'AddContactPoint'
      readonly customerId: CustomerId
      readonly contactPoint: ContactPoint
      readonly at: Instant
    }

export type CustomerRefusal =
  | Refusal<'CUSTOMER_EXISTS', { customerId: CustomerId }>
  | Refusal<'CUSTOMER_UNKNOWN', { customerId: CustomerId }>
  | Refusal<'CUSTOMER_NAME_EMPTY', { customerId: CustomerId }>
