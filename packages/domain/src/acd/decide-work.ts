import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import { millisecondsBetween, plusMilliseconds } from '../kernel/instant.ts'
import type { FloorCommand, FloorRefusal } from './commands.ts'
import { withdrawnFor } from './decide-offers.ts'
import { signedOffIfDue } from './decide-sign-off.ts'
import type { FloorEvent } from './events.ts'
import type { OpenFloor, WorkState } from './state.ts'

type Of<T extends FloorCommand['type']> = Extract<FloorCommand, { type: T }>
type FloorDecision = Decision<FloorEvent, FloorRefusal>
type Handling = Extract<WorkState, { status: 'handling' }>

/** Refused when the floor knows the work, even when it is gone, unless it was opened again: a late repeat queues nothing. */
export const enqueue = (command: Of<'Enqueue'>, floor: OpenFloor): FloorDecision => {
  const { floorId, work, reopened = false, at } = command
  const { interactionId } = work
  const known = floor.works.get(interactionId)
  if (known !== undefined && !(reopened && known.status === 'gone'))
    return refuse('WORK_KNOWN', { interactionId })
  return accept({ type: 'WorkEnqueued', data: { floorId, work, at } })
}

/** From wherever it is: its offer is withdrawn, and who handles it gets their wrap-up. */
export const removeWork = (command: Of<'RemoveWork'>, floor: OpenFloor): FloorDecision => {
  const { floorId, interactionId, why, at } = command
  const found = floor.works.get(interactionId)
  if (found === undefined) return refuse('WORK_UNKNOWN', { interactionId })
  const removed: FloorEvent = { type: 'WorkRemoved', data: { floorId, interactionId, why, at } }
  switch (found.status) {
    case 'waiting':
      return accept(removed)
    case 'offered': {
      const offer = floor.offers.get(found.offerId)
      return offer === undefined ? accept(removed) : accept(...withdrawnFor(command, offer, why))
    }
    case 'handling':
      // The agent has had a contact, however it ended: wrap-up, not the next call at once.
      return accept(wrapUpStarted(command, found), removed)
    case 'gone':
      return accept()
    default:
      return unreachable(found)
  }
}

/** To the head of its queue, away from an agent who was lost or put it back and is not ready from then on. */
export const returnWork = (command: Of<'ReturnWork'>, floor: OpenFloor): FloorDecision => {
  const { floorId, interactionId, why, at } = command
  const found = floor.works.get(interactionId)
  if (found === undefined) return refuse('WORK_UNKNOWN', { interactionId })
  if (found.status === 'waiting' && found.work.place === 'head') return accept()
  if (found.status !== 'handling') return refuse('WORK_NOT_HANDLED', { interactionId, status: found.status })
  const { agentId } = found
  const reason = why === 'putBack' ? 'break' : 'connectionLost'
  return accept<FloorEvent>(
    { type: 'WorkReturned', data: { floorId, interactionId, agentId, place: 'head', why, at } },
    { type: 'AgentBecameNotReady', data: { floorId, agentId, reason, at } },
    ...signedOffIfDue({ floorId, agentId, at }, floor),
  )
}

const HOUR = 3_600_000
/** What one chaser is worth, and all together: who writes ten times must not keep everybody else waiting. */
const CHASER_MILLISECONDS = HOUR
const MOST_RAISED_MILLISECONDS = 4 * HOUR

/** Work in hand is raised too: it may be put back. */
export const raiseWork = (command: Of<'RaiseWork'>, floor: OpenFloor): FloorDecision => {
  const { floorId, interactionId, why, at } = command
  const found = floor.works.get(interactionId)
  if (found === undefined) return refuse('WORK_UNKNOWN', { interactionId })
  if (found.status === 'gone') return accept()
  const { enqueuedAt, countsFrom: before } = found.work
  if (millisecondsBetween(before, enqueuedAt) >= MOST_RAISED_MILLISECONDS) return accept()
  const countsFrom = plusMilliseconds(before, -CHASER_MILLISECONDS)
  return accept({ type: 'WorkRaised', data: { floorId, interactionId, countsFrom, why, at } })
}

/** The contact is over and its agent has the time that the queue gives for writing it up. */
export const startWrapUp = (command: Of<'StartWrapUp'>, floor: OpenFloor): FloorDecision => {
  const { interactionId } = command
  const found = floor.works.get(interactionId)
  if (found === undefined) return refuse('WORK_UNKNOWN', { interactionId })
  switch (found.status) {
    case 'handling':
      return accept(wrapUpStarted(command, found))
    case 'gone':
      return accept()
    case 'waiting':
    case 'offered':
      return refuse('WORK_NOT_HANDLED', { interactionId, status: found.status })
    default:
      return unreachable(found)
  }
}

const wrapUpStarted = (
  { floorId, interactionId, at }: Of<'StartWrapUp' | 'RemoveWork'>,
  { agentId, work }: Handling,
): FloorEvent => ({
  type: 'WrapUpStarted',
  data: {
    floorId,
    agentId,
    interactionId,
    until: plusMilliseconds(at, work.wrapUpSeconds * 1_000),
    at,
  },
})
