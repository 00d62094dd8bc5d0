import type {
  AgentId,
  AutomaticMail,
  CallId,
  Channel,
  Consideration,
  ContactPoint,
  ContactPointId,
  CustomerId,
  DeliveryAction,
  Disposition,
  FloorId,
  Instant,
  InteractionEnd,
  InteractionId,
  LegId,
  Look,
  MailId,
  OfferId,
  QueueId,
  ReopenReason,
  ReplayId,
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
  /** Which tables and rules the rows were made with: other ones mean folding anew. */
  views_version: string
}

export type CustomerTable = {
  customer_id: CustomerId
  status: 'provisional' | 'known'
  name: string | null
  /** `name` as searched: lower case, without accents. */
  search_name: string | null
  language: string | null
  place: string | null
  customer_since: string | null
  created_at: Instant
  last_contact_at: Instant | null
}

export type ContactPointTable = {
  contact_point_id: ContactPointId
  kind: ContactPoint['kind']
  value: string
  /** What a search compares: a phone's digits, an address in lower case. */
  search_value: string
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
  /** Since when it waits, or last waited, in its queue; renewed when it returns there. */
  queued_at: Instant | null
  /** When handling last began and ended: their difference is the talk time. */
  handling_started_at: Instant | null
  handling_ended_at: Instant | null
  closed_at: Instant | null
  closed_how: InteractionEnd | null
  reopened_why: ReopenReason | null
  /** How often the customer wrote again without an answer; none once it is answered or over. */
  chasers: number
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
  /** The floor the agent was last seen on; null before the first time. */
  floor_id: FloorId | null
  presence: 'offline' | 'ready' | 'notReady' | 'reserved' | 'engaged' | 'wrapUp'
  presence_reason: string | null
  presence_since: Instant | null
  /** When the offer lapses (`reserved`) or the wrap-up time is over (`wrapUp`); null otherwise. */
  presence_until: Instant | null
  /** While reserved: since when the agent had been ready, the place to get back when the offer is withdrawn. */
  ready_since: Instant | null
  interaction_id: InteractionId | null
  offer_id: OfferId | null
  /** Set once the agent works here no more. */
  left_at: Instant | null
}

export type QueueTable = {
  queue_id: QueueId
  name: string
  required_skills: Json<readonly string[]>
  offer_timeout_seconds: number
  wrap_up_seconds: number
  entry_points: Json<readonly string[]>
}

/** What is on the floor now: waits, is being offered, or is being handled (and may come back to its place). */
export type WaitingTable = {
  interaction_id: InteractionId
  floor_id: FloorId
  queue_id: QueueId
  channel: Channel
  enqueued_at: Instant
  /** Its place in the order. */
  counts_from: Instant
  place: 'inOrder' | 'head'
  /** The offer that stands for it now. */
  offer_id: OfferId | null
  /** Who handles it: it does not wait then. */
  handled_by: AgentId | null
}

/** What a queue did in a quarter of an hour. Every time zone's midnight begins a quarter. */
export type QueueQuarterTable = {
  queue_id: QueueId
  /** Instant the quarter begins at. */
  quarter: Instant
  answered: number
  abandoned: number
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
  /** When an agent first answered it; the hub's own answer, to play music, does not count. */
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
  /** Which sides hold it now: it is held until each has resumed. */
  held_by: Json<readonly ('customer' | 'agent')[]>
  /** When it was last put on hold; `status` tells whether it still is. */
  held_at: Instant | null
  answered_at: Instant | null
  ended_at: Instant | null
}

export type MailThreadTable = {
  thread_id: ThreadId
  customer_id: CustomerId
  subject: string
  opened_at: Instant
  last_mail_at: Instant
  /** First words of the newest mail and the interaction it came with; null before the first mail. */
  last_excerpt: string | null
  last_interaction_id: InteractionId | null
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
  answers_to: Json<readonly { name: string | null; address: string }[]>
  subject: string
  excerpt: string
  text_sha256: string | null
  html_sha256: string | null
  raw_sha256: string | null
  attachments: Json<readonly { sha256: string; bytes: number; filename: string; contentType: string }[]>
  defects: Json<readonly string[]>
  /** Null: a person wrote it. */
  automatic: AutomaticMail | null
  status: 'received' | 'sending' | 'sent' | 'retrying' | 'failed' | 'bounced'
  attempts: number
  last_error: string | null
  retry_at: Instant | null
  /** What the newest report of a mail system further on says of it (RFC 3464), and its enhanced status code (RFC 3463). */
  reported_action: DeliveryAction | null
  reported_status: string | null
  agent_id: AgentId | null
  at: Instant
}

export type TimelineMoveTable = {
  customer_id: CustomerId
  /** Of the event that moved it. */
  position: string
  interaction_id: InteractionId
}

/** A replay of the past: who opened it, and why. */
export type ReplayTable = {
  replay_id: ReplayId
  account_id: string
  account_name: string
  reason: string
  period_from: Instant
  period_until: Instant
  opened_at: Instant
  closed_at: Instant | null
}

/** What was looked at in a replay, once each. */
export type LookTable = {
  replay_id: ReplayId
  /** The domain's `lookKey`. */
  look: string
  what: Look['what']
  agent_id: AgentId | null
  customer_id: CustomerId | null
  offer_id: OfferId | null
  /** The moment of the log that was looked at first. */
  position: string
  at: Instant
}

export type ReadModelTables = {
  checkpoint: CheckpointTable
  customer: CustomerTable
  contact_point: ContactPointTable
  interaction: InteractionTable
  interaction_candidate: InteractionCandidateTable
  timeline_entry: TimelineEntryTable
  timeline_move: TimelineMoveTable
  agent: AgentTable
  queue: QueueTable
  waiting: WaitingTable
  queue_quarter: QueueQuarterTable
  offer: OfferTable
  call: CallTable
  leg: LegTable
  mail_thread: MailThreadTable
  mail: MailTable
  replay: ReplayTable
  look: LookTable
}

export type TableName = keyof ReadModelTables
export type Row<Name extends TableName> = Readonly<ReadModelTables[Name]>
