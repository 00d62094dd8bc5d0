import { setTimeout as delay } from 'node:timers/promises'
import type { RecordedEvent } from '@centralino/domain'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { EventStore } from '../event-store.ts'
import { endOf, type LogFactory } from './log-under-test.ts'
import { counted, countedUpTo, freshStream } from './sample-events.ts'

/** Collects a stream's counts and resolves when as many as asked for have come. */
const collector = (stream: string, wanted: number) => {
  const counts: number[] = []
  const done = Promise.withResolvers<void>()
  return {
    counts,
    done: done.promise,
    take: (events: readonly RecordedEvent[]): void => {
      for (const event of events) {
        if (event.stream === stream) counts.push((event.data as { count: number }).count)
      }
      if (counts.length >= wanted) done.resolve()
    },
  }
}

const upTo = (length: number): number[] => Array.from({ length }, (_, index) => index)

/** What every adapter keeps of subscribing: each event once and in order, and no subscriber in another's way. */
export const subscribeContract = (openLog: LogFactory): void => {
  let store: EventStore
  beforeEach(async () => {
    const log = await openLog()
    store = await log.open()
    onTestFinished(() => log[Symbol.asyncDispose]())
  })

  describe('subscribe', () => {
    it('delivers what is there, says that it caught up, then delivers what comes', async () => {
      const start = await endOf(store)
      const stream = freshStream()
      await store.append(stream, 'noStream', countedUpTo(3))
      const told: string[] = []
      const old = collector(stream, 3)
      const all = collector(stream, 5)
      const caughtUp = Promise.withResolvers<string | null>()
      await using subscription = store.subscribe(start, {
        onEvents: (events) => {
          told.push(...events.map((event) => event.id))
          old.take(events)
          all.take(events)
        },
        onCaughtUp: (position) => {
          expect(old.counts).toEqual([0, 1, 2])
          caughtUp.resolve(position)
        },
      })
      expect(await caughtUp.promise).toBe(await endOf(store))
      await store.append(stream, 2n, [counted(3)])
      await store.append(stream, 3n, [counted(4)])
      await Promise.race([all.done, subscription.ended])
      expect(all.counts).toEqual(upTo(5))
      expect(new Set(told).size).toBe(told.length)
    })

    it('starts just after the position it is given', async () => {
      const stream = freshStream()
      await store.append(stream, 'noStream', countedUpTo(2))
      const checkpoint = await endOf(store)
      await store.append(stream, 1n, [counted(2), counted(3)])
      const seen = collector(stream, 2)
      await using subscription = store.subscribe(checkpoint, { onEvents: seen.take })
      await Promise.race([seen.done, subscription.ended])
      expect(seen.counts).toEqual([2, 3])
    })

    it('delivers live events as the log reads them', async () => {
      const stream = freshStream()
      const caughtUp = Promise.withResolvers<void>()
      const live = Promise.withResolvers<RecordedEvent>()
      await using _subscription = store.subscribe(await endOf(store), {
        onEvents: (events) => {
          for (const event of events) if (event.stream === stream) live.resolve(event)
        },
        onCaughtUp: () => caughtUp.resolve(),
      })
      await caughtUp.promise
      const event = counted(1)
      await store.append(stream, 'noStream', [event])
      expect(await live.promise).toEqual(await store.eventById(event.id))
    })

    it('awaits each batch before the next and keeps to the batch size', async () => {
      const start = await endOf(store)
      const stream = freshStream()
      await store.append(stream, 'noStream', countedUpTo(25))
      const seen = collector(stream, 50)
      const sizes: number[] = []
      let running = 0
      await using subscription = store.subscribe(
        start,
        {
          onEvents: async (events) => {
            running += 1
            expect(running).toBe(1)
            sizes.push(events.length)
            await delay(1)
            seen.take(events)
            running -= 1
          },
        },
        { batchSize: 10 },
      )
      await store.append(
        stream,
        24n,
        Array.from({ length: 25 }, (_, index) => counted(25 + index)),
      )
      await Promise.race([seen.done, subscription.ended])
      expect(seen.counts).toEqual(upTo(50))
      expect(Math.max(...sizes)).toBeLessThanOrEqual(10)
    })

    it('gives a slow subscriber every event once and in order while others append far ahead of it', async () => {
      const total = 6_000
      const stream = freshStream()
      const seen = collector(stream, total)
      await using subscription = store.subscribe(await endOf(store), {
        onEvents: async (events) => {
          await delay(5)
          seen.take(events)
        },
      })
      for (let first = 0; first < total; first += 100) {
        await store.append(
          stream,
          first === 0 ? 'noStream' : BigInt(first - 1),
          Array.from({ length: 100 }, (_, index) => counted(first + index)),
        )
      }
      await Promise.race([seen.done, subscription.ended])
      expect(seen.counts).toEqual(upTo(total))
    })

    it('begins after any event that a read has shown, though its append is not answered yet', async () => {
      const stream = freshStream()
      for (let round = 0; round < 50; round += 1) {
        let isAnswered = false
        const appended = store.append(stream, 'any', countedUpTo(20)).then(() => {
          isAnswered = true
        })
        const shown = new Set<string>()
        while (!isAnswered) {
          const end = await endOf(store)
          if (end === null || shown.has(end)) continue
          shown.add(end)
          await store.subscribe(end, { onEvents: () => undefined })[Symbol.asyncDispose]()
        }
        await appended
      }
    })

    it('joins without a gap or a double a log that is being written', async () => {
      const start = await endOf(store)
      const stream = freshStream()
      const total = 400
      const appending = Promise.all(
        Array.from({ length: total }, (_, index) => store.append(stream, 'any', [counted(index)])),
      )
      const subscribers = Array.from({ length: 5 }, () => collector(stream, total))
      const subscriptions = subscribers.map((seen) =>
        store.subscribe(start, { onEvents: seen.take }, { batchSize: 7 }),
      )
      await appending
      for (const [index, seen] of subscribers.entries()) {
        await Promise.race([seen.done, subscriptions[index]?.ended])
        expect(seen.counts.toSorted((a, b) => a - b)).toEqual(upTo(total))
      }
      for (const subscription of subscriptions) await subscription[Symbol.asyncDispose]()
    })

    it('ends with what the handler threw, and leaves the other subscriptions alone', async () => {
      const stream = freshStream()
      const seen = collector(stream, 2)
      const start = await endOf(store)
      await using healthy = store.subscribe(start, { onEvents: seen.take })
      const failure = new Error('the projection has a bug')
      const thrower = store.subscribe(start, {
        onEvents: () => {
          throw failure
        },
      })
      const rejecter = store.subscribe(start, { onEvents: () => Promise.reject(failure) })
      const endings = Promise.allSettled([thrower.ended, rejecter.ended])
      await store.append(stream, 'noStream', [counted(0)])
      expect(await endings).toEqual([
        { status: 'rejected', reason: failure },
        { status: 'rejected', reason: failure },
      ])
      await store.append(stream, 0n, [counted(1)])
      await Promise.race([seen.done, healthy.ended])
      expect(seen.counts).toEqual([0, 1])
      await thrower[Symbol.asyncDispose]()
    })

    it('ends quietly when disposed, after the running handler, and delivers nothing from then on', async () => {
      const stream = freshStream()
      const entered = Promise.withResolvers<void>()
      let batches = 0
      let left = 0
      const subscription = store.subscribe(
        await endOf(store),
        {
          onEvents: async () => {
            batches += 1
            entered.resolve()
            await delay(20)
            left += 1
          },
        },
        { batchSize: 1 },
      )
      await store.append(stream, 'noStream', countedUpTo(3))
      await entered.promise
      await subscription[Symbol.asyncDispose]()
      expect(left).toBe(1)
      await subscription.ended
      await store.append(stream, 'streamExists', [counted(3)])
      await delay(20)
      expect(batches).toBe(1)
    })
  })
}
