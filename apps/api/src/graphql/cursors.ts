import { type CustomerId, parseId, parseInstant } from '@centralino/domain'
import { graphQLError } from './errors.ts'

/** A place in the log: 16 digits in SQLite, one or two numbers in EventStoreDB. */
const POSITION = /^\d{1,19}(?:\.\d{1,19})?$/

/** What `parse` makes of a cursor; throws BAD_CURSOR where it throws. */
const read = <T>(parse: () => T): T => {
  try {
    return parse()
  } catch {
    throw graphQLError('BAD_CURSOR')
  }
}

/** A position of the log. Throws BAD_CURSOR on other text. */
export const positionOf = (cursor: string): string => {
  if (!POSITION.test(cursor)) throw graphQLError('BAD_CURSOR')
  return cursor
}

/** An interaction's place among its customer's: `opened_at|interaction_id`. Throws BAD_CURSOR on other text. */
export const interactionPlaceOf = (cursor: string): string => {
  const [openedAt = '', interactionId = ''] = cursor.split('|', 2)
  return read(() => `${parseInstant(openedAt)}|${parseId('interaction', interactionId)}`)
}

/** A replay's place: `opened_at|replay_id`. Throws BAD_CURSOR on other text. */
export const replayPlaceOf = (cursor: string): string => {
  const [openedAt = '', replayId = ''] = cursor.split('|', 2)
  return read(() => `${parseInstant(openedAt)}|${parseId('replay', replayId)}`)
}

/** A customer's id. Throws BAD_CURSOR on text that is none. */
export const customerPlaceOf = (cursor: string): CustomerId => read(() => parseId('customer', cursor))
