import type { AgentId, AgentOnFloor, FloorId, Instant } from '@centralino/domain'
import { unreachable } from '@centralino/domain/kernel'
import type { Projection } from '../../projector/projection.ts'
import { toJson } from '../../read-model-store/json.ts'
import type { Rows } from '../../read-model-store/rows.ts'
import type { Row } from '../../read-model-store/tables.ts'
import { agentTable } from './view.ts'

type Agent = Row<'agent'>
type Presence = Pick<
  Agent,
  | 'presence'
  | 'presence_reason'
  | 'presence_since'
  | 'presence_until'
  | 'ready_since'
  | 'interaction_id'
  | 'offer_id'
>

const none = {
  presence_reason: null,
  presence_until: null,
  ready_since: null,
  interaction_id: null,
  offer_id: null,
}
const ready = (at: Instant): Presence => ({ ...none, presence: 'ready', presence_since: at })
const notReady = (reason: string, at: Instant): Presence => ({
  ...none,
  presence: 'notReady',
  presence_reason: reason,
  presence_since: at,
})
const offline = (at: Instant): Presence => ({ ...none, presence: 'offline', presence_since: at })

/** The floor may name an agent before the log says who it is. */
const agentOf = (rows: Rows, agentId: AgentId): Agent =>
  rows.get('agent', agentId) ?? {
    ...none,
    agent_id: agentId,
    name: agentId,
    skills: toJson([]),
    floor_id: null,
    presence: 'offline',
    presence_since: null,
    left_at: null,
  }

const move = (rows: Rows, floorId: FloorId, agentId: AgentId, presence: Presence) =>
  rows.put('agent', { ...agentOf(rows, agentId), floor_id: floorId, ...presence })

const carriedPresence = (
  presence: AgentOnFloor['presence'],
  offer: { expiresAt: Instant; interactionId: Agent['interaction_id'] } | undefined,
): Presence => {
  const since = presence.since
  switch (presence.status) {
    case 'ready':
      return ready(since)
    case 'notReady':
      return notReady(presence.reason, since)
    case 'reserved':
      return {
        ...none,
        presence: 'reserved',
        presence_since: since,
        presence_until: offer?.expiresAt ?? null,
        ready_since: presence.readySince,
        interaction_id: offer?.interactionId ?? null,
        offer_id: presence.offerId,
      }
    case 'engaged':
      return {
        ...none,
        presence: 'engaged',
        presence_since: since,
        interaction_id: presence.interactionId,
      }
    case 'wrapUp':
      return {
        ...none,
        presence: 'wrapUp',
        presence_since: since,
        presence_until: presence.until,
        interaction_id: presence.interactionId,
      }
    default:
      return unreachable(presence)
  }
}

/** Who works here, what they can do and what they are doing. */
export const roster: Projection = {
  name: 'roster',
  tables: [agentTable],
  on: {
    AgentHired: ({ agentId, profile }, rows) =>
      rows.put('agent', {
        ...agentOf(rows, agentId),
        name: profile.name,
        skills: toJson(profile.skills),
        left_at: null,
      }),
    AgentProfileChanged: ({ agentId, profile }, rows) =>
      rows.put('agent', { ...agentOf(rows, agentId), name: profile.name, skills: toJson(profile.skills) }),
    // What they are doing is the floor's to say: a call in hand goes on.
    AgentLeft: ({ agentId, at }, rows) => rows.put('agent', { ...agentOf(rows, agentId), left_at: at }),

    FloorDayOpened: ({ floorId, carriedOver, at }, rows) => {
      const carried = new Set<string>(carriedOver.agents.map((agent) => agent.agentId))
      for (const agent of rows.where('agent', { floor_id: floorId }))
        if (agent.presence !== 'offline' && !carried.has(agent.agent_id))
          move(rows, floorId, agent.agent_id, offline(at))
      for (const { agentId, presence, skills } of carriedOver.agents) {
        const offer = carriedOver.offers.find((open) => open.agentId === agentId)
        const about = offer && { expiresAt: offer.expiresAt, interactionId: offer.work.interactionId }
        move(rows, floorId, agentId, carriedPresence(presence, about))
        rows.patch('agent', agentId, { skills: toJson(skills) })
      }
    },
    AgentSignedOn: ({ floorId, agentId, skills, at }, rows) => {
      // Signing on again updates the skills and nothing else.
      if (agentOf(rows, agentId).presence === 'offline') move(rows, floorId, agentId, notReady('break', at))
      rows.patch('agent', agentId, { skills: toJson(skills) })
    },
    AgentBecameReady: ({ floorId, agentId, at }, rows) => move(rows, floorId, agentId, ready(at)),
    AgentBecameNotReady: ({ floorId, agentId, reason, at }, rows) =>
      move(rows, floorId, agentId, notReady(reason, at)),
    AgentSignedOff: ({ floorId, agentId, at }, rows) => move(rows, floorId, agentId, offline(at)),
    WorkOffered: ({ floorId, agentId, offerId, interactionId, expiresAt, at }, rows) => {
      const before = agentOf(rows, agentId)
      move(rows, floorId, agentId, {
        presence: 'reserved',
        presence_reason: null,
        presence_since: at,
        presence_until: expiresAt,
        ready_since: before.presence === 'ready' ? before.presence_since : at,
        interaction_id: interactionId,
        offer_id: offerId,
      })
    },
    OfferAccepted: ({ floorId, agentId, interactionId, at }, rows) =>
      move(rows, floorId, agentId, {
        ...none,
        presence: 'engaged',
        presence_since: at,
        interaction_id: interactionId,
      }),
    OfferDeclined: ({ floorId, agentId, at }, rows) => move(rows, floorId, agentId, notReady('break', at)),
    OfferLapsed: ({ floorId, agentId, at }, rows) =>
      move(rows, floorId, agentId, notReady('missedOffer', at)),
    OfferWithdrawn: ({ floorId, agentId, why, at }, rows) =>
      move(
        rows,
        floorId,
        agentId,
        why === 'agentLost'
          ? notReady('connectionLost', at)
          : ready(rows.get('agent', agentId)?.ready_since ?? at),
      ),
    WorkReturned: ({ floorId, agentId, why, at }, rows) =>
      move(rows, floorId, agentId, notReady(why === 'putBack' ? 'break' : 'connectionLost', at)),
    WrapUpStarted: ({ floorId, agentId, interactionId, until, at }, rows) =>
      move(rows, floorId, agentId, {
        ...none,
        presence: 'wrapUp',
        presence_since: at,
        presence_until: until,
        interaction_id: interactionId,
      }),
    WrapUpFinished: ({ floorId, agentId, at }, rows) => move(rows, floorId, agentId, ready(at)),
  },
}
