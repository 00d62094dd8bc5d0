import type { ContactPoint } from '../contact-point/events.ts'
import { unchanged } from '../kernel/exhaustive.ts'
import type { AgentId, CustomerId, InteractionId, OfferId, QueueId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { Channel, CustomerCandidate, HandlingEnd, InteractionEnd, InteractionEvent } from './events.ts'

/** What an interaction keeps from its first event to its last; only the customer may change. */
export type InteractionFacts = {
  readonly interactionId: InteractionId
  readonly channel: Channel
  readonly direction: 'inbound' | 'outbound'
  readonly customerId: CustomerId
  readonly candidates: readonly CustomerCandidate[]
  readonly contactPoint: ContactPoint
  readonly carrier: Extract<InteractionEvent, { type: 'InteractionOpened' }>['data']['carrier']
}

type At<Status extends string, Data = unknown> = InteractionFacts & {
  readonly status: Status
} & Readonly<Data>

export type InteractionState =
  | { readonly status: 'none' }
  | At<'open'>
  /** `endedOfferId` is the offer that just ended, so that hearing of its end again is no surprise. */
  | At<'queued', { queueId: QueueId; endedOfferId: OfferId | null }>
  | At<'offered', { queueId: QueueId; offerId: OfferId; agentId: AgentId; expiresAt: Instant }>
  | At<'handling', { queueId: QueueId; offerId: OfferId; agentId: AgentId }>
  | At<'wrapUp', { queueId: QueueId; agentId: AgentId; endedBy: HandlingEnd }>
  | At<
      'closed',
      {
        how: InteractionEnd
        agentId: AgentId | null
        /** Null: it was in no queue. */
        queueId: QueueId | null
      }
    >

export const initialInteraction: InteractionState = { status: 'none' }

/** The agent whom it is offered to, or who has it. */
export const agentOf = (state: InteractionState): AgentId | null =>
  'agentId' in state ? (state.agentId ?? null) : null

const factsOf = (state: InteractionFacts): InteractionFacts => ({
  interactionId: state.interactionId,
  channel: state.channel,
  direction: state.direction,
  customerId: state.customerId,
  candidates: state.candidates,
  contactPoint: state.contactPoint,
  carrier: state.carrier,
})

export const evolveInteraction = (state: InteractionState, event: InteractionEvent): InteractionState => {
  if (event.type === 'InteractionOpened') return { status: 'open', ...factsOf(event.data) }
  if (state.status === 'none') return state
  switch (event.type) {
    case 'InteractionQueued':
    case 'InteractionReturnedToQueue':
    case 'InteractionReopened':
      return { status: 'queued', ...factsOf(state), queueId: event.data.queueId, endedOfferId: null }
    case 'InteractionOffered': {
      if (state.status !== 'queued') return state
      const { offerId, agentId, expiresAt } = event.data
      return { status: 'offered', ...factsOf(state), queueId: state.queueId, offerId, agentId, expiresAt }
    }
    case 'InteractionOfferEnded':
      if (state.status !== 'offered') return state
      return {
        status: 'queued',
        ...factsOf(state),
        queueId: state.queueId,
        endedOfferId: event.data.offerId,
      }
    case 'InteractionHandlingStarted': {
      if (state.status !== 'offered') return state
      const { offerId, agentId } = event.data
      return { status: 'handling', ...factsOf(state), queueId: state.queueId, offerId, agentId }
    }
    case 'InteractionHandlingEnded': {
      if (state.status !== 'handling') return state
      const { agentId, how } = event.data
      return { status: 'wrapUp', ...factsOf(state), queueId: state.queueId, agentId, endedBy: how }
    }
    case 'InteractionClosed':
      return {
        status: 'closed',
        ...factsOf(state),
        how: event.data.how,
        agentId: agentOf(state),
        queueId: 'queueId' in state ? state.queueId : null,
      }
    case 'InteractionCustomerChosen':
      return { ...state, customerId: event.data.to }
    case 'InteractionChased':
      return state
    // Both are followed by `InteractionClosed` in the same append.
    case 'InteractionAbandoned':
    case 'InteractionWrappedUp':
      return state
    default:
      return unchanged(state, event)
  }
}
