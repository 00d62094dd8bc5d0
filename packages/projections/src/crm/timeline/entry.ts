import type {
  AgentId,
  CallId,
  Channel,
  CustomerId,
  Instant,
  InteractionId,
  RecordedEvent,
} from '@centralino/domain'
import { millisecondsBetween } from '@centralino/domain/kernel'
import { toJson } from '../../read-model-store/json.ts'
import type { Rows } from '../../read-model-store/rows.ts'
import type { Row } from '../../read-model-store/tables.ts'

/** What an entry's sentence needs; null is left out. */
export type Facts = Readonly<Record<string, string | number | null>>

const present = (facts: Facts): Facts => {
  const kept: Record<string, string | number> = {}
  for (const name in facts) {
    const value = facts[name] ?? null
    if (value !== null) kept[name] = value
  }
  return kept
}

type About = {
  readonly customerId: CustomerId
  readonly interactionId: InteractionId | null
  readonly channel: Channel | null
}

const add = (
  rows: Rows,
  event: RecordedEvent,
  about: About,
  at: Instant,
  agentId: AgentId | null,
  facts: Facts,
) =>
  rows.put('timeline_entry', {
    position: event.position,
    event_id: event.id,
    customer_id: about.customerId,
    interaction_id: about.interactionId,
    channel: about.channel,
    type: event.type,
    at,
    agent_id: agentId,
    facts: toJson(present(facts)),
  })

export const addOfCustomer = (
  rows: Rows,
  event: RecordedEvent,
  data: { customerId: CustomerId; at: Instant },
  facts: Facts,
) =>
  add(rows, event, { customerId: data.customerId, interactionId: null, channel: null }, data.at, null, facts)

/**
 * An entry of an interaction, for the customer it has now. `facts` is asked with the interaction's row. An interaction that the
 * log never opened has no customer, and so no entry.
 */
export const addOfInteraction = (
  rows: Rows,
  event: RecordedEvent,
  data: { interactionId: InteractionId; agentId?: AgentId; at: Instant },
  facts: (interaction: Row<'interaction'>) => Facts,
) => {
  const interaction = rows.get('interaction', data.interactionId)
  if (interaction === null) return
  const about = {
    customerId: interaction.customer_id,
    interactionId: interaction.interaction_id,
    channel: interaction.channel,
  }
  add(rows, event, about, data.at, data.agentId ?? null, facts(interaction))
}

export const addOfCall = (
  rows: Rows,
  event: RecordedEvent,
  data: { callId: CallId; at: Instant },
  agentId: AgentId | null,
  facts: (call: Row<'call'>) => Facts,
) => {
  const call = rows.get('call', data.callId)
  if (call === null) return
  const about = {
    customerId: call.customer_id,
    interactionId: call.interaction_id,
    channel: 'call' as const,
  }
  add(rows, event, about, data.at, agentId, facts(call))
}

/** The interaction may have got another customer than the mail says, or may stand later in the log. */
export const addOfMail = (
  rows: Rows,
  event: RecordedEvent,
  data: { interactionId: InteractionId; customerId: CustomerId; agentId?: AgentId; at: Instant },
  facts: Facts,
) => {
  const customerId = rows.get('interaction', data.interactionId)?.customer_id ?? data.customerId
  const about = { customerId, interactionId: data.interactionId, channel: 'email' as const }
  add(rows, event, about, data.at, data.agentId ?? null, facts)
}

/** Whole seconds, never below zero (clocks may be set back); null while one end is missing. */
export const secondsBetween = (from: Instant | null | undefined, to: Instant): number | null =>
  from ? Math.max(0, Math.round(millisecondsBetween(from, to) / 1000)) : null
