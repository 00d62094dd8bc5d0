import { type Instant, parseInstant } from '@centralino/domain'
import { z } from 'zod'

/** What a client may have of the feed: its events, and in them what is personal to a customer. */
export const API_SCOPES = ['events:read', 'events:personal'] as const
export type ApiScope = (typeof API_SCOPES)[number]

/** Another system that reads the hub's events. No person: it signs in to nothing else. */
export type ApiClient = {
  /** Unique. */
  readonly name: string
  /** HMAC-SHA-256 of the token, hex: one client under one token; a new token makes another client. */
  readonly clientId: string
  readonly scopes: readonly ApiScope[]
  readonly createdAt: Instant
}

/** A word for command lines and logs. */
export const apiClientName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/)

const apiClientRow = z.object({
  name: z.string(),
  client_id: z.string(),
  scopes: z.string(),
  created_at: z.string(),
})

/** Reads a database row; throws on one that is none of ours. */
export const parseApiClientRow = (row: unknown): ApiClient => {
  const parsed = apiClientRow.parse(row)
  return {
    name: parsed.name,
    clientId: parsed.client_id,
    scopes: z.array(z.enum(API_SCOPES)).parse(parsed.scopes.split(' ')),
    createdAt: parseInstant(parsed.created_at),
  }
}
