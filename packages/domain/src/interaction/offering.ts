import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import type { InteractionCommand, InteractionRefusal } from './commands.ts'
import type { InteractionEvent } from './events.ts'
import type { InteractionState } from './state.ts'

type Of<T extends InteractionCommand['type']> = Extract<InteractionCommand, { type: T }>
type Opened = Exclude<InteractionState, { status: 'none' }>
type InteractionDecision = Decision<InteractionEvent, InteractionRefusal>

/** The refusal of a command that does not fit where the interaction stands. */
export const wrongStatus = (
  command: InteractionCommand,
  state: Opened,
): Decision<InteractionEvent, InteractionRefusal> =>
  state.status === 'closed'
    ? refuse('INTERACTION_CLOSED', { interactionId: state.interactionId })
    : refuse('WRONG_STATUS', {
        interactionId: state.interactionId,
        status: state.status,
        command: command.type,
      })

const queue = (command: Of<'QueueInteraction'>, state: Opened): InteractionDecision => {
  const { interactionId, queueId, at } = command
  if (state.status === 'open')
    return accept({ type: 'InteractionQueued', data: { interactionId, queueId, at } })
  if (state.status === 'queued' && state.queueId === queueId) return accept()
  return wrongStatus(command, state)
}

const recordOffer = (command: Of<'RecordOffer'>, state: Opened): InteractionDecision => {
  const { interactionId, offerId, agentId, expiresAt, at } = command
  if (state.status === 'queued')
    return accept({ type: 'InteractionOffered', data: { interactionId, offerId, agentId, expiresAt, at } })
  if ((state.status === 'offered' || state.status === 'handling') && state.offerId === offerId)
    return accept()
  return wrongStatus(command, state)
}

const endOffer = (command: Of<'EndOffer'>, state: Opened): InteractionDecision => {
  const { interactionId, offerId, how, at } = command
  // A closed interaction has no offer left: closing ended it.
  if (state.status === 'closed') return accept()
  if (state.status === 'queued' && state.endedOfferId === offerId) return accept()
  if (state.status !== 'offered' || state.offerId !== offerId)
    return refuse('OFFER_NOT_OPEN', { interactionId, offerId })
  const { agentId } = state
  return accept({ type: 'InteractionOfferEnded', data: { interactionId, offerId, agentId, how, at } })
}

const abandon = (command: Of<'Abandon'>, state: Opened): InteractionDecision => {
  const { interactionId, at } = command
  switch (state.status) {
    case 'open':
    case 'queued':
      return accept(...abandoned(command, 'waiting'))
    case 'offered': {
      const { offerId, agentId } = state
      return accept<InteractionEvent>(
        { type: 'InteractionOfferEnded', data: { interactionId, offerId, agentId, how: 'withdrawn', at } },
        ...abandoned(command, 'ringing'),
      )
    }
    case 'wrapUp':
      // The agent was lost and the customer did not wait to be put back into the queue.
      return state.endedBy === 'agentLost'
        ? accept(...abandoned(command, 'waiting'))
        : wrongStatus(command, state)
    case 'closed':
      return state.how === 'abandoned' ? accept() : wrongStatus(command, state)
    case 'handling':
      return wrongStatus(command, state)
    default:
      return unreachable(state)
  }
}

const abandoned = (
  { interactionId, at }: Of<'Abandon'>,
  stage: 'waiting' | 'ringing',
): readonly InteractionEvent[] => [
  { type: 'InteractionAbandoned', data: { interactionId, while: stage, at } },
  { type: 'InteractionClosed', data: { interactionId, how: 'abandoned', at } },
]

/** From the queue to an agent's desk, or away before anybody answered. */
export const offerDecisions = { queue, recordOffer, endOffer, abandon }
