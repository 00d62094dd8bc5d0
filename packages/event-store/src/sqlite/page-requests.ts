import { EventStoreError } from '../event-store-error.ts'
import { toError } from './thread.ts'
import type { FromReader, Page, PageQuery, ToReader } from './worker-protocol.ts'

export type PageRequests = {
  readonly read: (query: PageQuery) => Promise<Page>
  readonly answer: (message: FromReader) => void
  readonly fail: (error: EventStoreError) => void
  readonly idle: () => Promise<void>
}

/** Pages asked of the reader and not answered yet. */
export const createPageRequests = (
  post: (message: ToReader) => void,
  maxPendingReads: number,
): PageRequests => {
  const waiting = new Map<number, PromiseWithResolvers<Page>>()
  let nextNumber = 0
  return {
    read: (query) => {
      if (waiting.size >= maxPendingReads) {
        return Promise.reject(
          new EventStoreError('TOO_BUSY', { pending: waiting.size, limit: maxPendingReads }),
        )
      }
      const answer = Promise.withResolvers<Page>()
      waiting.set(nextNumber, answer)
      post({ kind: 'read', number: nextNumber, query })
      nextNumber += 1
      return answer.promise
    },
    answer: (message) => {
      if (message.kind !== 'page' && message.kind !== 'failed') return
      const request = waiting.get(message.number)
      waiting.delete(message.number)
      if (message.kind === 'page') request?.resolve(message.page)
      else request?.reject(toError(message.failure))
    },
    fail: (error) => {
      for (const request of waiting.values()) request.reject(error)
      waiting.clear()
    },
    idle: async () => {
      await Promise.allSettled(Array.from(waiting.values(), (request) => request.promise))
    },
  }
}
