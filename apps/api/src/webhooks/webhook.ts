import { type Instant, parseInstant } from '@centralino/domain'
import { z } from 'zod'
import type { EventFilter } from '../feed/event-filter.ts'

/** Where an API client has the events sent that it would read from the feed otherwise. */
export type Webhook = {
  /** Unique; a word for command lines and logs. */
  readonly name: string
  /** UUID: a webhook that is revoked and added again under its name is another one. */
  readonly webhookId: string
  /** Whose it is: its scopes say what is sent. */
  readonly clientId: string
  readonly url: string
  readonly filter: EventFilter
  /** `whsec_…` */
  readonly secret: string
  /** Signs as well, until then. */
  readonly previous: { readonly secret: string; readonly until: Instant } | null
  /** Everything up to here was delivered, was not wanted, or is a dead letter; null: nothing yet. */
  readonly position: string | null
  readonly state:
    | { readonly status: 'active'; readonly trying: Trying | null }
    | { readonly status: 'disabled'; readonly reason: DisabledReason }
  readonly createdAt: Instant
  readonly deadLetters: number
}

export const DISABLED_REASONS = [
  /** The receiver answered 410. */
  'GONE',
  'CLIENT_REVOKED',
  /** There was no room for one more: the webhook stands at that event. */
  'DEAD_LETTERS_FULL',
  /** The log ends before its position: was it put back from a copy? */
  'POSITION_AHEAD',
  /** Its position is none of this store's. */
  'BAD_POSITION',
] as const
export type DisabledReason = (typeof DISABLED_REASONS)[number]

/** The event after `position` that could not be delivered yet. */
export type Trying = {
  readonly eventId: string
  readonly attempts: number
  readonly firstTriedAt: Instant
  readonly nextAttemptAt: Instant
  /** Of the last try: `HTTP_500`, `TIMEOUT`, or Node's code such as `ECONNREFUSED`. */
  readonly reason: string
}

/**
 * An event that was tried for the last time. The event itself stays in the log and nowhere else, so that nothing of a customer
 * lies in another file.
 */
export type DeadLetter = {
  readonly eventId: string
  readonly type: string
  /** Of the event before it in the log, whatever the filter: where to read on from. Null: it is the log's first. */
  readonly after: string | null
  readonly position: string
  readonly attempts: number
  readonly reason: string
  readonly firstTriedAt: Instant
  readonly givenUpAt: Instant
}

const webhookRow = z.object({
  name: z.string(),
  webhook_id: z.string(),
  client_id: z.string(),
  url: z.string(),
  types: z.string().nullable(),
  customer_id: z.string().nullable(),
  secret: z.string(),
  previous_secret: z.string().nullable(),
  previous_until: z.string().nullable(),
  position: z.string().nullable(),
  disabled: z.enum(DISABLED_REASONS).nullable(),
  trying: z.string().nullable(),
  created_at: z.string(),
  dead_letters: z.number(),
})
const instant = z.string().transform(parseInstant)
const trying = z.object({
  eventId: z.string(),
  attempts: z.number().int().min(1),
  firstTriedAt: instant,
  nextAttemptAt: instant,
  reason: z.string(),
})

/** Reads a database row; throws on one that is none of ours. */
export const parseWebhookRow = (row: unknown): Webhook => {
  const parsed = webhookRow.parse(row)
  const { previous_secret: previous, previous_until: until } = parsed
  return {
    name: parsed.name,
    webhookId: parsed.webhook_id,
    clientId: parsed.client_id,
    url: parsed.url,
    filter: {
      types: parsed.types === null ? null : new Set(parsed.types.split(' ')),
      customerId: parsed.customer_id,
    },
    secret: parsed.secret,
    previous: previous === null || until === null ? null : { secret: previous, until: parseInstant(until) },
    position: parsed.position,
    state:
      parsed.disabled === null
        ? {
            status: 'active',
            trying: parsed.trying === null ? null : trying.parse(JSON.parse(parsed.trying)),
          }
        : { status: 'disabled', reason: parsed.disabled },
    createdAt: parseInstant(parsed.created_at),
    deadLetters: parsed.dead_letters,
  }
}

const deadLetterRow = z.object({
  event_id: z.string(),
  type: z.string(),
  after: z.string().nullable(),
  position: z.string(),
  attempts: z.number(),
  reason: z.string(),
  first_tried_at: z.string(),
  given_up_at: z.string(),
})

/** Reads a database row; throws on one that is none of ours. */
export const parseDeadLetterRow = (row: unknown): DeadLetter => {
  const parsed = deadLetterRow.parse(row)
  return {
    eventId: parsed.event_id,
    type: parsed.type,
    after: parsed.after,
    position: parsed.position,
    attempts: parsed.attempts,
    reason: parsed.reason,
    firstTriedAt: parseInstant(parsed.first_tried_at),
    givenUpAt: parseInstant(parsed.given_up_at),
  }
}
