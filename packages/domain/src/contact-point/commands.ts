import type { Refusal } from '../kernel/decision.ts'
import type { ContactPointId, CustomerId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { ContactPoint } from './events.ts'

export type ContactPointCommand =
  /**
   * A contact came through this point: links `newCustomerId` when nobody holds it yet (identification and reservation
   * are one append, so two calls at once make one provisional customer), else records the use by the best-ranked holder.
   */
  | {
      readonly type: 'IdentifyContact'
      readonly contactPointId: ContactPointId
      readonly contactPoint: ContactPoint
      readonly newCustomerId: CustomerId
      readonly at: Instant
    }
  | {
      readonly type: 'LinkCustomer'
      readonly contactPointId: ContactPointId
      readonly contactPoint: ContactPoint
      readonly customerId: CustomerId
      readonly at: Instant
    }
  | {
      readonly type: 'UnlinkCustomer'
      readonly contactPointId: ContactPointId
      readonly customerId: CustomerId
      readonly at: Instant
    }
  /** The agent said who it was: ranks that person first the next time. */
  | {
      readonly type: 'RecordUse'
      readonly contactPointId: ContactPointId
      readonly customerId: CustomerId
      readonly at: Instant
    }

export type ContactPointRefusal = Refusal<
  'CUSTOMER_NOT_LINKED',
  { contactPointId: ContactPointId; customerId: CustomerId }
>
