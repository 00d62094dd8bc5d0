import type { Instant, RecordedEvent } from '@centralino/domain'
import type { ReadModels } from '../read-models.ts'
import { readModelsInMemory } from '../read-models-in-memory.ts'
import { isAfter, type Moment } from './moment.ts'

const EVENTS_PER_BATCH = 5_000

export type AsOf = {
  /** The same questions as of the live read models. Dispose them when done. */
  readonly models: ReadModels
  readonly events: number
  /** Position and time on record of the last event folded in; null when there was none. */
  readonly last: { readonly position: string; readonly recordedAt: Instant } | null
}

/**
 * The read models as they stood at a moment, folded into memory from the log's beginning. An instant counts by when the log got the
 * event, not by when the fact occurred: what people saw then. For a process of its own, as it keeps the thread busy.
 */
export const stateAsOf = async (options: {
  readonly readAll: AsyncIterable<RecordedEvent>
  readonly until: Moment
}): Promise<AsOf> => {
  const models = readModelsInMemory()
  let batch: RecordedEvent[] = []
  let last: AsOf['last'] = null
  let events = 0
  const fold = async () => {
    await models.apply(batch)
    batch = []
  }
  for await (const event of options.readAll) {
    if (isAfter(event, options.until)) break
    batch.push(event)
    events++
    last = { position: event.position, recordedAt: event.recordedAt }
    if (batch.length === EVENTS_PER_BATCH) await fold()
  }
  await fold()
  return { models, events, last }
}
