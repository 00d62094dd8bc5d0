import type {
  AgentId,
  CallId,
  Channel,
  Consideration,
  ContactPoint,
  CustomerId,
  Disposition,
  Instant,
  InteractionId,
  LegId,
  MailId,
  OfferId,
  QueueId,
  ThreadId,
} from '@centralino/domain'

/**
 * The read models' tables. Column types are those that SQLite and PostgreSQL both take: `text`, `integer`/`bigint`,
 * never a boolean or a date; JSON stands in `text`. Instants are ISO text with three decimals, so they sort.
 */

/** Holds JSON of `T`. */
export type Json<T> = string & { readonly __json?: T }

export type CheckpointTable = {
  projection: string
  /** Position of the last event folded in; null before the first. */
  position: string | null
}

export type CustomerTable = {
  customer_id: CustomerId
  status: 'provisional' | 'known'
  name: string | null
  language: string | null
  place: string | null
  customer_since: string | null
  created_at: Instant
  last_contact_at: Instant | null
}

export type ContactPointTable = {
  kind: ContactPoint['kind']
  value: string
  customer_id: CustomerId
  linked_at: Instant
  last_used_at: Instant | null
}

export type InteractionStatus = 'open' | 'queued' | 'offered' | 'handling' | 'wrapUp' | 'closed'

export type InteractionTable = {
  interaction_id: InteractionId
  customer_id: CustomerId
  channel: Channel
  direction: 'inbound' | 'outbound'
  status: InteractionStatus
  queue_id: QueueId | null
  agent_id: AgentId | null
  subject: string | null
  contact_point: Json<ContactPoint>
  entry_point: string
  call_id: CallId | null
  thread_id: ThreadId | null
  opened_at: Instant
  queued_at: Instant | null
  /** When handling last began and ended: their difference is the talk time. */
  handling_started_at: Instant | null
  handling_ended_at: Instant | null
  closed_at: Instant | null
  closed_how: 'wrappedUp' | 'abandoned' | 'refused' | 'failed' | null
  disposition: Disposition | null
  note: string | null
  /** First words of the newest mail; null for a call. */
  excerpt: string | null
}

export type InteractionCandidateTable = {
  interaction_id: InteractionId
  customer_id: CustomerId
  rank: number
  why: string
}

/** One line of a customer's timeline: every event of the customer's interactions, calls and mails that a person reads. */
export type TimelineEntryTable = {
  /** The log position: orders the timeline and makes its cursor. */
  position: string
  event_id: string
  customer_id: CustomerId
  interaction_id: InteractionId | null
  channel: Channel | null
  /** The event's type. */
  type: string
  at: Instant
  agent_id: AgentId | null
  /** What the sentence needs beyond the above: queue, cause, disposition, seconds …; flat JSON of strings and numbers. */
  facts: Json<Record<string, string | number | null>>
}

export type AgentTable = {
  agent_id: AgentId
  name: string
  skills: Json<readonly string[]>
  presence: 'offline' | 'ready' | 'notReady' | 'reserved' | 'engaged' | 'wrapUp'
  presence_reason: string | null
  presence_since: Instant | null
  presence_until: Instant | null
  interaction_id: InteractionId | null
  offer_id: OfferId | null
}

export type QueueTable = {
  queue_id: QueueId
  name: string
  required_skills: Json<readonly string[]>
  offer_timeout_seconds: number
  wrap_up_seconds: number
  entry_points: Json<readonly string[]>
}

/** What waits or is being offered now. */
export type WaitingTable = {
  interaction_id: InteractionId
  queue_id: QueueId
  channel: Channel
  enqueued_at: Instant
  place: 'inOrder' | 'head'
  offer_id: OfferId | null
}

export type OfferTable = {
  offer_id: OfferId
  interaction_id: InteractionId
  queue_id: QueueId
  agent_id: AgentId
  policy_version: number
  seed: number
  considered: Json<readonly Consideration[]>
  offered_at: Instant
  expires_at: Instant
  status: 'open' | 'accepted' | 'declined' | 'lapsed' | 'withdrawn'
  ended_at: Instant | null
  stream: string
  /** Decimal text: a revision may pass 2^53. */
  revision: string
}

export type CallTable = {
  call_id: CallId
  interaction_id: InteractionId
  customer_id: CustomerId
  from_number: string | null
  from_raw: string
  to_number: string
  received_at: Instant
  answered_at: Instant | null
  ended_at: Instant | null
  end_q850: number | null
  end_by: string | null
}

export type LegTable = {
  leg_id: LegId
  call_id: CallId
  party: 'customer' | 'agent'
  agent_id: AgentId | null
  status: 'offered' | 'ringing' | 'answered' | 'held' | 'ended'
  /** 0 or 1. */
  muted: number
  answered_at: Instant | null
  ended_at: Instant | null
}

export type MailThreadTable = {
  thread_id: ThreadId
  customer_id: CustomerId
  subject: string
  opened_at: Instant
  last_mail_at: Instant
}

export type MailTable = {
  mail_id: MailId
  thread_id: ThreadId
  interaction_id: InteractionId
  direction: 'inbound' | 'outbound'
  message_id: string
  from_name: string | null
  from_address: string
  to_addresses: Json<readonly { name: string | null; address: string }[]>
  cc_addresses: Json<readonly { name: string | null; address: string }[]>
  subject: string
  excerpt: string
  text_sha256: string | null
  html_sha256: string | null
  raw_sha256: string | null
  attachments: Json<readonly { sha256: string; bytes: number; filename: string; contentType: string }[]>
  defects: Json<readonly string[]>
  status: 'received' | 'sending' | 'sent' | 'retrying' | 'failed'
  attempts: number
  last_error: string | null
  retry_at: Instant | null
  agent_id: AgentId | null
  at: Instant
}

export type ReadModelTables = {
  checkpoint: CheckpointTable
  customer: CustomerTable
  contact_point: ContactPointTable
  interaction: InteractionTable
  interaction_candidate: InteractionCandidateTable
  timeline_entry: TimelineEntryTable
  agent: AgentTable
  queue: QueueTable
  waiting: WaitingTable
  offer: OfferTable
  call: CallTable
  leg: LegTable
  mail_thread: MailThreadTable
  mail: MailTable
}
