import type { ContactPoint } from '../contact-point/events.ts'
import { contactPointKey } from '../contact-point/stream.ts'
import type { Decider } from '../kernel/decider.ts'
import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import { sameData } from '../kernel/same-data.ts'
import type { CustomerCommand, CustomerRefusal } from './commands.ts'
import type { CustomerEvent } from './events.ts'
import { type CustomerState, evolveCustomer, hasContactPoint, initialCustomer } from './state.ts'

type CustomerDecision = Decision<CustomerEvent, CustomerRefusal>
type Of<T extends CustomerCommand['type']> = Extract<CustomerCommand, { type: T }>

const decide = (command: CustomerCommand, state: CustomerState): CustomerDecision => {
  switch (command.type) {
    case 'CreateProvisionalCustomer':
      return createProvisional(command, state)
    case 'RegisterCustomer':
      return register(command, state)
    case 'ChangeProfile':
      return changeProfile(command, state)
    case 'AddContactPoint':
      return addContactPoint(command, state)
    default:
      return unreachable(command)
  }
}

const createProvisional = (
  { customerId, contactPoint, at }: Of<'CreateProvisionalCustomer'>,
  state: CustomerState,
): CustomerDecision => {
  if (state.status === 'none')
    return accept({ type: 'ProvisionalCustomerCreated', data: { customerId, contactPoint, at } })
  return hasContactPoint(state, contactPoint) ? accept() : refuse('CUSTOMER_EXISTS', { customerId })
}

const register = (
  { customerId, profile, contactPoints, at }: Of<'RegisterCustomer'>,
  state: CustomerState,
): CustomerDecision => {
  if (profile.name.trim() === '') return refuse('CUSTOMER_NAME_EMPTY', { customerId })
  if (state.status === 'none')
    return accept<CustomerEvent>(
      { type: 'CustomerRegistered', data: { customerId, profile, at } },
      ...distinct(contactPoints).map(
        (contactPoint): CustomerEvent => ({
          type: 'CustomerContactPointAdded',
          data: { customerId, contactPoint, at },
        }),
      ),
    )
  const repeated =
    state.status === 'known' &&
    sameData(state.profile, profile) &&
    contactPoints.every((contactPoint) => hasContactPoint(state, contactPoint))
  return repeated ? accept() : refuse('CUSTOMER_EXISTS', { customerId })
}

const changeProfile = (
  { customerId, profile, at }: Of<'ChangeProfile'>,
  state: CustomerState,
): CustomerDecision => {
  if (state.status === 'none') return refuse('CUSTOMER_UNKNOWN', { customerId })
  if (profile.name.trim() === '') return refuse('CUSTOMER_NAME_EMPTY', { customerId })
  if (state.status === 'provisional')
    return accept({ type: 'CustomerIdentified', data: { customerId, profile, at } })
  if (sameData(state.profile, profile)) return accept()
  return accept({ type: 'CustomerProfileChanged', data: { customerId, profile, at } })
}

const addContactPoint = (
  { customerId, contactPoint, at }: Of<'AddContactPoint'>,
  state: CustomerState,
): CustomerDecision => {
  if (state.status === 'none') return refuse('CUSTOMER_UNKNOWN', { customerId })
  if (hasContactPoint(state, contactPoint)) return accept()
  return accept({ type: 'CustomerContactPointAdded', data: { customerId, contactPoint, at } })
}

const distinct = (contactPoints: readonly ContactPoint[]): readonly ContactPoint[] => [
  ...new Map(contactPoints.map((contactPoint) => [contactPointKey(contactPoint), contactPoint])).values(),
]

export const customerDecider: Decider<CustomerCommand, CustomerEvent, CustomerState, CustomerRefusal> = {
  initialState: initialCustomer,
  decide,
  evolve: evolveCustomer,
}
