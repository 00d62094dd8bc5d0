import { type AllStreamRecordedEvent, binaryEvent, type RecordedEvent } from '@eventstore/db-client'
import type { EncodedEvent, StoredEvent } from '../codec/encoded-event.ts'
import { type LogPlace, toPosition } from './position.ts'

/** Any event as the client reads it, the server's own and strangers' among them. */
export type ServerEvent = AllStreamRecordedEvent | RecordedEvent

const utf8 = new TextEncoder()

/**
 * The event for the wire, in bytes that we have written: given objects, the client serialises them itself, and an append
 * that it cannot serialise never settles. `recordedAt` stands with an event that another store recorded first, in
 * milliseconds since 1970: the server's own time would be the copy's.
 */
export const toServer = (
  { id, type, schemaVersion, data, metadata }: EncodedEvent,
  recordedAt: number | null = null,
) =>
  binaryEvent({
    id,
    type,
    data: utf8.encode(data),
    // JSON, so that the server's own tools can show it.
    metadata: utf8.encode(
      `{"schemaVersion":${schemaVersion},${recordedAt === null ? '' : `"recordedAt":${recordedAt},`}"metadata":${metadata}}`,
    ),
  })

/**
 * Null for what is none of ours: the server's own streams and events (`$…`), links, and what another program wrote into
 * the same cluster. The client has parsed the metadata; written out again it is byte for byte what we wrote.
 */
export const fromServer = (event: ServerEvent): StoredEvent | null => {
  if (event.isJson || event.streamId.startsWith('$') || event.type.startsWith('$')) return null
  const { data, metadata, position } = event as ServerEvent & { data: unknown; metadata: unknown }
  if (!(data instanceof Uint8Array) || position === undefined || !isEnvelope(metadata)) return null
  return {
    encoded: {
      id: event.id,
      type: event.type,
      schemaVersion: metadata.schemaVersion,
      data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8'),
      metadata: JSON.stringify(metadata.metadata),
    },
    placement: {
      stream: event.streamId,
      revision: event.revision,
      position: toPosition(position),
      recordedAt: metadata.recordedAt ?? event.created.getTime(),
    },
  }
}

/** Where the server keeps it; every event of a server since 22.6 tells. */
export const placeOf = (event: ServerEvent): LogPlace | null => event.position ?? null

type Envelope = {
  readonly schemaVersion: number
  readonly recordedAt?: number
  readonly metadata: object
}

const isEnvelope = (metadata: unknown): metadata is Envelope =>
  typeof metadata === 'object' &&
  metadata !== null &&
  'schemaVersion' in metadata &&
  Number.isSafeInteger(metadata.schemaVersion) &&
  (!('recordedAt' in metadata) || Number.isSafeInteger(metadata.recordedAt)) &&
  'metadata' in metadata &&
  typeof metadata.metadata === 'object' &&
  metadata.metadata !== null
