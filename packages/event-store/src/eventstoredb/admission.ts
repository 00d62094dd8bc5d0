import { EventStoreError } from '../event-store-error.ts'

/** Keeps what waits for an answer bounded: past the bound an append is refused at once instead of filling the memory. */
export type Admission = {
  /** Throws `TOO_BUSY`; else the append counts until the returned function is called. */
  readonly enter: (bytes: number) => () => void
  readonly pending: () => number
  readonly refused: () => number
  /** Resolves when nothing waits. */
  readonly idle: () => Promise<void>
}

export const createAdmission = (maxAppends: number, maxBytes: number): Admission => {
  let appends = 0
  let pendingBytes = 0
  let refused = 0
  let idleWaiters: (() => void)[] = []
  const refuse = (pending: number, limit: number): never => {
    refused += 1
    throw new EventStoreError('TOO_BUSY', { pending, limit })
  }
  return {
    enter: (bytes) => {
      if (appends >= maxAppends) refuse(appends, maxAppends)
      if (appends > 0 && pendingBytes + bytes > maxBytes) refuse(pendingBytes, maxBytes)
      appends += 1
      pendingBytes += bytes
      return () => {
        appends -= 1
        pendingBytes -= bytes
        if (appends > 0) return
        const waiters = idleWaiters
        idleWaiters = []
        for (const resolve of waiters) resolve()
      }
    },
    pending: () => appends,
    refused: () => refused,
    idle: async () => {
      if (appends > 0) await new Promise<void>((resolve) => idleWaiters.push(resolve))
    },
  }
}
