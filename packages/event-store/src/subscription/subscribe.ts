import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RecordedEvent } from '@centralino/domain'
import type { Subscription, SubscriptionHandler } from '../event-store.ts'

/** The log as a subscription sees it. */
export type FollowedLog = {
  /** The last position acknowledged; null: the log is empty. */
  readonly head: () => string | null
  /** What follows `after` and is still in memory; null when it has to be read. */
  readonly recent: (after: string | null, limit: number) => readonly RecordedEvent[] | null
  readonly read: (after: string | null, limit: number) => Promise<readonly RecordedEvent[]>
  /** Calls `wake` on each commit, until the returned function is called. */
  readonly onCommit: (wake: () => void) => () => void
  /** Resolves once `head` is the log's end as it was at the call; left out where it always is. */
  readonly ready?: () => Promise<void>
}

export type RunningSubscription = Subscription & {
  /** Ends it as the store ends: with `error`, or quietly. */
  readonly stop: (error?: Error) => void
}

/** Default of `batchSize`. */
export const BATCH_SIZE = 500

/**
 * Follows the log from just after `after`. It reads pages until what comes next is in memory, then is told of commits:
 * nothing polls. Handing over is without a gap and without a double because both ways go by the last position
 * delivered and by nothing else.
 *
 * Disposing resolves once no handler runs any more; a handler that disposes its own subscription must not await it.
 */
export const startSubscription = (
  log: FollowedLog,
  after: string | null,
  handler: SubscriptionHandler,
  batchSize: number = BATCH_SIZE,
): RunningSubscription => {
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new RangeError(`batchSize is a whole number from 1: ${batchSize}`)
  }
  let wake = (): void => undefined
  const stopped = Promise.withResolvers<void>()
  let state: { status: 'running' } | { status: 'stopped'; error: Error | undefined } = { status: 'running' }
  const running = (): boolean => state.status === 'running'

  const stop = (error?: Error): void => {
    if (state.status === 'stopped') return
    state = { status: 'stopped', error }
    stopped.resolve()
    wake()
  }

  const follow = async (): Promise<void> => {
    let cursor = after
    let told = false
    if (log.ready !== undefined) await Promise.race([log.ready(), stopped.promise])
    while (running()) {
      const head = log.head()
      if (head === null || (cursor !== null && cursor >= head)) {
        if (!told) {
          told = true
          await handler.onCaughtUp?.(cursor)
          continue
        }
        await new Promise<void>((resolve) => {
          wake = resolve
        })
        continue
      }
      const recent = log.recent(cursor, batchSize)
      // Out of memory's reach: behind, and caught up anew at the next end of the log.
      if (recent === null) told = false
      const events = recent ?? (await log.read(cursor, batchSize))
      if (!running()) return
      if (events.length > 0) await handler.onEvents(events)
      cursor = events.at(-1)?.position ?? cursor
      // A handler that never waits for anything must not keep the event loop to itself.
      await nextTurn()
    }
  }

  const unlisten = log.onCommit(() => wake())
  const ended = follow().then(
    () => {
      unlisten()
      if (state.status === 'stopped' && state.error !== undefined) throw state.error
    },
    (error: unknown) => {
      unlisten()
      stop()
      throw error
    },
  )

  return {
    ended,
    stop,
    [Symbol.asyncDispose]: async () => {
      stop()
      await ended.catch(() => undefined)
    },
  }
}
