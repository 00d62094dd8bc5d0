import type { EncodedEvent } from '../codec/encoded-event.ts'
import type { Appended } from '../event-store.ts'
import { EventStoreError } from '../event-store-error.ts'
import { toPosition } from './position.ts'
import { toError } from './thread.ts'
import type { AppendOutcome, AppendRequest } from './worker-protocol.ts'

export type CommittedAppend = {
  readonly stream: string
  readonly events: readonly EncodedEvent[]
  /** Places of its last event. */
  readonly revision: number
  readonly place: number
  readonly recordedAt: number
}

export type AppendQueue = {
  readonly append: (request: AppendRequest, bytes: number) => Promise<Appended>
  /** Answers of the writer, for the oldest requests that wait. */
  readonly answer: (outcomes: readonly AppendOutcome[], recordedAt: number) => void
  /** Rejects all that waits. */
  readonly fail: (error: EventStoreError) => void
  /** Resolves when nothing waits. */
  readonly idle: () => Promise<void>
}

export type AppendQueueOptions = {
  readonly post: (requests: readonly AppendRequest[]) => void
  /** Told of a group's new events in log order, before the appends that brought them are answered. */
  readonly onCommitted: (appends: readonly CommittedAppend[]) => void
  readonly maxPendingAppends: number
  readonly maxPendingBytes: number
}

type Pending = {
  readonly request: AppendRequest
  readonly bytes: number
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: EventStoreError) => void
}

/**
 * Appends on their way to the writer. Those of one turn of the event loop go over together; what waits is bounded, and
 * past the bound an append is refused at once (`TOO_BUSY`) instead of filling the memory.
 */
export const createAppendQueue = (options: AppendQueueOptions): AppendQueue => {
  const { post, onCommitted, maxPendingAppends, maxPendingBytes } = options
  /** In the order of their answers; a Map, because its oldest entry is cheap to take however many wait. */
  const waiting = new Map<number, Pending>()
  let nextNumber = 0
  let oldest = 0
  let pendingBytes = 0
  let thisTurn: AppendRequest[] = []
  let idleWaiters: (() => void)[] = []

  const flush = (): void => {
    const requests = thisTurn
    thisTurn = []
    if (requests.length > 0) post(requests)
  }

  const take = (): Pending | undefined => {
    const pending = waiting.get(oldest)
    waiting.delete(oldest)
    oldest += 1
    pendingBytes -= pending?.bytes ?? 0
    return pending
  }

  const tellIdle = (): void => {
    if (waiting.size > 0) return
    const waiters = idleWaiters
    idleWaiters = []
    for (const resolve of waiters) resolve()
  }

  return {
    append: (request, bytes) => {
      if (waiting.size >= maxPendingAppends) {
        return Promise.reject(
          new EventStoreError('TOO_BUSY', { pending: waiting.size, limit: maxPendingAppends }),
        )
      }
      if (waiting.size > 0 && pendingBytes + bytes > maxPendingBytes) {
        return Promise.reject(
          new EventStoreError('TOO_BUSY', { pending: pendingBytes, limit: maxPendingBytes }),
        )
      }
      const { promise, resolve, reject } = Promise.withResolvers<Appended>()
      waiting.set(nextNumber, { request, bytes, resolve, reject })
      nextNumber += 1
      pendingBytes += bytes
      if (thisTurn.length === 0) setImmediate(flush)
      thisTurn.push(request)
      return promise
    },
    answer: (outcomes, recordedAt) => {
      const answered = outcomes.map((outcome) => ({ outcome, pending: take() }))
      const committed: CommittedAppend[] = []
      for (const { outcome, pending } of answered) {
        if (outcome.outcome !== 'appended' || pending === undefined) continue
        const { stream, events } = pending.request
        committed.push({ stream, events, revision: outcome.revision, place: outcome.place, recordedAt })
      }
      onCommitted(committed)
      for (const { outcome, pending } of answered) {
        if (outcome.outcome === 'failed') pending?.reject(toError(outcome.failure))
        else pending?.resolve({ revision: BigInt(outcome.revision), position: toPosition(outcome.place) })
      }
      tellIdle()
    },
    fail: (error) => {
      thisTurn = []
      while (waiting.size > 0) take()?.reject(error)
      tellIdle()
    },
    idle: async () => {
      if (waiting.size === 0) return
      await new Promise<void>((resolve) => idleWaiters.push(resolve))
    },
  }
}
