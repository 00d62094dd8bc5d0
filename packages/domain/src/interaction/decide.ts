import type { Decider } from '../kernel/decider.ts'
import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import { sameData } from '../kernel/same-data.ts'
import type { InteractionCommand, InteractionRefusal } from './commands.ts'
import type { InteractionEvent } from './events.ts'
import { handlingDecisions } from './handling.ts'
import { offerDecisions } from './offering.ts'
import { evolveInteraction, type InteractionState, initialInteraction } from './state.ts'

type InteractionDecision = Decision<InteractionEvent, InteractionRefusal>

const decide = (command: InteractionCommand, state: InteractionState): InteractionDecision => {
  const { interactionId } = command
  if (command.type === 'OpenInteraction') return open(command, state)
  if (state.status === 'none') return refuse('INTERACTION_UNKNOWN', { interactionId })
  switch (command.type) {
    case 'QueueInteraction':
      return offerDecisions.queue(command, state)
    case 'RecordOffer':
      return offerDecisions.recordOffer(command, state)
    case 'EndOffer':
      return offerDecisions.endOffer(command, state)
    case 'Abandon':
      return offerDecisions.abandon(command, state)
    case 'StartHandling':
      return handlingDecisions.start(command, state)
    case 'EndHandling':
      return handlingDecisions.end(command, state)
    case 'ReturnToQueue':
      return handlingDecisions.returnToQueue(command, state)
    case 'PutBack':
      return handlingDecisions.putBack(command, state)
    case 'WrapUp':
      return handlingDecisions.wrapUp(command, state)
    case 'CloseInteraction':
      return handlingDecisions.close(command, state)
    case 'Reopen':
      return handlingDecisions.reopen(command, state)
    case 'RecordChaser':
      return handlingDecisions.chase(command, state)
    case 'ChooseCustomer':
      return handlingDecisions.chooseCustomer(command, state)
    default:
      return unreachable(command)
  }
}

const open = (
  command: Extract<InteractionCommand, { type: 'OpenInteraction' }>,
  state: InteractionState,
): InteractionDecision => {
  const { type: _type, ...data } = command
  const { interactionId, carrier } = command
  if (state.status === 'none') return accept({ type: 'InteractionOpened', data })
  return sameData(state.carrier, carrier) ? accept() : refuse('INTERACTION_EXISTS', { interactionId })
}

export const interactionDecider: Decider<
  InteractionCommand,
  InteractionEvent,
  InteractionState,
  InteractionRefusal
> = { initialState: initialInteraction, decide, evolve: evolveInteraction }
