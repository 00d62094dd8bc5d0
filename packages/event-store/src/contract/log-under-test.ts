import type { RecordedEvent } from '@centralino/domain'
import type { EventStore } from '../event-store.ts'

/** One log, which a test may close and open again. */
export type LogUnderTest = AsyncDisposable & {
  /** Opens the log; the last one opened is closed with the log. */
  readonly open: () => Promise<EventStore>
}

/**
 * Gives a test its log. Other events may be in it already (a server's own, another test's): the suite reads `$all` from
 * where the test began and looks at its own streams.
 */
export type LogFactory = () => Promise<LogUnderTest>

/** Everything that is read, in a list. */
export const collect = async <T>(reading: AsyncIterable<T>): Promise<T[]> => {
  const collected: T[] = []
  for await (const one of reading) collected.push(one)
  return collected
}

/** The log's last position now; null when it is empty. */
export const endOf = async (store: EventStore): Promise<string | null> =>
  (await collect(store.readAll({ direction: 'backwards', limit: 1 })))[0]?.position ?? null

/** What lies past `after` in the whole log and belongs to `stream`. */
export const fromAll = async (
  store: EventStore,
  after: string | null,
  stream: string,
): Promise<RecordedEvent[]> => {
  const events = await collect(store.readAll(after === null ? {} : { from: after }))
  return events.filter((event) => event.stream === stream)
}
