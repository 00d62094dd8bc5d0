import type { NewEvent } from '@centralino/domain'
import { EventStoreError, type InvalidEventReason } from '../event-store-error.ts'
import { isUuid } from '../ids/is-uuid.ts'
import type { EncodedEvent } from './encoded-event.ts'
import { findNonJson } from './find-non-json.ts'

export const MAX_EVENT_BYTES = 1024 * 1024
export const MAX_APPEND_BYTES = 4 * 1024 * 1024
export const MAX_APPEND_EVENTS = 1_000

const NAME_MAX_LENGTH = 256
/** No control characters, no space at either end, not `$…`, which stores keep for themselves. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const NAME = /^(?![\s$])[^\u0000-\u001f\u007f]+(?<!\s)$/u

export type EncodedAppend = { readonly events: readonly EncodedEvent[]; readonly bytes: number }

/**
 * Checks and serialises what goes into one append, so that nothing that a store cannot keep ever reaches an adapter.
 * Throws `INVALID_EVENT`: an event is over 1 MiB, an append over 1,000 events or 4 MiB, an id no lower-case UUID, a
 * value not plain JSON, …
 */
export const encodeAppend = (stream: string, events: readonly NewEvent[]): EncodedAppend => {
  if (!isName(stream)) throw invalid('STREAM_NAME', null, '')
  if (events.length === 0) throw invalid('NO_EVENTS', null, '')
  if (events.length > MAX_APPEND_EVENTS) throw invalid('TOO_MANY_EVENTS', null, '')
  let bytes = 0
  const encoded = events.map((event, index) => {
    const one = encodeEvent(event, index)
    bytes += one.bytes
    if (bytes > MAX_APPEND_BYTES) throw invalid('TOO_LARGE', index, '')
    return one.event
  })
  return { events: encoded, bytes }
}

const encodeEvent = (event: NewEvent, index: number): { event: EncodedEvent; bytes: number } => {
  if (typeof event.id !== 'string' || !isUuid(event.id)) throw invalid('EVENT_ID', index, 'id')
  if (!isName(event.type)) throw invalid('EVENT_TYPE', index, 'type')
  if (!Number.isSafeInteger(event.schemaVersion) || event.schemaVersion < 1) {
    throw invalid('SCHEMA_VERSION', index, 'schemaVersion')
  }
  if (typeof event.metadata !== 'object' || event.metadata === null)
    throw invalid('METADATA', index, 'metadata')
  const data = json(event.data, 'data', index)
  const metadata = json(event.metadata, 'metadata', index)
  const bytes = Buffer.byteLength(data) + Buffer.byteLength(metadata)
  if (bytes > MAX_EVENT_BYTES) throw invalid('TOO_LARGE', index, '')
  return {
    event: { id: event.id, type: event.type, schemaVersion: event.schemaVersion, data, metadata },
    bytes,
  }
}

const json = (value: unknown, path: string, index: number): string => {
  const found = findNonJson(value, path)
  if (found !== null) throw invalid(found.reason, index, found.path)
  return JSON.stringify(value)
}

const isName = (text: unknown): text is string =>
  typeof text === 'string' && text.length <= NAME_MAX_LENGTH && text.isWellFormed() && NAME.test(text)

const invalid = (reason: InvalidEventReason, index: number | null, path: string) =>
  new EventStoreError('INVALID_EVENT', { reason, index, path })
