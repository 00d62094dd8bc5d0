import { EventStoreError } from '../event-store-error.ts'

/**
 * Runs what concerns one key in the order asked, one after another, and different keys side by side. Commands on one
 * stream would only meet in a revision conflict otherwise. At most `limit` wait for a key; past that `TOO_BUSY`.
 */
export const createOneAtATime = (limit: number): (<T>(key: string, run: () => Promise<T>) => Promise<T>) => {
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
