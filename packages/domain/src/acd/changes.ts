import type { AgentId } from '../kernel/ids.ts'
import { OrderedMap } from '../kernel/ordered-map.ts'
import { type AgentEntry, agentEntry, profileOf, skillsKey, withOtherPresence } from './agent-entry.ts'
import type { AgentOnFloor, WaitingWork } from './events.ts'
import { type OpenFloor, placeKey, type WorkState } from './state.ts'

/** The small steps of `evolve`. Each keeps the floor's indexes (who is ready, what waits) at one with the facts. */

const readyKey = ({ agentId, presence }: AgentOnFloor): string => `${presence.since}${agentId}`

const withReady = (floor: OpenFloor, entry: AgentEntry): OpenFloor['ready'] => {
  const { profile } = entry
  const entries = floor.ready.get(profile.key)?.entries ?? OrderedMap.empty<AgentEntry>()
  return floor.ready.set(profile.key, { profile, entries: entries.set(readyKey(entry.agent), entry) })
}

const withoutReady = (floor: OpenFloor, entry: AgentEntry): OpenFloor['ready'] => {
  const { profile } = entry
  const pool = floor.ready.get(profile.key)
  if (pool === undefined) return floor.ready
  const entries = pool.entries.delete(readyKey(entry.agent))
  return entries.size === 0
    ? floor.ready.delete(profile.key)
    : floor.ready.set(profile.key, { profile, entries })
}

const replace = (floor: OpenFloor, before: AgentEntry | undefined, after: AgentEntry): OpenFloor => {
  let changed: OpenFloor = { ...floor, agents: floor.agents.set(after.agent.agentId, after) }
  if (before?.agent.presence.status === 'ready')
    changed = { ...changed, ready: withoutReady(changed, before) }
  if (after.agent.presence.status === 'ready') changed = { ...changed, ready: withReady(changed, after) }
  return changed
}

/** On the floor with these skills and this presence, whatever was before. */
export const withAgent = (floor: OpenFloor, agent: AgentOnFloor): OpenFloor => {
  const { profile, profiles } = profileOf(floor.profiles, agent.skills)
  return replace({ ...floor, profiles }, floor.agents.get(agent.agentId), agentEntry(agent, profile))
}

/** The very floor when the agent is not on it. */
export const withPresence = (
  floor: OpenFloor,
  agentId: AgentId,
  presence: AgentOnFloor['presence'],
): OpenFloor => {
  const before = floor.agents.get(agentId)
  if (before === undefined) return floor
  return replace(floor, before, withOtherPresence(before, presence))
}

/** The very floor when the agent is not on it; a sign-off that waited is done with. */
export const withoutAgent = (floor: OpenFloor, agentId: AgentId): OpenFloor => {
  const before = floor.agents.get(agentId)
  if (before === undefined) return floor
  const left: OpenFloor = {
    ...floor,
    agents: floor.agents.delete(agentId),
    signingOff: floor.signingOff.delete(agentId),
  }
  return before.agent.presence.status === 'ready' ? { ...left, ready: withoutReady(left, before) } : left
}

const withoutLinePlace = (floor: OpenFloor, work: WaitingWork): OpenFloor['lines'] => {
  const key = skillsKey(work.requiredSkills)
  const line = floor.lines.get(key)
  if (line === undefined) return floor.lines
  const works = line.works.delete(placeKey(work))
  return works.size === 0
    ? floor.lines.delete(key)
    : floor.lines.set(key, { requiredSkills: line.requiredSkills, works })
}

const withLinePlace = (floor: OpenFloor, work: WaitingWork): OpenFloor['lines'] => {
  const key = skillsKey(work.requiredSkills)
  const line = floor.lines.get(key)
  const works = line?.works ?? OrderedMap.empty<WaitingWork>()
  return floor.lines.set(key, {
    requiredSkills: line?.requiredSkills ?? work.requiredSkills,
    works: works.set(placeKey(work), work),
  })
}

/** Moves a piece of work to where it stands now; out of any offer that it was in. */
export const withWork = (floor: OpenFloor, interactionId: string, now: WorkState): OpenFloor => {
  const before = floor.works.get(interactionId)
  let changed: OpenFloor = { ...floor, works: floor.works.set(interactionId, now) }
  if (before?.status === 'waiting') changed = { ...changed, lines: withoutLinePlace(changed, before.work) }
  if (before?.status === 'offered') changed = { ...changed, offers: changed.offers.delete(before.offerId) }
  if (now.status === 'waiting') changed = { ...changed, lines: withLinePlace(changed, now.work) }
  return changed
}
