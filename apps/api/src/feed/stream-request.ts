import { isEventType } from '@centralino/event-store'
import type { EventFilter } from './event-filter.ts'

/** Where a stream begins: just after a position of the log, at its beginning, or with what comes from now on. */
export type StartsAfter = { readonly position: string } | 'start' | 'now'

export type StreamRequest = { readonly startsAfter: StartsAfter; readonly filter: EventFilter }

export type StreamRequestRefusal = {
  readonly code: 'UNKNOWN_PARAMETER' | 'BAD_POSITION' | 'UNKNOWN_TYPE' | 'BAD_CUSTOMER'
  /** What of the request is meant. */
  readonly at: string
}

const PARAMETERS: ReadonlySet<string> = new Set(['from', 'type', 'customer'])
/** Of either store. */
const POSITION = /^\d{16}$|^\d{19}(?:\.\d{19})?$/
const CUSTOMER_ID = /^[A-Za-z0-9_-]{1,64}$/

/**
 * What `GET /events` asks for. `Last-Event-ID` (HTML Standard §9.2.4) goes before `from`, since a client that connects again
 * asks for the same URL as at first. A parameter that nobody knows is refused rather than passed over: a misspelt filter would let
 * everything through.
 */
export const parseStreamRequest = (
  query: Readonly<Record<string, unknown>>,
  lastEventId: string | undefined,
): StreamRequest | StreamRequestRefusal => {
  const unknown = Object.entries(query).find(
    ([name, value]) => !PARAMETERS.has(name) || typeof value !== 'string',
  )
  if (unknown !== undefined) return { code: 'UNKNOWN_PARAMETER', at: unknown[0].slice(0, 64) }
  const { from, type, customer } = query as Readonly<Record<string, string | undefined>>
  const startsAfter = startOf(lastEventId || from)
  if (startsAfter === null) return { code: 'BAD_POSITION', at: lastEventId ? 'Last-Event-ID' : 'from' }
  const types = type === undefined ? null : type.split(',')
  const unknownType = types?.find((name) => !isEventType(name))
  if (unknownType !== undefined) return { code: 'UNKNOWN_TYPE', at: unknownType.slice(0, 64) }
  if (customer !== undefined && !CUSTOMER_ID.test(customer)) return { code: 'BAD_CUSTOMER', at: 'customer' }
  return {
    startsAfter,
    filter: { types: types === null ? null : new Set(types), customerId: customer ?? null },
  }
}

const startOf = (text: string | undefined): StartsAfter | null => {
  if (text === undefined || text === 'now') return 'now'
  if (text === 'start') return 'start'
  return POSITION.test(text) ? { position: text } : null
}
