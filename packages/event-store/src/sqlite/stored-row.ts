import type { StoredEvent } from '../codec/encoded-event.ts'
import { toPosition } from './position.ts'
import type { EventRow } from './worker-protocol.ts'

/** A row of the log as the port's stored event. */
export const toStored = ([
  place,
  stream,
  revision,
  id,
  type,
  schemaVersion,
  data,
  metadata,
  recordedAt,
]: EventRow): StoredEvent => ({
  encoded: { id, type, schemaVersion, data, metadata },
  placement: { stream, revision: BigInt(revision), position: toPosition(place), recordedAt },
})
