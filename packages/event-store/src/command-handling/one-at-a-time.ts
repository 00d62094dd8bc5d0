import type { EventStore } from '../event-store.ts'
import { EventStoreError } from '../event-store-error.ts'

export type OneAtATime = <T>(key: string, run: () => Promise<T>) => Promise<T>

const MAX_WAITING_COMMANDS = 10_000

const byStore = new WeakMap<EventStore, OneAtATime>()

/**
 * The one line of commands for each stream of `store`, which all handlers over it share: a handler that loads anew after
 * a conflict would lose to one that decides from its memory, again and again.
 */
export const oneAtATimeOn = (store: EventStore): OneAtATime => {
  const known = byStore.get(store)
  if (known !== undefined) return known
  const made = createOneAtATime(MAX_WAITING_COMMANDS)
  byStore.set(store, made)
  return made
}

/**
 * Runs what concerns one key in the order asked, one after another, and different keys side by side. Commands on one
 * stream would only meet in a revision conflict otherwise. At most `limit` wait for a key; past that `TOO_BUSY`.
 */
export const createOneAtATime = (limit: number): OneAtATime => {
  const lines = new Map<string, { waiting: number; last: Promise<unknown> }>()
  return async (key, run) => {
    const line = lines.get(key) ?? { waiting: 0, last: Promise.resolve() }
    if (line.waiting >= limit) throw new EventStoreError('TOO_BUSY', { pending: line.waiting, limit })
    lines.set(key, line)
    line.waiting += 1
    const turn = line.last.then(run, run)
    line.last = turn
    try {
      return await turn
    } finally {
      line.waiting -= 1
      if (line.waiting === 0) lines.delete(key)
    }
  }
}
