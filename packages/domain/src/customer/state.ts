import type { ContactPoint } from '../contact-point/events.ts'
import { contactPointKey } from '../contact-point/stream.ts'
import { unchanged } from '../kernel/exhaustive.ts'
import type { CustomerId } from '../kernel/ids.ts'
import type { CustomerEvent, CustomerProfile } from './events.ts'

export type CustomerState =
  | { readonly status: 'none' }
  | {
      readonly status: 'provisional'
      readonly customerId: CustomerId
      readonly contactPoints: readonly ContactPoint[]
    }
  | {
      readonly status: 'known'
      readonly customerId: CustomerId
      readonly profile: CustomerProfile
      readonly contactPoints: readonly ContactPoint[]
    }

export const initialCustomer: CustomerState = { status: 'none' }

/** Whether the customer can be reached through this point. */
export const hasContactPoint = (
  state: CustomerState,
  contactPoint: Pick<ContactPoint, 'kind' | 'value'>,
): boolean =>
  state.status !== 'none' &&
  state.contactPoints.some((held) => contactPointKey(held) === contactPointKey(contactPoint))

export const evolveCustomer = (state: CustomerState, event: CustomerEvent): CustomerState => {
  switch (event.type) {
    case 'ProvisionalCustomerCreated':
      return {
        status: 'provisional',
        customerId: event.data.customerId,
        contactPoints: [event.data.contactPoint],
      }
    case 'CustomerRegistered':
    case 'CustomerIdentified':
    case 'CustomerProfileChanged':
      return {
        status: 'known',
        customerId: event.data.customerId,
        profile: event.data.profile,
        contactPoints: state.status === 'none' ? [] : state.contactPoints,
      }
    case 'CustomerContactPointAdded':
      return state.status === 'none' || hasContactPoint(state, event.data.contactPoint)
        ? state
        : { ...state, contactPoints: [...state.contactPoints, event.data.contactPoint] }
    default:
      return unchanged(state, event)
  }
}
