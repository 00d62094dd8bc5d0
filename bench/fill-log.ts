import type { NewEvent, RecordedEvent } from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import { sampleLog } from '@centralino/projections/testing'

/** Appends sent ahead. */
const APPENDS_AHEAD = 500

/** The sample log in its order; events in a row of one stream are one append, as the hub's are. */
export const fillLog = async (store: EventStore, events: number): Promise<void> => {
  let appends: Promise<unknown>[] = []
  let stream = ''
  let group: NewEvent[] = []
  const append = () => {
    if (group.length > 0) appends.push(store.append(stream, 'any', group))
    group = []
  }
  for (const event of sampleLog({ events })) {
    if (event.stream !== stream) append()
    stream = event.stream
    group.push(newEvent(event))
    if (appends.length >= APPENDS_AHEAD) {
      await Promise.all(appends)
      appends = []
    }
  }
  append()
  await Promise.all(appends)
}

const newEvent = ({ id, type, schemaVersion, data, metadata }: RecordedEvent): NewEvent => ({
  id,
  type,
  schemaVersion,
  data,
  metadata,
})
