import type { Instant } from '../kernel/instant.ts'
import { after, agent, floor, interaction, offer, queue } from '../kernel/testing.ts'
import { NOTHING_CARRIED_OVER } from './carry-over.ts'
import type { FloorCommand } from './commands.ts'
import type { FloorEvent, NotReadyReason, WaitingWork } from './events.ts'

/** Words in which the floor's tests are told; every time is in seconds after the day's start. */
export const floorId = floor('main')

export const workOf = (
  name: string,
  enqueuedAt: number,
  differing: Partial<WaitingWork> = {},
): WaitingWork => ({
  interactionId: interaction(name),
  queueId: queue('support'),
  channel: 'call',
  requiredSkills: ['support'],
  offerTimeoutSeconds: 20,
  wrapUpSeconds: 30,
  enqueuedAt: after(enqueuedAt),
  countsFrom: after(enqueuedAt),
  place: 'inOrder',
  missedBy: [],
  ...differing,
})

export const dayOpened: FloorEvent = {
  type: 'FloorDayOpened',
  data: { floorId, day: '2026-11-24', carriedOver: NOTHING_CARRIED_OVER, at: after(0) },
}

export const signedOn = (name: string, at: number, skills: readonly string[] = ['support']): FloorEvent => ({
  type: 'AgentSignedOn',
  data: { floorId, agentId: agent(name), skills, at: after(at) },
})

export const becameReady = (name: string, at: number): FloorEvent => ({
  type: 'AgentBecameReady',
  data: { floorId, agentId: agent(name), at: after(at) },
})

export const becameNotReady = (name: string, at: number, reason: NotReadyReason): FloorEvent => ({
  type: 'AgentBecameNotReady',
  data: { floorId, agentId: agent(name), reason, at: after(at) },
})

export const signOffRequested = (name: string, at: number): FloorEvent => ({
  type: 'AgentSignOffRequested',
  data: { floorId, agentId: agent(name), at: after(at) },
})

export const signedOff = (name: string, at: number): FloorEvent => ({
  type: 'AgentSignedOff',
  data: { floorId, agentId: agent(name), at: after(at) },
})

export const enqueued = (name: string, at: number, differing: Partial<WaitingWork> = {}): FloorEvent => ({
  type: 'WorkEnqueued',
  data: { floorId, work: workOf(name, at, differing), at: after(at) },
})

/** As decided, but for the reasons, which only the routing's own tests look at. */
export const offered = (id: string, work: string, to: string, at: number): FloorEvent => ({
  type: 'WorkOffered',
  data: {
    floorId,
    offerId: offer(id),
    interactionId: interaction(work),
    queueId: queue('support'),
    agentId: agent(to),
    policyVersion: 1,
    seed: 0,
    considered: [],
    expiresAt: after(at + 20),
    at: after(at),
  },
})

const offerEnd = (id: string, work: string, to: string, at: number) => ({
  floorId,
  offerId: offer(id),
  interactionId: interaction(work),
  agentId: agent(to),
  at: after(at),
})

export const offerAccepted = (id: string, work: string, by: string, at: number): FloorEvent => ({
  type: 'OfferAccepted',
  data: offerEnd(id, work, by, at),
})

export const offerDeclined = (id: string, work: string, by: string, at: number): FloorEvent => ({
  type: 'OfferDeclined',
  data: offerEnd(id, work, by, at),
})

export const offerLapsed = (id: string, work: string, by: string, at: number): FloorEvent => ({
  type: 'OfferLapsed',
  data: offerEnd(id, work, by, at),
})

export const offerWithdrawn = (
  id: string,
  work: string,
  from: string,
  at: number,
  why: 'customerLeft' | 'workFailed' | 'agentLost',
): FloorEvent => ({ type: 'OfferWithdrawn', data: { ...offerEnd(id, work, from, at), why } })

export const workReturned = (
  work: string,
  by: string,
  at: number,
  why: 'agentLost' | 'putBack' = 'agentLost',
): FloorEvent => ({
  type: 'WorkReturned',
  data: {
    floorId,
    interactionId: interaction(work),
    agentId: agent(by),
    place: 'head',
    why,
    at: after(at),
  },
})

export const workRaised = (work: string, countsFrom: Instant, at: number): FloorEvent => ({
  type: 'WorkRaised',
  data: { floorId, interactionId: interaction(work), countsFrom, why: 'chased', at: after(at) },
})

export const workRemoved = (
  work: string,
  at: number,
  why: 'abandoned' | 'failed' = 'abandoned',
): FloorEvent => ({
  type: 'WorkRemoved',
  data: { floorId, interactionId: interaction(work), why, at: after(at) },
})

export const wrapUpStarted = (name: string, work: string, at: number): FloorEvent => ({
  type: 'WrapUpStarted',
  data: {
    floorId,
    agentId: agent(name),
    interactionId: interaction(work),
    until: after(at + 30),
    at: after(at),
  },
})

export const wrapUpFinished = (
  name: string,
  work: string,
  at: number,
  how: 'byAgent' | 'timeUp' = 'byAgent',
): FloorEvent => ({
  type: 'WrapUpFinished',
  data: { floorId, agentId: agent(name), interactionId: interaction(work), how, at: after(at) },
})

type Rest<T extends FloorCommand['type']> = Omit<
  Extract<FloorCommand, { type: T }>,
  'type' | 'floorId' | 'at'
>

/** A command to the floor at this second. */
export const command = <T extends FloorCommand['type']>(type: T, at: number, rest: Rest<T>): FloorCommand =>
  ({ type, floorId, at: after(at), ...rest }) as unknown as FloorCommand

export const route = (id: string, at: number, seed = 0): Extract<FloorCommand, { type: 'RouteNext' }> => ({
  type: 'RouteNext',
  floorId,
  offerId: offer(id),
  seed,
  at: after(at) as Instant,
})
