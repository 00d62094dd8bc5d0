import { setTimeout as delay } from 'node:timers/promises'
import type { RecordedEvent } from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import type { ReadModels } from '@centralino/projections'
import type { Metrics } from '../observability/metrics.ts'
import type { Notices } from '../observability/notices.ts'

export type FollowedLog = AsyncDisposable & {
  /** Resolves when the read models stood at the log's end for the first time, with how many events that took. */
  readonly caughtUp: Promise<number>
  /** Rejects when the read models can be kept up no longer. */
  readonly ended: Promise<void>
}

const FIRST_WAIT_MILLISECONDS = 500
const LONGEST_WAIT_MILLISECONDS = 30_000

/** Folds the log into the read models, batch after batch, for as long as the hub runs. A full disk is waited for. */
export const followLog = async (options: {
  readonly store: Pick<EventStore, 'subscribe'>
  readonly readModels: Pick<ReadModels, 'checkpoint' | 'apply'>
  readonly notices: Notices
  readonly metrics: Metrics
  /** Milliseconds of waiting, for tests. */
  readonly wait?: (milliseconds: number) => Promise<unknown>
  readonly now?: () => number
}): Promise<FollowedLog> => {
  const { store, readModels, notices, metrics } = options
  const wait = options.wait ?? ((milliseconds: number) => delay(milliseconds, undefined, { ref: false }))
  const now = options.now ?? Date.now
  const caughtUp = Promise.withResolvers<number>()
  let folded = 0
  let live = false
  let stopped = false

  const apply = async (events: readonly RecordedEvent[]): Promise<void> => {
    for (let milliseconds = FIRST_WAIT_MILLISECONDS; ; milliseconds *= 2) {
      try {
        await readModels.apply(events)
        return
      } catch (error) {
        if (stopped || !isDiskFull(error)) throw error
        notices.report('READ_MODELS_DISK_FULL')
        await wait(Math.min(milliseconds, LONGEST_WAIT_MILLISECONDS))
      }
    }
  }

  const subscription = store.subscribe(await readModels.checkpoint(), {
    onEvents: async (events) => {
      await apply(events)
      folded += events.length
      metrics.projected.inc(events.length)
      const last = events.at(-1)
      if (live && last !== undefined) {
        metrics.projectionLag.observe((now() - Date.parse(last.recordedAt)) / 1_000)
      }
    },
    onCaughtUp: () => {
      live = true
      caughtUp.resolve(folded)
    },
  })
  subscription.ended.catch((error: unknown) => caughtUp.reject(error))

  return {
    caughtUp: caughtUp.promise,
    ended: subscription.ended,
    [Symbol.asyncDispose]: async () => {
      stopped = true
      await subscription[Symbol.asyncDispose]()
    },
  }
}

const isDiskFull = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'DISK_FULL'
