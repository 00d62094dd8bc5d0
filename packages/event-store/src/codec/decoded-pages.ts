import type { EventId, EventMetadata, Instant, RecordedEvent } from '@centralino/domain'
import type { EventStore } from '../event-store.ts'
import { eventTypes } from '../upcasting/event-types.ts'
import type { StoredEvent } from './encoded-event.ts'

/**
 * The log after `after` (null: from its beginning) in today's shapes, page by page, for whoever folds all of it. An event's
 * metadata, half of its JSON, is parsed only when it is asked for.
 */
export async function* decodedPages(
  store: Pick<EventStore, 'readStored'>,
  after: string | null = null,
): AsyncGenerator<readonly RecordedEvent[], void, undefined> {
  for await (const page of store.readStored(after)) yield page.map(toEvent)
}

const toEvent = ({ encoded, placement }: StoredEvent): RecordedEvent =>
  eventTypes.upcast({
    id: encoded.id as EventId,
    type: encoded.type,
    schemaVersion: encoded.schemaVersion,
    data: JSON.parse(encoded.data) as unknown,
    get metadata() {
      return JSON.parse(encoded.metadata) as EventMetadata
    },
    stream: placement.stream,
    revision: placement.revision,
    position: placement.position,
    get recordedAt() {
      return new Date(placement.recordedAt).toISOString() as Instant
    },
  })
