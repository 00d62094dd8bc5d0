import { EventStoreError } from '../../event-store-error.ts'
import { startThread, toError } from '../../sqlite/thread.ts'
import type { EventIdsData, FromEventIds, IdAndPosition, NewestEvent, ToEventIds } from './protocol.ts'

/**
 * Which position each event id has. The server finds an event by its stream only; this index, in a thread and a file of
 * its own, is folded from the log as any read model is, and can be thrown away as any.
 */
export type EventIds = {
  readonly add: (events: readonly IdAndPosition[], newest: NewestEvent) => Promise<void>
  /** In the order asked; null: not in what was added up to now. */
  readonly find: (ids: readonly string[]) => Promise<readonly (string | null)[]>
  /** The event added last, from where to read on. */
  readonly newest: () => Promise<NewestEvent | null>
  readonly clear: () => Promise<void>
  readonly close: () => Promise<void>
}

type Waiting = {
  readonly resolve: (answer: readonly (string | null)[] | NewestEvent | null) => void
  readonly reject: (error: EventStoreError) => void
}

/** Rejects with `STORE_UNAVAILABLE` when another process has the file, `FOREIGN_FILE`, `READ_ONLY` or `DISK_FULL`. */
export const openEventIds = async (
  path: string,
  onLost: (error: EventStoreError) => void,
): Promise<EventIds> => {
  const waiting = new Map<number, Waiting>()
  let nextNumber = 0
  let lost: EventStoreError | null = null

  const thread = startThread<ToEventIds, FromEventIds>(
    new URL('./event-ids-thread.ts', import.meta.url),
    { path } satisfies EventIdsData,
    {
      onMessage: (message) => {
        if (message.kind === 'closed') return
        const request = waiting.get(message.number)
        waiting.delete(message.number)
        if (message.kind === 'failed') request?.reject(toError(message.failure))
        else request?.resolve(message.kind === 'newest' ? message.newest : message.found)
      },
      onLost: (reason) => {
        lost = new EventStoreError('STORE_UNAVAILABLE', { reason: `EVENT_IDS ${reason}` })
        for (const request of waiting.values()) request.reject(lost)
        waiting.clear()
        onLost(lost)
      },
    },
  )

  const ask = <T>(toMessage: (number: number) => ToEventIds): Promise<T> =>
    new Promise((resolve, reject) => {
      if (lost !== null) return reject(lost)
      const number = nextNumber
      nextNumber += 1
      waiting.set(number, { resolve: resolve as Waiting['resolve'], reject })
      thread.post(toMessage(number))
    })

  await thread.opened
  return {
    add: async (events, newest) => {
      await ask((number) => ({ kind: 'add', number, events, newest }))
    },
    find: (ids) => ask((number) => ({ kind: 'find', number, ids })),
    newest: () => ask((number) => ({ kind: 'newest', number })),
    clear: async () => {
      await ask((number) => ({ kind: 'clear', number }))
    },
    close: async () => {
      if (lost === null) thread.post({ kind: 'close' })
      await thread.ended
    },
  }
}
