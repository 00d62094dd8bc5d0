import { describe, expect, it, onTestFinished } from 'vitest'
import { collect, endOf, type LogFactory } from './log-under-test.ts'
import { counted, countedUpTo, freshStream } from './sample-events.ts'

/** What every adapter keeps of closing and of being opened again. */
export const closeContract = (openLog: LogFactory): void => {
  const openFresh = async () => {
    const log = await openLog()
    onTestFinished(() => log[Symbol.asyncDispose]())
    return { log, store: await log.open() }
  }

  describe('closing', () => {
    it('flushes what was appended before and refuses what comes after', async () => {
      const { log, store } = await openFresh()
      const stream = freshStream()
      const appending = Array.from({ length: 40 }, (_, index) =>
        store.append(stream, 'any', [counted(index)]),
      )
      const closing = store[Symbol.asyncDispose]()
      await expect(store.append(stream, 'any', [counted(99)])).rejects.toMatchObject({ code: 'STORE_CLOSED' })
      expect(await Promise.all(appending)).toHaveLength(40)
      await closing
      await expect(store.append(stream, 'any', [counted(99)])).rejects.toMatchObject({ code: 'STORE_CLOSED' })
      await expect(collect(store.readAll())).rejects.toMatchObject({ code: 'STORE_CLOSED' })
      const again = await log.open()
      expect(await collect(again.readStream(stream))).toHaveLength(40)
    })

    it('ends the subscriptions and may be asked for twice', async () => {
      const { store } = await openFresh()
      const subscription = store.subscribe(null, { onEvents: () => undefined })
      await Promise.all([store[Symbol.asyncDispose](), store[Symbol.asyncDispose]()])
      await expect(subscription.ended).resolves.toBeUndefined()
      await expect(store[Symbol.asyncDispose]()).resolves.toBeUndefined()
    })

    it('keeps ids, revisions and positions over a restart', async () => {
      const { log, store } = await openFresh()
      const stream = freshStream()
      const events = countedUpTo(3)
      const first = await store.append(stream, 'noStream', events)
      const before = await collect(store.readStream(stream))
      await store[Symbol.asyncDispose]()

      const again = await log.open()
      expect(await collect(again.readStream(stream))).toEqual(before)
      expect(await again.append(stream, 'noStream', events)).toEqual(first)
      const next = await again.append(stream, 2n, [counted(3)])
      expect(next.revision).toBe(3n)
      expect(next.position > first.position).toBe(true)
      expect(await endOf(again)).toBe(next.position)
    })
  })
}
