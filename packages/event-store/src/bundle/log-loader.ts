import type { StoredEvent } from '../codec/encoded-event.ts'

/**
 * Fills an empty store with a log of another one: order, streams, revisions, ids and recorded times stay, positions are the
 * store's own. Nobody else may append meanwhile.
 */
export type LogLoader = AsyncDisposable & {
  /** What is in the store so far: nothing, or what an interrupted load has left. */
  readonly loaded: () => AsyncIterable<readonly StoredEvent[]>
  /**
   * Puts these after what is there; on disk once it resolves. Events of an append that was interrupted may be there already.
   * Throws the store's errors, `STORE_IN_USE`, or `BUNDLE_DAMAGED` for an event that does not fit behind the others.
   */
  readonly load: (events: readonly StoredEvent[]) => Promise<void>
  /** The log is whole: gives it its name where it had another so far. */
  readonly finish: () => Promise<void>
}
