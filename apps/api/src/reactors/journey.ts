import {
  type AgentEvent,
  type AgentId,
  agentOnFloor,
  agentStream,
  type CallEvent,
  type CorrespondenceEvent,
  callStream,
  type FloorEvent,
  type HangUpCause,
  type Instant,
  type InteractionCommand,
  type InteractionEvent,
  type InteractionId,
  type InteractionState,
  queueStream,
  type RecordedEvent,
  signingOffOnFloor,
  unreachable,
  type WaitingWork,
} from '@centralino/domain'
import { interactionIdOf } from '../channels/voice/ids.ts'
import { becauseOf } from '../commands/because.ts'
import { interactionOf, type JourneyRooms, order, tell } from './journey-rooms.ts'
import { mailComesBack, reopen, reopenIfUnsent } from './mail-comes-back.ts'

type FloorStep = Extract<
  FloorEvent,
  { type: 'WorkOffered' | 'OfferAccepted' | 'OfferDeclined' | 'OfferLapsed' | 'OfferWithdrawn' }
>
type InteractionStep = Extract<
  InteractionEvent,
  {
    type:
      | 'InteractionQueued'
      | 'InteractionHandlingEnded'
      | 'InteractionReturnedToQueue'
      | 'InteractionWrappedUp'
      | 'InteractionClosed'
      | 'InteractionReopened'
      | 'InteractionChased'
      | 'InteractionCustomerChosen'
  }
>
type CallStep = Extract<CallEvent, { type: 'CallEnded' }>
type AgentStep = Extract<AgentEvent, { type: 'AgentHired' | 'AgentProfileChanged' | 'AgentLeft' }>
type MailStep = Extract<CorrespondenceEvent, { type: 'MailSendFailed' | 'MailDeliveryReported' }>
type Step = FloorStep | InteractionStep | CallStep | AgentStep | MailStep

const STEPS: ReadonlySet<string> = new Set<Step['type']>([
  'WorkOffered',
  'OfferAccepted',
  'OfferDeclined',
  'OfferLapsed',
  'OfferWithdrawn',
  'InteractionQueued',
  'InteractionHandlingEnded',
  'InteractionReturnedToQueue',
  'InteractionWrappedUp',
  'InteractionClosed',
  'InteractionReopened',
  'InteractionChased',
  'InteractionCustomerChosen',
  'MailSendFailed',
  'MailDeliveryReported',
  'CallEnded',
  'AgentHired',
  'AgentProfileChanged',
  'AgentLeft',
])

const isStep = (event: RecordedEvent): event is RecordedEvent<Step> => STEPS.has(event.type)

/** One lane for each interaction, so that its story is told in order; agents have lanes of their own. */
export const laneOfJourney = (event: RecordedEvent): string | null => {
  if (!isStep(event)) return null
  if ('interactionId' in event.data) return event.data.interactionId
  return 'callId' in event.data ? interactionIdOf(event.data.callId) : event.data.agentId
}

/**
 * One contact's journey through the rooms: interaction, floor and call each decide for themselves, and what one of them
 * decided, another has to hear. Every line below is one such sentence.
 *
 * | event | so |
 * |---|---|
 * | InteractionQueued | the floor enqueues the work |
 * | WorkOffered | the interaction is offered |
 * | OfferDeclined, OfferLapsed, OfferWithdrawn | its offer has ended |
 * | OfferAccepted | its handling starts |
 * | CallEnded | its handling ends, or it was abandoned, or it failed |
 * | InteractionHandlingEnded (agent still there) | the agent's wrap-up starts |
 * | InteractionReturnedToQueue (agent lost, mail put back) | the work goes back to the head, the agent is not ready |
 * | InteractionWrappedUp | the agent's wrap-up is over |
 * | InteractionClosed unserved | the work leaves the floor |
 * | MailSendFailed for good, MailDeliveryReported as failed | its interaction is opened again, at once or when it is over, once for each mail |
 * | InteractionReopened | the floor enqueues the work, at the head |
 * | InteractionChased | the work counts as waiting longer |
 * | InteractionCustomerChosen | that customer ranks first the next time |
 * | AgentHired, AgentProfileChanged | the floor knows the new skills of who is on it, and keeps who has come back |
 * | AgentLeft | the agent signs off, at the latest after the call in hand; a mail in hand goes back to the head |
 *
 * A refusal means that things moved on meanwhile, and is no error.
 */
export const takeStep = async (rooms: JourneyRooms, event: RecordedEvent): Promise<void> => {
  if (!isStep(event)) return
  switch (event.type) {
    case 'WorkOffered': {
      const { interactionId, offerId, agentId, expiresAt, at } = event.data
      return tell(rooms, event, { type: 'RecordOffer', interactionId, offerId, agentId, expiresAt, at })
    }
    case 'OfferAccepted': {
      const { interactionId, offerId, agentId, at } = event.data
      await tell(rooms, event, { type: 'StartHandling', interactionId, offerId, agentId, at })
      // Accepted in the same instant as the agent left: who left found nothing in hand yet.
      if (signingOffOnFloor(rooms.floor.state()).includes(agentId)) await mailComesBack(rooms, event, agentId)
      return
    }
    case 'OfferDeclined':
    case 'OfferLapsed':
    case 'OfferWithdrawn': {
      const { interactionId, offerId, at } = event.data
      return tell(rooms, event, { type: 'EndOffer', interactionId, offerId, how: HOW[event.type], at })
    }
    case 'CallEnded':
      return callEnded(rooms, event, event.data)
    case 'InteractionQueued':
      return enqueue(rooms, event, event.data, 'inOrder')
    case 'InteractionReopened':
      return enqueue(rooms, event, event.data, 'head')
    case 'MailSendFailed': {
      const { interactionId, mailId, retryAt } = event.data
      return retryAt === null
        ? reopen(rooms, event, interactionId, { mailId, why: 'replyNotSent' })
        : undefined
    }
    case 'MailDeliveryReported': {
      const { interactionId, mailId, action } = event.data
      return action === 'failed'
        ? reopen(rooms, event, interactionId, { mailId, why: 'replyBounced' })
        : undefined
    }
    case 'InteractionHandlingEnded':
      // Nothing is there to wrap up: `InteractionReturnedToQueue` follows.
      if (event.data.how === 'agentLost' || event.data.how === 'putBack') return
      return order(rooms, event, { type: 'StartWrapUp', interactionId: event.data.interactionId })
    case 'InteractionReturnedToQueue': {
      const { interactionId } = event.data
      const why = event.data.why === 'agentLost' ? 'agentLost' : 'putBack'
      return order(rooms, event, { type: 'ReturnWork', interactionId, why })
    }
    case 'InteractionWrappedUp':
      return finishWrapUp(rooms, event, event.data)
    case 'InteractionClosed': {
      const { interactionId, how } = event.data
      if (how === 'wrappedUp') return reopenIfUnsent(rooms, event, interactionId)
      // It was in no queue.
      if (how === 'automatic') return
      const why = how === 'abandoned' ? 'abandoned' : 'failed'
      return order(rooms, event, { type: 'RemoveWork', interactionId, why })
    }
    case 'InteractionChased':
      return order(rooms, event, {
        type: 'RaiseWork',
        interactionId: event.data.interactionId,
        why: 'chased',
      })
    case 'InteractionCustomerChosen':
      return customerChosen(rooms, event, event.data)
    case 'AgentHired':
    case 'AgentProfileChanged':
      return stays(rooms, event, event.data.agentId)
    case 'AgentLeft': {
      const { agentId } = event.data
      await order(rooms, event, { type: 'SignOffAfterWork', agentId })
      return mailComesBack(rooms, event, agentId)
    }
    default:
      return unreachable(event)
  }
}

const HOW = { OfferDeclined: 'declined', OfferLapsed: 'lapsed', OfferWithdrawn: 'withdrawn' } as const

type DataOf<T extends Step['type']> = Extract<Step, { type: T }>['data']

/** Only what still waits: an old event told again must not queue a contact that was served long ago. */
const enqueue = async (
  rooms: JourneyRooms,
  event: RecordedEvent,
  { interactionId, queueId, at }: DataOf<'InteractionQueued' | 'InteractionReopened'>,
  place: WaitingWork['place'],
): Promise<void> => {
  const state = await interactionOf(rooms, interactionId)
  if (state.status !== 'queued') return
  const queue = await rooms.handlers.queue.state(queueStream(queueId))
  if (queue.status === 'none') throw new Error('an interaction was queued where there is no queue')
  const { requiredSkills, offerTimeoutSeconds, wrapUpSeconds } = queue.settings
  return order(rooms, event, {
    type: 'Enqueue',
    work: {
      interactionId,
      queueId,
      channel: state.channel,
      requiredSkills,
      offerTimeoutSeconds,
      wrapUpSeconds,
      enqueuedAt: at,
      countsFrom: at,
      place,
      missedBy: [],
    },
    reopened: event.type === 'InteractionReopened',
  })
}

const ENDED_BY = {
  customer: 'customerLeft',
  agent: 'agentLeft',
  hub: 'systemFailure',
} as const satisfies Record<HangUpCause['by'], string>

/**
 * Talking: the handling ends. Still waiting: the caller gave up, or we failed the caller. One purpose for all three, so
 * that a repeat, which finds the contact in wrap-up or closed, is the same command and not another one.
 */
const callEnded = async (
  rooms: JourneyRooms,
  event: RecordedEvent,
  { callId, cause, at }: DataOf<'CallEnded'>,
): Promise<void> => {
  const call = await rooms.handlers.call.state(callStream(callId))
  if (call.status === 'none') return
  const { interactionId } = call
  const state = await interactionOf(rooms, interactionId)
  const command = afterCallEnded(state, interactionId, cause, at)
  if (command !== null) await tell(rooms, event, command, 'callEnded')
}

const afterCallEnded = (
  state: InteractionState,
  interactionId: InteractionId,
  cause: HangUpCause,
  at: Instant,
): InteractionCommand | null => {
  switch (state.status) {
    case 'handling':
      return { type: 'EndHandling', interactionId, how: ENDED_BY[cause.by], at }
    case 'open':
    case 'queued':
    case 'offered':
      return cause.by === 'hub'
        ? { type: 'CloseInteraction', interactionId, how: 'failed', at }
        : { type: 'Abandon', interactionId, at }
    case 'none':
    case 'wrapUp':
    case 'closed':
      return null
    default:
      return unreachable(state)
  }
}

/** An old contact's note, written while the agent is wrapping up another one, ends nothing. */
const finishWrapUp = async (
  rooms: JourneyRooms,
  event: RecordedEvent,
  { agentId, interactionId }: DataOf<'InteractionWrappedUp'>,
): Promise<void> => {
  const presence = agentOnFloor(rooms.floor.state(), agentId)?.presence
  if (presence?.status !== 'wrapUp' || presence.interactionId !== interactionId) return
  return order(rooms, event, { type: 'FinishWrapUp', agentId, how: 'byAgent' })
}

/** By who they are now: an old event told again must not keep an agent who has left since. */
const stays = async (rooms: JourneyRooms, event: RecordedEvent, agentId: AgentId): Promise<void> => {
  if (agentOnFloor(rooms.floor.state(), agentId) === undefined) return
  const agent = await rooms.handlers.agent.state(agentStream(agentId))
  if (agent.status !== 'employed') return
  return order(rooms, event, { type: 'SignOn', agentId, skills: agent.profile.skills })
}

const customerChosen = async (
  rooms: JourneyRooms,
  event: RecordedEvent,
  { interactionId, to, at }: DataOf<'InteractionCustomerChosen'>,
): Promise<void> => {
  const state = await interactionOf(rooms, interactionId)
  if (state.status === 'none') return
  await rooms.identification.recordUse(
    to,
    state.contactPoint,
    at,
    becauseOf(event, 'recordUse', { actor: event.metadata.actor, customerId: to }),
  )
}
