import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { EventStore } from '../event-store.ts'
import { uuidv7 } from '../ids/uuidv7.ts'
import { collect, endOf, type LogFactory } from './log-under-test.ts'
import { counted, countedUpTo, freshStream } from './sample-events.ts'

/** What every adapter keeps of reading: order, direction, bounds, absent streams. */
export const readContract = (openLog: LogFactory): void => {
  let store: EventStore
  beforeEach(async () => {
    const log = await openLog()
    store = await log.open()
    onTestFinished(() => log[Symbol.asyncDispose]())
  })

  describe('readStream', () => {
    const revisions = async (stream: string, options: Parameters<EventStore['readStream']>[1]) =>
      (await collect(store.readStream(stream, options))).map((event) => Number(event.revision))

    it('reads both ways, from a revision inclusive, up to a limit', async () => {
      const stream = freshStream()
      await store.append(stream, 'noStream', countedUpTo(6))
      expect(await revisions(stream, {})).toEqual([0, 1, 2, 3, 4, 5])
      expect(await revisions(stream, { from: 4n })).toEqual([4, 5])
      expect(await revisions(stream, { from: 1n, limit: 2 })).toEqual([1, 2])
      expect(await revisions(stream, { direction: 'backwards' })).toEqual([5, 4, 3, 2, 1, 0])
      expect(await revisions(stream, { direction: 'backwards', from: 2n })).toEqual([2, 1, 0])
      expect(await revisions(stream, { direction: 'backwards', from: 0n })).toEqual([0])
      expect(await revisions(stream, { direction: 'backwards', limit: 1 })).toEqual([5])
      expect(await revisions(stream, { limit: 0 })).toEqual([])
      expect(await revisions(stream, { from: 6n })).toEqual([])
    })

    it('finds nothing in a stream that is not there', async () => {
      expect(await revisions(freshStream(), {})).toEqual([])
      expect(await revisions(freshStream(), { direction: 'backwards' })).toEqual([])
    })

    it('keeps streams apart whose names begin alike', async () => {
      const stream = freshStream()
      await store.append(stream, 'noStream', countedUpTo(2))
      await store.append(`${stream}0`, 'noStream', countedUpTo(3))
      expect(await revisions(stream, {})).toEqual([0, 1])
    })
  })

  describe('readStored', () => {
    it('gives the bytes that were appended, page by page, in the order of the log', async () => {
      const start = await endOf(store)
      const stream = freshStream()
      const events = countedUpTo(1_100)
      await store.append(stream, 'noStream', events.slice(0, 600))
      await store.append(stream, 'any', events.slice(600))
      const pages = await collect(store.readStored(start))
      expect(pages.length).toBeGreaterThan(1)
      const stored = pages.flat()
      expect(stored.map(({ encoded }) => encoded)).toEqual(
        events.map(({ id, type, schemaVersion, data, metadata }) => ({
          id,
          type,
          schemaVersion,
          data: JSON.stringify(data),
          metadata: JSON.stringify(metadata),
        })),
      )
      const read = await collect(store.readAll(start === null ? {} : { from: start }))
      expect(stored.map(({ placement }) => placement)).toEqual(
        read.map(({ revision, position, recordedAt }) => ({
          stream,
          revision,
          position,
          recordedAt: Date.parse(recordedAt),
        })),
      )
      expect(await collect(store.readStored(await endOf(store)))).toEqual([])
    })
  })

  describe('readAll', () => {
    it('reads a log of many pages both ways without a gap, a double or a change of order', async () => {
      const start = await endOf(store)
      const streams = [freshStream(), freshStream(), freshStream()]
      for (let round = 0; round < 4; round += 1) {
        for (const stream of streams) await store.append(stream, 'any', countedUpTo(250))
      }
      const forwards = await collect(store.readAll(start === null ? {} : { from: start }))
      expect(forwards).toHaveLength(3_000)
      for (const stream of streams) {
        const own = forwards.filter((event) => event.stream === stream).map((event) => event.revision)
        expect(own).toEqual(Array.from({ length: 1_000 }, (_, index) => BigInt(index)))
      }
      const backwards = await collect(store.readAll({ direction: 'backwards', limit: 3_000 }))
      expect(backwards.map((event) => event.id)).toEqual(forwards.map((event) => event.id).toReversed())
    })

    it('starts just after a position, or just before it backwards', async () => {
      const start = await endOf(store)
      await store.append(freshStream(), 'noStream', countedUpTo(5))
      const all = await collect(store.readAll(start === null ? {} : { from: start }))
      const middle = all[2]?.position ?? ''
      const ids = (events: typeof all) => events.map((event) => event.id)
      expect(ids(await collect(store.readAll({ from: middle })))).toEqual(ids(all.slice(3)))
      expect(ids(await collect(store.readAll({ from: middle, limit: 1 })))).toEqual(ids(all.slice(3, 4)))
      const before = await collect(store.readAll({ from: middle, direction: 'backwards', limit: 2 }))
      expect(ids(before)).toEqual(ids(all.slice(0, 2).toReversed()))
      expect(await collect(store.readAll({ from: all[4]?.position ?? '' }))).toEqual([])
    })

    it('reads large events whole, many to a log', async () => {
      const start = await endOf(store)
      const stream = freshStream()
      const text = 'x'.repeat(200 * 1024)
      for (let count = 0; count < 12; count += 1) {
        await store.append(stream, 'any', [{ ...counted(count), data: { count, text } }])
      }
      const read = await collect(store.readAll(start === null ? {} : { from: start }))
      expect(read.map((event) => event.data)).toEqual(
        Array.from({ length: 12 }, (_, count) => ({ count, text })),
      )
    })

    it('may be left in the middle and the store goes on', async () => {
      await store.append(freshStream(), 'noStream', countedUpTo(1_000))
      await store.append(freshStream(), 'noStream', countedUpTo(1_000))
      for await (const event of store.readAll()) {
        expect(event.position).toBeTypeOf('string')
        break
      }
      expect((await collect(store.readAll({ direction: 'backwards', limit: 3 }))).length).toBe(3)
    })
  })

  describe('eventById', () => {
    it('finds an event as the log gives it, and null for an id that is not there', async () => {
      const stream = freshStream()
      const events = countedUpTo(3)
      await store.append(stream, 'noStream', events)
      const [, second] = await collect(store.readStream(stream))
      expect(events[1] && (await store.eventById(events[1].id))).toEqual(second)
      expect(await store.eventById(uuidv7())).toBeNull()
    })
  })
}
