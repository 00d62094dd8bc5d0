import type { Instant, RecordedEvent } from '@centralino/domain'
import type { ReadModels } from '../read-models.ts'
import { readModelsInMemory } from '../read-models-in-memory.ts'

const EVENTS_PER_BATCH = 5_000

/** The last event that counts: the one at a position, or the last that was on record at an instant. */
export type Moment = { readonly position: string } | { readonly instant: Instant }

export type AsOf = {
  /** The same questions as of the live read models. Dispose them when done. */
  readonly models: ReadModels
  readonly events: number
  /** Position and time on record of the last event folded in; null when there was none. */
  readonly last: { readonly position: string; readonly recordedAt: Instant } | null
}

const isAfter = (event: RecordedEvent, moment: Moment): boolean =>
  'position' in moment ? event.position > moment.position : event.recordedAt > moment.instant

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
