import type { Decider } from '../kernel/decider.ts'
import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import type { ContactPointCommand, ContactPointRefusal } from './commands.ts'
import type { ContactPointEvent } from './events.ts'
import { ranked } from './rank-household.ts'
import { type ContactPointState, evolveContactPoint, holderOf, initialContactPoint } from './state.ts'

type ContactPointDecision = Decision<ContactPointEvent, ContactPointRefusal>

const decide = (command: ContactPointCommand, state: ContactPointState): ContactPointDecision => {
  switch (command.type) {
    case 'IdentifyContact':
      return identify(command, state)
    case 'LinkCustomer': {
      const { contactPointId, contactPoint, customerId, at } = command
      if (holderOf(state, customerId) !== undefined) return accept()
      return accept({ type: 'ContactPointLinked', data: { contactPointId, contactPoint, customerId, at } })
    }
    case 'UnlinkCustomer': {
      const { contactPointId, customerId, at } = command
      if (holderOf(state, customerId) === undefined)
        return refuse('CUSTOMER_NOT_LINKED', { contactPointId, customerId })
      return accept({ type: 'ContactPointUnlinked', data: { contactPointId, customerId, at } })
    }
    case 'RecordUse': {
      const { contactPointId, customerId, at } = command
      const holder = holderOf(state, customerId)
      if (holder === undefined) return refuse('CUSTOMER_NOT_LINKED', { contactPointId, customerId })
      if (holder.lastUsedAt === at) return accept()
      return accept({ type: 'ContactPointUsed', data: { contactPointId, customerId, at } })
    }
    default:
      return unreachable(command)
  }
}

const identify = (
  {
    contactPointId,
    contactPoint,
    newCustomerId,
    at,
  }: Extract<ContactPointCommand, { type: 'IdentifyContact' }>,
  state: ContactPointState,
): ContactPointDecision => {
  const best = state.status === 'linked' ? ranked(state.holders)[0] : undefined
  if (best === undefined)
    return accept<ContactPointEvent>(
      {
        type: 'ContactPointLinked',
        data: { contactPointId, contactPoint, customerId: newCustomerId, at },
      },
      { type: 'ContactPointUsed', data: { contactPointId, customerId: newCustomerId, at } },
    )
  if (best.lastUsedAt === at) return accept()
  return accept({ type: 'ContactPointUsed', data: { contactPointId, customerId: best.customerId, at } })
}

export const contactPointDecider: Decider<
  ContactPointCommand,
  ContactPointEvent,
  ContactPointState,
  ContactPointRefusal
> = { initialState: initialContactPoint, decide, evolve: evolveContactPoint }
