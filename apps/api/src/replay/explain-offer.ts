import { type Explanation, explain, type FloorEvent, type RecordedEvent } from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'

export type WorkOffered = Extract<FloorEvent, { type: 'WorkOffered' }>

export const isOffer = (event: RecordedEvent): event is RecordedEvent<WorkOffered> =>
  event.type === 'WorkOffered'

/** The day's events up to the offer, and what deciding again gives from them. */
export const explainOffer = async (
  store: Pick<EventStore, 'readStream'>,
  recorded: RecordedEvent<WorkOffered>,
): Promise<Explanation & { readonly before: readonly FloorEvent[] }> => {
  const before: FloorEvent[] = []
  for await (const event of store.readStream(recorded.stream)) {
    if (event.revision >= recorded.revision) break
    before.push({ type: event.type, data: event.data } as FloorEvent)
  }
  return { ...explain(before, { type: 'WorkOffered', data: recorded.data }), before }
}
