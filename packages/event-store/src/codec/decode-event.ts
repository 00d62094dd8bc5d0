import type { EventId, EventMetadata, Instant, RecordedEvent } from '@centralino/domain'
import type { Upcast } from '../upcasting/upcasting.ts'
import type { EncodedEvent, Placement } from './encoded-event.ts'

/** Turns stored events back into what was appended, in today's version of their shape. */
export const createDecoder = (
  upcast: Upcast,
): ((event: EncodedEvent, placement: Placement) => RecordedEvent) => {
  // Events of one group commit share their time, and writing it out is a good part of decoding.
  let milliseconds = Number.NaN
  let instant = '' as Instant
  const instantOf = (at: number): Instant => {
    if (at !== milliseconds) {
      instant = new Date(at).toISOString() as Instant
      milliseconds = at
    }
    return instant
  }
  return (event, placement) =>
    upcast({
      id: event.id as EventId,
      type: event.type,
      schemaVersion: event.schemaVersion,
      data: JSON.parse(event.data) as unknown,
      metadata: JSON.parse(event.metadata) as EventMetadata,
      stream: placement.stream,
      revision: placement.revision,
      position: placement.position,
      recordedAt: instantOf(placement.recordedAt),
    })
}
