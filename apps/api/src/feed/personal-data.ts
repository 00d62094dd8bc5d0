import { isEventType, personalFieldsOf, takeFields } from '@centralino/event-store'

/**
 * An event's data for a client without `events:personal`: its personal fields are left out, and so is the id of a contact point,
 * since a short hash of a phone number can be guessed back. Of a type that nobody decided on, nothing is left.
 */
export const withoutPersonalFields = (type: string, data: unknown): unknown => {
  if (!isEventType(type)) return null
  return takeFields(data, [...personalFieldsOf(type), CONTACT_POINT_ID]).rest
}

const CONTACT_POINT_ID = { name: 'contactPointId', path: ['contactPointId'], erased: '' } as const

/** Streams whose names are hashes of a number, an address or a Message-ID. */
const HASHED = /^(?:contactPoint|mailMessage)-/

/** A stream's name for such a client; null when it says too much. */
export const withoutHashedName = (stream: string): string | null => (HASHED.test(stream) ? null : stream)
