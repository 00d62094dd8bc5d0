import { accept, type Decision, refuse } from '../kernel/decision.ts'
import type { FloorCommand, FloorRefusal } from './commands.ts'
import type { FloorEvent, NotReadyReason, OpenOffer } from './events.ts'
import type { OpenFloor } from './state.ts'

type Of<T extends FloorCommand['type']> = Extract<FloorCommand, { type: T }>
type FloorDecision = Decision<FloorEvent, FloorRefusal>
type OfferCommand = Of<
  'AcceptOffer' | 'DeclineOffer' | 'LapseOffer' | 'WithdrawOffer' | 'RemoveWork' | 'SignOffAfterWork'
>

/** Only whom it was made to may accept it; accepted twice, it is accepted with no events. */
export const acceptOffer = (command: Of<'AcceptOffer'>, floor: OpenFloor): FloorDecision => {
  const { offerId, agentId } = command
  const offer = floor.offers.get(offerId)
  if (offer === undefined)
    return acceptedBefore(command, floor) ? accept() : refuse('OFFER_NOT_OPEN', { offerId })
  if (offer.agentId !== agentId) return refuse('OFFER_NOT_YOURS', { offerId, agentId })
  return accept({ type: 'OfferAccepted', data: about(command, offer) })
}

const acceptedBefore = ({ offerId, agentId }: Of<'AcceptOffer'>, floor: OpenFloor): boolean => {
  const presence = floor.agents.get(agentId)?.agent.presence
  if (presence?.status !== 'engaged') return false
  const at = floor.works.get(presence.interactionId)
  return at?.status === 'handling' && at.offerId === offerId
}

/** Puts the agent on a break: who declined is not asked again at once. */
export const declineOffer = (command: Of<'DeclineOffer'>, floor: OpenFloor): FloorDecision => {
  const { offerId, agentId } = command
  const offer = floor.offers.get(offerId)
  if (offer === undefined) return refuse('OFFER_NOT_OPEN', { offerId })
  if (offer.agentId !== agentId) return refuse('OFFER_NOT_YOURS', { offerId, agentId })
  return accept<FloorEvent>(
    { type: 'OfferDeclined', data: about(command, offer) },
    notReady(command, offer, 'break'),
  )
}

/** Nobody answered in time: refused before its time; the agent is not ready, and the work waits again. */
export const lapseOffer = (command: Of<'LapseOffer'>, floor: OpenFloor): FloorDecision => {
  const { offerId, at } = command
  const offer = floor.offers.get(offerId)
  if (offer === undefined) return refuse('OFFER_NOT_OPEN', { offerId })
  const { expiresAt } = offer
  if (at < expiresAt) return refuse('OFFER_STILL_STANDS', { offerId, expiresAt })
  return accept<FloorEvent>(
    { type: 'OfferLapsed', data: about(command, offer) },
    notReady(command, offer, 'missedOffer'),
  )
}

/** Takes the offer back because one side is lost: the customer (the work goes too) or the agent. */
export const withdrawOffer = (command: Of<'WithdrawOffer'>, floor: OpenFloor): FloorDecision => {
  const { offerId, why } = command
  const offer = floor.offers.get(offerId)
  if (offer === undefined) return refuse('OFFER_NOT_OPEN', { offerId })
  if (why === 'customerLeft') return accept(...withdrawnFor(command, offer, 'abandoned'))
  return accept(...withdrawnFrom(command, offer))
}

/** The agent is lost while it rings: the work waits again in its old place, and the agent is not ready. */
export const withdrawnFrom = (command: OfferCommand, offer: OpenOffer): readonly FloorEvent[] => [
  { type: 'OfferWithdrawn', data: { ...about(command, offer), why: 'agentLost' } },
  notReady(command, offer, 'connectionLost'),
]

/** The customer is gone, or we failed them, while the work is on offer: the agent is free again and the work is off the floor. */
export const withdrawnFor = (
  command: OfferCommand,
  offer: OpenOffer,
  why: 'abandoned' | 'failed',
): readonly FloorEvent[] => [
  {
    type: 'OfferWithdrawn',
    data: { ...about(command, offer), why: why === 'failed' ? 'workFailed' : 'customerLeft' },
  },
  {
    type: 'WorkRemoved',
    data: { floorId: command.floorId, interactionId: offer.work.interactionId, why, at: command.at },
  },
]

const about = ({ floorId, at }: OfferCommand, { offerId, agentId, work }: OpenOffer) => ({
  floorId,
  offerId,
  interactionId: work.interactionId,
  agentId,
  at,
})

const notReady = (
  { floorId, at }: OfferCommand,
  { agentId }: OpenOffer,
  reason: NotReadyReason,
): FloorEvent => ({ type: 'AgentBecameNotReady', data: { floorId, agentId, reason, at } })
