import type { OrderedMap } from '../kernel/ordered-map.ts'
import type { AgentOnFloor, Consideration, Verdict } from './events.ts'

/** One set of skills that some agents of the floor share. */
export type SkillProfile = {
  /** The skills sorted, as text; equal for equal sets. */
  readonly key: string
  /** Numbered from 0 in the order they first appeared on the floor, so that a decision can keep notes in an array. */
  readonly index: number
  readonly skills: ReadonlySet<string>
}

/** An agent of the floor and what does not change with the presence, made once so that decisions only point to it. */
export type AgentEntry = {
  readonly agent: AgentOnFloor
  readonly profile: SkillProfile
  readonly considerations: Readonly<Record<Verdict, Consideration>>
  /** What is said of the agent, given the skills, as long as nobody is chosen: the presence's verdict. */
  readonly standing: Consideration
  /** Half of the draw that breaks ties; the seed is the other half. */
  readonly lot: number
}

/** A separator that no skill holds: skills are words. */
const BETWEEN = '\n'

/** The same for the same skills in whatever order, each counted once. */
export const skillsKey = (skills: readonly string[]): string => [...new Set(skills)].sort().join(BETWEEN)

/** The profile of these skills, from those the floor knows or newly numbered. */
export const profileOf = (
  profiles: OrderedMap<SkillProfile>,
  skills: readonly string[],
): { readonly profile: SkillProfile; readonly profiles: OrderedMap<SkillProfile> } => {
  const key = skillsKey(skills)
  const known = profiles.get(key)
  if (known !== undefined) return { profile: known, profiles }
  const profile: SkillProfile = { key, index: profiles.size, skills: new Set(skills) }
  return { profile, profiles: profiles.set(key, profile) }
}

/** Whether nothing that is required is missing. */
export const hasSkills = ({ skills }: SkillProfile, required: readonly string[]): boolean => {
  for (const skill of required) if (!skills.has(skill)) return false
  return true
}

/** All that a decision may ever say of the agent, made beforehand. */
export const agentEntry = (agent: AgentOnFloor, profile: SkillProfile): AgentEntry => {
  const { agentId } = agent
  const refused = <Why extends Verdict>(why: Why) => ({ agentId, eligible: false, why })
  const considerations: AgentEntry['considerations'] = {
    longestReady: { agentId, eligible: true, why: 'longestReady' },
    readyLater: { agentId, eligible: true, why: 'readyLater' },
    skillMissing: refused('skillMissing'),
    notReady: refused('notReady'),
    reserved: refused('reserved'),
    engaged: refused('engaged'),
    wrapUp: refused('wrapUp'),
    alreadyMissedThisOffer: refused('alreadyMissedThisOffer'),
  }
  const standing = considerations[verdictOf(agent.presence)]
  return { agent, profile, considerations, standing, lot: lotOf(agentId) }
}

/** The same agent with another presence. */
export const withOtherPresence = (
  { agent, profile, considerations, lot }: AgentEntry,
  presence: AgentOnFloor['presence'],
): AgentEntry => ({
  agent: { agentId: agent.agentId, skills: agent.skills, presence },
  profile,
  considerations,
  standing: considerations[verdictOf(presence)],
  lot,
})

const verdictOf = ({ status }: AgentOnFloor['presence']): Verdict =>
  status === 'ready' ? 'readyLater' : status

/** FNV-1a, 32 bits, over the UTF-16 code units. */
const lotOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return hash >>> 0
}

/** An agent's number in the draw of this seed: the lowest wins. Mixed by the finaliser of MurmurHash3. */
export const draw = (lot: number, seed: number): number => {
  let mixed = (lot ^ seed) >>> 0
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
