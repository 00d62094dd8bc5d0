import { EventStoreError } from '../event-store-error.ts'

export type Gate = {
  /** Runs `work` once a place is free, in the order asked; `TOO_BUSY` at once when too many wait already. */
  readonly run: <T>(work: () => Promise<T>) => Promise<T>
  /** Resolves when nothing runs or waits. */
  readonly idle: () => Promise<void>
}

/** At most `places` at a time and `maxWaiting` more in line. */
export const createGate = (places: number, maxWaiting: number): Gate => {
  let running = 0
  /** In the order of their turns; a Map, because its oldest entry is cheap to take however many wait. */
  const waiting = new Map<number, () => void>()
  let nextNumber = 0
  let oldest = 0
  let idleWaiters: (() => void)[] = []

  const leave = (): void => {
    const next = waiting.get(oldest)
    if (next !== undefined) {
      waiting.delete(oldest)
      oldest += 1
      next()
      return
    }
    running -= 1
    if (running > 0) return
    const waiters = idleWaiters
    idleWaiters = []
    for (const resolve of waiters) resolve()
  }

  return {
    run: async (work) => {
      if (running < places) running += 1
      else if (waiting.size >= maxWaiting) {
        throw new EventStoreError('TOO_BUSY', { pending: waiting.size, limit: maxWaiting })
      } else {
        await new Promise<void>((resolve) => {
          waiting.set(nextNumber, resolve)
          nextNumber += 1
        })
      }
      try {
        return await work()
      } finally {
        leave()
      }
    },
    idle: async () => {
      if (running > 0) await new Promise<void>((resolve) => idleWaiters.push(resolve))
    },
  }
}
