import type { AgentId, FloorId, InteractionId, OfferId } from '../kernel/ids.ts'
import { OrderedMap } from '../kernel/ordered-map.ts'
import type { AgentEntry, SkillProfile } from './agent-entry.ts'
import type { AgentOnFloor, OpenOffer, WaitingWork } from './events.ts'

/** Where one piece of work stands. Whatever was enqueued today is in exactly one of these. */
export type WorkState =
  | { readonly status: 'waiting'; readonly work: WaitingWork }
  | { readonly status: 'offered'; readonly work: WaitingWork; readonly offerId: OfferId }
  /** `offerId` is null for work that was carried over from yesterday. */
  | {
      readonly status: 'handling'
      readonly work: WaitingWork
      readonly agentId: AgentId
      readonly offerId: OfferId | null
    }
  /** Served or removed. Remembered until the day ends, so that a late repeat does not queue it again. */
  | { readonly status: 'gone' }

/** All that waits for the same skills, in the order it is to be served. */
export type Line = {
  readonly requiredSkills: readonly string[]
  readonly works: OrderedMap<WaitingWork>
}

export type OpenFloor = {
  readonly status: 'open'
  readonly floorId: FloorId
  readonly day: string
  /** By agent id. */
  readonly agents: OrderedMap<AgentEntry>
  /** Who is off the floor as soon as the work in hand is done; each is engaged or in wrap-up. By agent id. */
  readonly signingOff: OrderedMap<AgentId>
  /** By their skills as text. */
  readonly profiles: OrderedMap<SkillProfile>
  /** Who is ready, by skill profile, longest ready first. */
  readonly ready: OrderedMap<{ readonly profile: SkillProfile; readonly entries: OrderedMap<AgentEntry> }>
  /** By interaction id. */
  readonly works: OrderedMap<WorkState>
  /** What waits, by the required skills as text. */
  readonly lines: OrderedMap<Line>
  /** By offer id. */
  readonly offers: OrderedMap<OpenOffer>
}

/**
 * A floor's day. Every part is a persistent map: an event costs O(log n), and each earlier state stays valid. Read it
 * through the functions below.
 */
export type FloorState = { readonly status: 'notOpen' } | OpenFloor

export const initialFloor: FloorState = { status: 'notOpen' }

/** The floor as a day begins. */
export const emptyFloor = (floorId: FloorId, day: string): OpenFloor => ({
  status: 'open',
  floorId,
  day,
  agents: OrderedMap.empty(),
  signingOff: OrderedMap.empty(),
  profiles: OrderedMap.empty(),
  ready: OrderedMap.empty(),
  works: OrderedMap.empty(),
  lines: OrderedMap.empty(),
  offers: OrderedMap.empty(),
})

/** Orders what waits: the head before the rest, then who counts as waiting longest, then by id so that there is one order only. */
export const placeKey = ({ place, countsFrom, interactionId }: WaitingWork): string =>
  `${place === 'head' ? '0' : '1'}${countsFrom}${interactionId}`

/** Everybody on the floor, by agent id. */
export const agentsOnFloor = (state: FloorState): readonly AgentOnFloor[] =>
  state.status === 'open' ? state.agents.values().map((entry) => entry.agent) : []

/** Undefined when the agent is not signed on. */
export const agentOnFloor = (state: FloorState, agentId: AgentId): AgentOnFloor | undefined =>
  state.status === 'open' ? state.agents.get(agentId)?.agent : undefined

/** Who is off the floor as soon as the work in hand is done, by agent id. */
export const signingOffOnFloor = (state: FloorState): readonly AgentId[] =>
  state.status === 'open' ? state.signingOff.values() : []

/** Where this work stands; undefined when it never came to the floor today. */
export const workOnFloor = (state: FloorState, interactionId: InteractionId): WorkState | undefined =>
  state.status === 'open' ? state.works.get(interactionId) : undefined

/** All that waits and is on offer to nobody, in the order it is to be served. */
export const waitingOnFloor = (state: FloorState): readonly WaitingWork[] =>
  state.status === 'open'
    ? state.lines
        .values()
        .flatMap((line) => line.works.values())
        .sort((one, other) => (placeKey(one) < placeKey(other) ? -1 : 1))
    : []

/** Every offer that stands, by offer id. */
export const openOffers = (state: FloorState): readonly OpenOffer[] =>
  state.status === 'open' ? state.offers.values() : []

/** Undefined when the offer was answered, lapsed or withdrawn. */
export const openOffer = (state: FloorState, offerId: OfferId): OpenOffer | undefined =>
  state.status === 'open' ? state.offers.get(offerId) : undefined

/** All that agents are handling now. */
export const handlingOnFloor = (
  state: FloorState,
): readonly { readonly agentId: AgentId; readonly work: WaitingWork }[] => {
  if (state.status !== 'open') return []
  const handling: { agentId: AgentId; work: WaitingWork }[] = []
  // Over the agents and not over the day's works, which grow until midnight.
  state.agents.forEach(({ agent }) => {
    if (agent.presence.status !== 'engaged') return
    const at = state.works.get(agent.presence.interactionId)
    if (at?.status === 'handling') handling.push({ agentId: agent.agentId, work: at.work })
  })
  return handling
}
