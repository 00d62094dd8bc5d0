import type { AgentId } from '../kernel/ids.ts'
import { plusMilliseconds } from '../kernel/instant.ts'
import { type AgentEntry, draw, hasSkills } from './agent-entry.ts'
import type { FloorCommand } from './commands.ts'
import type { Consideration, FloorEvent, WaitingWork } from './events.ts'
import type { OpenFloor } from './state.ts'

/** Raised whenever the same floor, offer id, seed and time would give another offer than before. */
export const ROUTING_POLICY_VERSION = 1

export type WorkOffered = Extract<FloorEvent, { type: 'WorkOffered' }>
type RouteNext = Extract<FloorCommand, { type: 'RouteNext' }>

/**
 * The next offer, or null when nothing that waits has a ready agent with its skills.
 *
 * The work: the head before the rest, then who waits longest; work that nobody ready can do is passed over, so it
 * never blocks what is behind it. The agent: of those ready and able, the one ready longest; equals draw lots by the
 * seed. Who let this very work go by is asked again only when every ready and able agent has. Pure: the same floor and
 * command give the same event.
 */
export const routeNext = (
  { floorId, offerId, seed, at }: RouteNext,
  floor: OpenFloor,
): WorkOffered | null => {
  const match = nextMatch(floor, seed)
  if (match === null) return null
  const { work, chosen, skipped } = match
  return {
    type: 'WorkOffered',
    data: {
      floorId,
      offerId,
      interactionId: work.interactionId,
      queueId: work.queueId,
      agentId: chosen.agent.agentId,
      policyVersion: ROUTING_POLICY_VERSION,
      seed,
      considered: consider(floor, work.requiredSkills, chosen, skipped),
      expiresAt: plusMilliseconds(at, work.offerTimeoutSeconds * 1_000),
      at,
    },
  }
}

type Match = {
  readonly work: WaitingWork
  readonly chosen: AgentEntry
  /** Ready and able, but asked before and passed over now. */
  readonly skipped: readonly AgentId[]
}

const nextMatch = (floor: OpenFloor, seed: number): Match | null => {
  if (floor.ready.size === 0) return null
  let next: { readonly key: string; readonly value: WaitingWork } | null = null
  // Any ready and able agent makes a line's first work routable (see `choose`), so only the firsts compete.
  for (const line of floor.lines.values()) {
    const first = line.works.first()
    if (first === undefined || (next !== null && first.key > next.key)) continue
    if (floor.ready.some((pool) => hasSkills(pool.profile, line.requiredSkills))) next = first
  }
  return next === null ? null : choose(floor, next.value, seed)
}

const choose = (floor: OpenFloor, work: WaitingWork, seed: number): Match | null => {
  const { missedBy } = work
  const fresh = longestReady(floor, work.requiredSkills, missedBy, seed)
  if (fresh !== null) return { work, chosen: fresh, skipped: missedBy }
  const again = longestReady(floor, work.requiredSkills, [], seed)
  return again === null ? null : { work, chosen: again, skipped: [] }
}

const longestReady = (
  floor: OpenFloor,
  requiredSkills: readonly string[],
  skipped: readonly AgentId[],
  seed: number,
): AgentEntry | null => {
  let best: AgentEntry | null = null
  let since = ''
  let lowest = 0
  floor.ready.forEach((pool) => {
    if (!hasSkills(pool.profile, requiredSkills)) return
    // Longest ready first: once past the best instant, the rest of the pool is later still.
    pool.entries.some((entry) => {
      const { agentId, presence } = entry.agent
      if (best !== null && presence.since > since) return true
      if (skipped.includes(agentId)) return false
      const lot = draw(entry.lot, seed)
      const wins =
        best === null ||
        presence.since < since ||
        lot < lowest ||
        (lot === lowest && agentId < best.agent.agentId)
      if (wins) {
        best = entry
        since = presence.since
        lowest = lot
      }
      return false
    })
  })
  return best
}

const ABLE = 1
const UNABLE = 2

/** A verdict on everybody on the floor, by agent id. */
const consider = (
  floor: OpenFloor,
  requiredSkills: readonly string[],
  chosen: AgentEntry,
  skipped: readonly AgentId[],
): readonly Consideration[] => {
  // Skills are compared once for each profile, not once for each agent.
  const able = new Uint8Array(floor.profiles.size)
  const considered = new Array<Consideration>(floor.agents.size)
  let length = 0
  const verdict = (entry: AgentEntry): Consideration => {
    const { profile, considerations, standing } = entry
    let ability = able[profile.index]
    if (ability === 0) {
      ability = hasSkills(profile, requiredSkills) ? ABLE : UNABLE
      able[profile.index] = ability
    }
    if (ability === UNABLE) return considerations.skillMissing
    if (entry === chosen) return considerations.longestReady
    if (skipped.length > 0 && standing.why === 'readyLater' && skipped.includes(standing.agentId))
      return considerations.alreadyMissedThisOffer
    return standing
  }
  floor.agents.forEachRun((entries) => {
    for (const entry of entries) {
      considered[length] = verdict(entry)
      length += 1
    }
  })
  return considered
}
