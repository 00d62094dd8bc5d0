import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import type { InteractionCommand, InteractionRefusal } from './commands.ts'
import type { InteractionEvent } from './events.ts'
import { wrongStatus } from './offering.ts'
import { agentOf, type InteractionState } from './state.ts'

type Of<T extends InteractionCommand['type']> = Extract<InteractionCommand, { type: T }>
type Opened = Exclude<InteractionState, { status: 'none' }>
type InteractionDecision = Decision<InteractionEvent, InteractionRefusal>

/** Characters (UTF-16 code units) that a wrap-up note may hold. */
export const NOTE_LIMIT = 4_000

const start = (command: Of<'StartHandling'>, state: Opened): InteractionDecision => {
  const { interactionId, offerId, agentId, at } = command
  if (state.status === 'handling' && state.offerId === offerId && state.agentId === agentId) return accept()
  if (state.status === 'closed') return wrongStatus(command, state)
  if (state.status !== 'offered' || state.offerId !== offerId)
    return refuse('OFFER_NOT_OPEN', { interactionId, offerId })
  if (state.agentId !== agentId) return refuse('NOT_YOURS', { interactionId, agentId })
  return accept({ type: 'InteractionHandlingStarted', data: { interactionId, offerId, agentId, at } })
}

const end = (command: Of<'EndHandling'>, state: Opened): InteractionDecision => {
  const { interactionId, how, at } = command
  // Both sides hang up at once: the first told is the one that ended it.
  if (state.status === 'wrapUp') return accept()
  if (state.status !== 'handling') return wrongStatus(command, state)
  const { agentId } = state
  return accept({ type: 'InteractionHandlingEnded', data: { interactionId, agentId, how, at } })
}

const returnToQueue = (command: Of<'ReturnToQueue'>, state: Opened): InteractionDecision => {
  const { interactionId, at } = command
  const why = 'agentLost'
  if (state.status === 'queued') return accept()
  if (state.status === 'handling') {
    const { agentId, queueId } = state
    return accept<InteractionEvent>(
      { type: 'InteractionHandlingEnded', data: { interactionId, agentId, how: 'agentLost', at } },
      { type: 'InteractionReturnedToQueue', data: { interactionId, queueId, place: 'head', why, at } },
    )
  }
  if (state.status === 'wrapUp' && state.endedBy === 'agentLost') {
    const { queueId } = state
    return accept({
      type: 'InteractionReturnedToQueue',
      data: { interactionId, queueId, place: 'head', why, at },
    })
  }
  return wrongStatus(command, state)
}

const putBack = (command: Of<'PutBack'>, state: Opened): InteractionDecision => {
  const { interactionId, holder, why, at } = command
  if (state.carrier.kind !== 'thread') return refuse('NOT_A_MAIL', { interactionId })
  if (state.status !== 'handling') return wrongStatus(command, state)
  const { agentId, queueId } = state
  if (holder !== null && holder !== agentId) return refuse('NOT_YOURS', { interactionId, agentId: holder })
  return accept<InteractionEvent>(
    { type: 'InteractionHandlingEnded', data: { interactionId, agentId, how: 'putBack', at } },
    { type: 'InteractionReturnedToQueue', data: { interactionId, queueId, place: 'head', why, at } },
  )
}

const wrapUp = (command: Of<'WrapUp'>, state: Opened): InteractionDecision => {
  const { interactionId, agentId, disposition, note, at } = command
  if (state.status === 'closed' && state.how === 'wrappedUp' && state.agentId === agentId) return accept()
  if (state.status !== 'wrapUp') return wrongStatus(command, state)
  if (state.agentId !== agentId) return refuse('NOT_YOURS', { interactionId, agentId })
  if (note.length > NOTE_LIMIT) return refuse('NOTE_TOO_LONG', { limit: NOTE_LIMIT })
  return accept<InteractionEvent>(
    { type: 'InteractionWrappedUp', data: { interactionId, agentId, disposition, note, at } },
    { type: 'InteractionClosed', data: { interactionId, how: 'wrappedUp', at } },
  )
}

/** Closes from anywhere, first ending what was under way, so that no offer or handling stays open in the log. */
const close = (command: Of<'CloseInteraction'>, state: Opened): InteractionDecision => {
  const { interactionId, how, at } = command
  const closed: InteractionEvent = { type: 'InteractionClosed', data: { interactionId, how, at } }
  switch (state.status) {
    case 'closed':
      return state.how === how ? accept() : wrongStatus(command, state)
    case 'offered': {
      const { offerId, agentId } = state
      return accept<InteractionEvent>(
        { type: 'InteractionOfferEnded', data: { interactionId, offerId, agentId, how: 'withdrawn', at } },
        closed,
      )
    }
    case 'handling': {
      const { agentId } = state
      return accept<InteractionEvent>(
        { type: 'InteractionHandlingEnded', data: { interactionId, agentId, how: 'systemFailure', at } },
        closed,
      )
    }
    case 'open':
    case 'queued':
    case 'wrapUp':
      return accept(closed)
    default:
      return unreachable(state)
  }
}

/** Who has it in hand, or is offered it, sees in the thread that the answer did not go out. */
const reopen = (command: Of<'Reopen'>, state: Opened): InteractionDecision => {
  const { interactionId, why, mailId, at } = command
  if (state.carrier.kind !== 'thread') return refuse('NOT_A_MAIL', { interactionId })
  if (state.status !== 'closed' && state.status !== 'wrapUp') return wrongStatus(command, state)
  const { queueId } = state
  if (queueId === null) return wrongStatus(command, state)
  return accept({ type: 'InteractionReopened', data: { interactionId, queueId, why, mailId, at } })
}

const chase = (command: Of<'RecordChaser'>, state: Opened): InteractionDecision => {
  const { interactionId, mailId, at } = command
  if (state.carrier.kind !== 'thread') return refuse('NOT_A_MAIL', { interactionId })
  if (state.status !== 'queued' && state.status !== 'offered' && state.status !== 'handling')
    return wrongStatus(command, state)
  return accept({ type: 'InteractionChased', data: { interactionId, mailId, at } })
}

const chooseCustomer = (command: Of<'ChooseCustomer'>, state: Opened): InteractionDecision => {
  const { interactionId, customerId, agentId, at } = command
  if (state.status === 'closed') return wrongStatus(command, state)
  if (agentOf(state) !== agentId) return refuse('NOT_YOURS', { interactionId, agentId })
  if (state.customerId === customerId) return accept()
  if (!state.candidates.some((candidate) => candidate.customerId === customerId))
    return refuse('NOT_A_CANDIDATE', { interactionId, customerId })
  return accept({
    type: 'InteractionCustomerChosen',
    data: { interactionId, from: state.customerId, to: customerId, agentId, at },
  })
}

/** From the agent's answer to the closed interaction. */
export const handlingDecisions = {
  start,
  end,
  returnToQueue,
  putBack,
  wrapUp,
  close,
  reopen,
  chase,
  chooseCustomer,
}
