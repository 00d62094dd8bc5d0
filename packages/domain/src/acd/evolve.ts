import { unchanged } from '../kernel/exhaustive.ts'
import type { AgentId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { withAgent, withoutAgent, withPresence, withWork } from './changes.ts'
import type { FloorEvent, NotReadyReason, WaitingWork } from './events.ts'
import { emptyFloor, type FloorState, type OpenFloor } from './state.ts'

type DataOf<T extends FloorEvent['type']> = Extract<FloorEvent, { type: T }>['data']

export const evolveFloor = (state: FloorState, event: FloorEvent): FloorState => {
  if (event.type === 'FloorDayOpened') return dayOpened(event.data)
  if (state.status === 'notOpen') return state
  switch (event.type) {
    case 'AgentSignedOn':
      return signedOn(state, event.data)
    case 'AgentBecameReady':
      return ready(state, event.data.agentId, event.data.at)
    case 'AgentBecameNotReady':
      return notReady(state, event.data.agentId, event.data.reason, event.data.at)
    case 'AgentSignOffRequested': {
      const { agentId } = event.data
      return state.agents.has(agentId)
        ? { ...state, signingOff: state.signingOff.set(agentId, agentId) }
        : state
    }
    case 'AgentSignedOff':
      return withoutAgent(state, event.data.agentId)
    case 'WorkEnqueued': {
      const { work } = event.data
      return withWork(state, work.interactionId, { status: 'waiting', work })
    }
    case 'WorkOffered':
      return offered(state, event.data)
    case 'OfferAccepted':
      return accepted(state, event.data)
    case 'OfferDeclined':
      return missed(state, event.data, 'break')
    case 'OfferLapsed':
      return missed(state, event.data, 'missedOffer')
    case 'OfferWithdrawn':
      return withdrawn(state, event.data)
    case 'WorkReturned':
      return returned(state, event.data)
    case 'WorkRaised':
      return raised(state, event.data)
    case 'WorkRemoved':
      return removed(state, event.data)
    case 'WrapUpStarted': {
      const { agentId, interactionId, until, at } = event.data
      const served = withWork(state, interactionId, { status: 'gone' })
      return withPresence(served, agentId, { status: 'wrapUp', interactionId, until, since: at })
    }
    case 'WrapUpFinished':
      return ready(state, event.data.agentId, event.data.at)
    default:
      return unchanged(state, event)
  }
}

const dayOpened = ({ floorId, day, carriedOver }: DataOf<'FloorDayOpened'>): OpenFloor => {
  let floor = emptyFloor(floorId, day)
  for (const agent of carriedOver.agents) floor = withAgent(floor, agent)
  for (const work of carriedOver.waiting)
    floor = withWork(floor, work.interactionId, { status: 'waiting', work })
  for (const offer of carriedOver.offers) {
    const { work, offerId } = offer
    floor = withWork(floor, work.interactionId, { status: 'offered', work, offerId })
    floor = { ...floor, offers: floor.offers.set(offerId, offer) }
  }
  for (const { agentId, work } of carriedOver.handling)
    floor = withWork(floor, work.interactionId, { status: 'handling', work, agentId, offerId: null })
  return floor
}

const ready = (floor: OpenFloor, agentId: AgentId, since: Instant): OpenFloor =>
  withPresence(floor, agentId, { status: 'ready', since })

const notReady = (floor: OpenFloor, agentId: AgentId, reason: NotReadyReason, since: Instant): OpenFloor =>
  withPresence(floor, agentId, { status: 'notReady', reason, since })

const signedOn = (floor: OpenFloor, { agentId, skills, at }: DataOf<'AgentSignedOn'>): OpenFloor => {
  const before = floor.agents.get(agentId)
  const presence = before?.agent.presence ?? { status: 'notReady', reason: 'break', since: at }
  const stays: OpenFloor = { ...floor, signingOff: floor.signingOff.delete(agentId) }
  return withAgent(stays, { agentId, skills, presence })
}

const offered = (floor: OpenFloor, data: DataOf<'WorkOffered'>): OpenFloor => {
  const { offerId, interactionId, agentId, expiresAt, at } = data
  const before = floor.works.get(interactionId)
  const entry = floor.agents.get(agentId)
  if (before?.status !== 'waiting' || entry === undefined) return floor
  const { work } = before
  const taken = withWork(floor, interactionId, { status: 'offered', work, offerId })
  const readySince = entry.agent.presence.status === 'ready' ? entry.agent.presence.since : at
  return withPresence(
    { ...taken, offers: taken.offers.set(offerId, { offerId, agentId, work, expiresAt }) },
    agentId,
    { status: 'reserved', offerId, readySince, since: at },
  )
}

const accepted = (floor: OpenFloor, data: DataOf<'OfferAccepted'>): OpenFloor => {
  const { offerId, interactionId, agentId, at } = data
  const offer = floor.offers.get(offerId)
  if (offer === undefined) return floor
  const { work } = offer
  return withPresence(
    withWork(floor, interactionId, { status: 'handling', work, agentId, offerId }),
    agentId,
    { status: 'engaged', interactionId, since: at },
  )
}

/** Back to its place in the line, with the agent remembered who did not take it. */
const missed = (
  floor: OpenFloor,
  data: DataOf<'OfferDeclined' | 'OfferLapsed'>,
  reason: NotReadyReason,
): OpenFloor => {
  const { offerId, agentId, at } = data
  const offer = floor.offers.get(offerId)
  if (offer === undefined) return floor
  const work = missedToo(offer.work, agentId)
  return notReady(withWork(floor, work.interactionId, { status: 'waiting', work }), agentId, reason, at)
}

const missedToo = (work: WaitingWork, agentId: AgentId): WaitingWork => {
  const { missedBy } = work
  return { ...work, missedBy: missedBy.includes(agentId) ? missedBy : [...missedBy, agentId] }
}

const withdrawn = (floor: OpenFloor, data: DataOf<'OfferWithdrawn'>): OpenFloor => {
  const { offerId, agentId, why, at } = data
  const offer = floor.offers.get(offerId)
  if (offer === undefined) return floor
  const { work } = offer
  const waiting = withWork(floor, work.interactionId, { status: 'waiting', work })
  if (why === 'agentLost') return notReady(waiting, agentId, 'connectionLost', at)
  const presence = floor.agents.get(agentId)?.agent.presence
  return ready(waiting, agentId, presence?.status === 'reserved' ? presence.readySince : at)
}

const returned = (floor: OpenFloor, data: DataOf<'WorkReturned'>): OpenFloor => {
  const { interactionId, agentId, place, why, at } = data
  const before = floor.works.get(interactionId)
  if (before?.status !== 'handling') return floor
  const returnedWork: WaitingWork = { ...before.work, place }
  const work = why === 'putBack' ? missedToo(returnedWork, agentId) : returnedWork
  const reason = why === 'putBack' ? 'break' : 'connectionLost'
  return notReady(withWork(floor, interactionId, { status: 'waiting', work }), agentId, reason, at)
}

const removed = (floor: OpenFloor, { interactionId }: DataOf<'WorkRemoved'>): OpenFloor =>
  floor.works.has(interactionId) ? withWork(floor, interactionId, { status: 'gone' }) : floor

const raised = (floor: OpenFloor, { interactionId, countsFrom }: DataOf<'WorkRaised'>): OpenFloor => {
  const before = floor.works.get(interactionId)
  if (before === undefined || before.status === 'gone') return floor
  const work: WaitingWork = { ...before.work, countsFrom }
  const moved = withWork(floor, interactionId, { ...before, work })
  const offer = before.status === 'offered' ? floor.offers.get(before.offerId) : undefined
  return offer === undefined
    ? moved
    : { ...moved, offers: moved.offers.set(offer.offerId, { ...offer, work }) }
}
