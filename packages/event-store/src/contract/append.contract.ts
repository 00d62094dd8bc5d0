import type { NewEvent } from '@centralino/domain'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import type { EventStore } from '../event-store.ts'
import { isEventStoreError } from '../event-store-error.ts'
import { uuidv7 } from '../ids/uuidv7.ts'
import { collect, endOf, fromAll, type LogFactory } from './log-under-test.ts'
import { counted, countedUpTo, freshStream, sampleMetadata } from './sample-events.ts'

/** What every adapter keeps of appending: numbers, expected revisions, repeats, refusals. */
export const appendContract = (openLog: LogFactory): void => {
  let store: EventStore
  beforeEach(async () => {
    const log = await openLog()
    store = await log.open()
    onTestFinished(() => log[Symbol.asyncDispose]())
  })

  describe('append', () => {
    it('numbers a stream from 0n without a gap and answers with its last event', async () => {
      const stream = freshStream()
      const first = await store.append(stream, 'noStream', countedUpTo(3))
      const second = await store.append(stream, 2n, [counted(3)])
      expect(first.revision).toBe(2n)
      expect(second.revision).toBe(3n)
      const events = await collect(store.readStream(stream))
      expect(events.map((event) => event.revision)).toEqual([0n, 1n, 2n, 3n])
      expect(events[2]?.position).toBe(first.position)
      expect(events[3]?.position).toBe(second.position)
    })

    it('gives positions whose string order is the order of the log', async () => {
      const start = await endOf(store)
      const streams = [freshStream(), freshStream()]
      for (let round = 0; round < 12; round += 1) {
        for (const stream of streams) await store.append(stream, 'any', countedUpTo(2))
      }
      const positions = (await collect(store.readAll(start === null ? {} : { from: start }))).map(
        (event) => event.position,
      )
      expect(positions).toHaveLength(48)
      expect(positions.toSorted()).toEqual(positions)
      expect(new Set(positions).size).toBe(48)
    })

    it('gives back what was appended, with where and when it was recorded', async () => {
      const stream = freshStream()
      const event: NewEvent = {
        id: uuidv7(),
        type: 'Perché no? / Zażółć 📞',
        schemaVersion: 3,
        data: {
          text: 'quote " \\ \u0000 \ud83d\ude00 \ud800',
          numbers: [0, -1.5, 1e300, 2 ** 53],
          nothing: null,
          deep: [[{}]],
        },
        metadata: { ...sampleMetadata, customerId: 'c-1', tenantId: 't-1' },
      }
      await store.append(stream, 'noStream', [event])
      const [recorded] = await collect(store.readStream(stream))
      expect(recorded).toMatchObject(event)
      expect(recorded?.stream).toBe(stream)
      expect(recorded?.recordedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
    })

    it('keeps what the event was at the call, whatever becomes of the object after it', async () => {
      const stream = freshStream()
      const data = { count: 1 }
      const appending = store.append(stream, 'noStream', [{ ...counted(1), data }])
      data.count = 2
      await appending
      expect((await collect(store.readStream(stream)))[0]?.data).toEqual({ count: 1 })
    })

    it('shows an acknowledged event to the next read', async () => {
      const stream = freshStream()
      for (let count = 0; count < 50; count += 1) {
        const event = counted(count)
        await store.append(stream, 'any', [event])
        expect((await store.eventById(event.id))?.revision).toBe(BigInt(count))
      }
    })
  })

  describe('expected revision', () => {
    it('takes noStream for a new stream only', async () => {
      const stream = freshStream()
      await store.append(stream, 'noStream', [counted(0)])
      await expect(store.append(stream, 'noStream', [counted(1)])).rejects.toMatchObject({
        code: 'REVISION_CONFLICT',
        data: { stream, expected: 'noStream', actual: 0n },
      })
    })

    it('takes streamExists for a stream that is there only', async () => {
      const stream = freshStream()
      await expect(store.append(stream, 'streamExists', [counted(0)])).rejects.toMatchObject({
        code: 'REVISION_CONFLICT',
        data: { expected: 'streamExists', actual: null },
      })
      await store.append(stream, 'any', [counted(0)])
      expect((await store.append(stream, 'streamExists', [counted(1)])).revision).toBe(1n)
    })

    it('takes a revision only while the stream stands there, and tells where it stands', async () => {
      const stream = freshStream()
      await expect(store.append(stream, 0n, [counted(0)])).rejects.toMatchObject({
        code: 'REVISION_CONFLICT',
        data: { expected: 0n, actual: null },
      })
      await store.append(stream, 'noStream', countedUpTo(3))
      for (const wrong of [0n, 1n, 3n, 1_000n]) {
        await expect(store.append(stream, wrong, [counted(3)])).rejects.toMatchObject({
          code: 'REVISION_CONFLICT',
          data: { stream, expected: wrong, actual: 2n },
        })
      }
      expect(await collect(store.readStream(stream))).toHaveLength(3)
    })

    it('lets exactly one of many simultaneous appends at one revision through', async () => {
      const stream = freshStream()
      await store.append(stream, 'noStream', [counted(0)])
      const answers = await Promise.allSettled(
        Array.from({ length: 32 }, (_, index) => store.append(stream, 0n, [counted(index)])),
      )
      const refused = answers.filter((answer) => answer.status === 'rejected')
      expect(refused).toHaveLength(31)
      expect(refused.every((answer) => isEventStoreError(answer.reason, 'REVISION_CONFLICT'))).toBe(true)
      expect(await collect(store.readStream(stream))).toHaveLength(2)
    })

    it('lets a refused append leave those beside it untouched', async () => {
      const start = await endOf(store)
      const good = freshStream()
      const never = freshStream()
      const known = counted(0)
      await store.append(good, 'noStream', [known])
      const answers = await Promise.allSettled([
        store.append(good, 0n, countedUpTo(2)),
        store.append(never, 5n, countedUpTo(2)),
        store.append(never, 'noStream', [counted(0), known]),
        store.append(good, 2n, [counted(3)]),
        store.append(good, 2n, [counted(4)]),
      ])
      expect(
        answers.map((answer) => (answer.status === 'rejected' ? answer.reason.code : 'appended')),
      ).toEqual(['appended', 'REVISION_CONFLICT', 'EVENT_ID_REUSED', 'appended', 'REVISION_CONFLICT'])
      expect(await fromAll(store, start, good)).toHaveLength(4)
      expect(await fromAll(store, start, never)).toEqual([])
    })

    it('gives simultaneous appends without an expectation a place each', async () => {
      const stream = freshStream()
      const answers = await Promise.all(
        Array.from({ length: 64 }, (_, index) =>
          store.append(stream, 'any', [counted(index), counted(index)]),
        ),
      )
      expect(answers.map((answer) => answer.revision).toSorted((a, b) => Number(a - b))).toEqual(
        Array.from({ length: 64 }, (_, index) => BigInt(index * 2 + 1)),
      )
    })
  })

  describe('idempotence by event id', () => {
    it('answers a repeated append as the first time, wherever the stream stands by then', async () => {
      const stream = freshStream()
      const events = countedUpTo(2)
      const first = await store.append(stream, 'noStream', events)
      await store.append(stream, 1n, [counted(2)])
      for (const expected of ['noStream', 'any', 'streamExists', 1n, 2n] as const) {
        expect(await store.append(stream, expected, events)).toEqual(first)
      }
      expect(await collect(store.readStream(stream))).toHaveLength(3)
    })

    it('answers the same append made many times at once with one answer', async () => {
      const stream = freshStream()
      const events = countedUpTo(3)
      const answers = await Promise.all(
        Array.from({ length: 16 }, () => store.append(stream, 'noStream', events)),
      )
      expect(new Set(answers.map((answer) => answer.position)).size).toBe(1)
      expect(await collect(store.readStream(stream))).toHaveLength(3)
    })

    it('keeps the first data when the repetition carries other data', async () => {
      const stream = freshStream()
      const event = counted(1)
      await store.append(stream, 'noStream', [event])
      await store.append(stream, 'noStream', [{ ...event, data: { count: 2 } }])
      expect((await collect(store.readStream(stream))).map((each) => each.data)).toEqual([{ count: 1 }])
    })

    it('refuses an id that came with other events before', async () => {
      const stream = freshStream()
      const [a, b, c] = [counted(0), counted(1), counted(2)]
      await store.append(stream, 'noStream', [a, b])
      for (const events of [
        [b, a],
        [a, c],
        [c, a],
        [b, c],
      ]) {
        await expect(store.append(stream, 1n, events)).rejects.toMatchObject({
          code: 'EVENT_ID_REUSED',
          data: { stream },
        })
      }
      expect(await collect(store.readStream(stream))).toHaveLength(2)
    })

    it('refuses an id of another stream, and one that stands twice in an append', async () => {
      const stream = freshStream()
      const event = counted(0)
      await store.append(stream, 'noStream', [event])
      const reused = { code: 'EVENT_ID_REUSED', data: { id: event.id } }
      await expect(store.append(freshStream(), 'noStream', [event])).rejects.toMatchObject(reused)
      await expect(store.append(freshStream(), 'any', [counted(1), event])).rejects.toMatchObject(reused)
      const twice = counted(5)
      await expect(store.append(stream, 0n, [twice, twice])).rejects.toMatchObject({
        code: 'EVENT_ID_REUSED',
        data: { id: twice.id },
      })
      expect(await collect(store.readStream(stream))).toHaveLength(1)
    })
  })

  describe('what no store can keep', () => {
    const circular: { self?: unknown } = {}
    circular.self = circular
    const unfit: readonly [string, unknown, string, string][] = [
      ['a bigint', { amount: 1n }, 'BIGINT', 'data.amount'],
      ['a circular value', circular, 'CIRCULAR_OR_TOO_DEEP', 'data.self'],
      ['undefined', { a: [1, { b: undefined }] }, 'UNDEFINED', 'data.a[1].b'],
      ['no data at all', undefined, 'UNDEFINED', 'data'],
      ['NaN', { ratio: Number.NaN }, 'NOT_A_FINITE_NUMBER', 'data.ratio'],
      ['a Date', { at: new Date(0) }, 'NOT_A_PLAIN_OBJECT', 'data.at'],
      ['a Map', new Map(), 'NOT_A_PLAIN_OBJECT', 'data'],
      ['a function', { toJSON: () => 1 }, 'FUNCTION_OR_SYMBOL', 'data.toJSON'],
      ['a hole in an array', { list: new Array(1) }, 'UNDEFINED', 'data.list[0]'],
      ['more than 1 MiB', 'x'.repeat(1024 * 1024), 'TOO_LARGE', ''],
      ['more than 1 MiB of UTF-8', 'ż'.repeat(600 * 1024), 'TOO_LARGE', ''],
    ]
    it.each(unfit)('refuses %s at once and takes the next append', async (_what, data, reason, path) => {
      const stream = freshStream()
      await expect(store.append(stream, 'any', [counted(0), { ...counted(1), data }])).rejects.toMatchObject({
        code: 'INVALID_EVENT',
        data: { reason, index: 1, path: expect.stringContaining(path) },
      })
      expect((await store.append(stream, 'noStream', [counted(1)])).revision).toBe(0n)
    })

    it('refuses what is no event, no stream or no append', async () => {
      const stream = freshStream()
      const invalid = (reason: string) => ({ code: 'INVALID_EVENT', data: { reason } })
      const altered = (change: object) => [{ ...counted(0), ...change } as NewEvent]
      await expect(store.append(stream, 'any', [])).rejects.toMatchObject(invalid('NO_EVENTS'))
      await expect(store.append(stream, 'any', countedUpTo(1_001))).rejects.toMatchObject(
        invalid('TOO_MANY_EVENTS'),
      )
      await expect(store.append(stream, 'any', altered({ id: 'e-1' }))).rejects.toMatchObject(
        invalid('EVENT_ID'),
      )
      await expect(
        store.append(stream, 'any', altered({ id: uuidv7().toUpperCase() })),
      ).rejects.toMatchObject(invalid('EVENT_ID'))
      await expect(store.append(stream, 'any', altered({ type: '' }))).rejects.toMatchObject(
        invalid('EVENT_TYPE'),
      )
      await expect(store.append(stream, 'any', altered({ schemaVersion: 0 }))).rejects.toMatchObject(
        invalid('SCHEMA_VERSION'),
      )
      await expect(store.append(stream, 'any', altered({ metadata: null }))).rejects.toMatchObject(
        invalid('METADATA'),
      )
      for (const name of ['', ' ', 'a ', '$settings', 'a\nb', 'a\u0000', '\ud800', 'x'.repeat(257)]) {
        await expect(store.append(name, 'any', [counted(0)])).rejects.toMatchObject(invalid('STREAM_NAME'))
      }
      expect(await collect(store.readStream(stream))).toEqual([])
    })

    it('keeps an event of just under 1 MiB, and an append of 1,000 events', async () => {
      const stream = freshStream()
      const text = 'x'.repeat(1024 * 1024 - 1_000)
      await store.append(stream, 'noStream', [{ ...counted(0), data: { text } } as NewEvent])
      await store.append(stream, 0n, countedUpTo(1_000))
      const events = await collect(store.readStream(stream))
      expect(events[0]?.data).toEqual({ text })
      expect(events).toHaveLength(1_001)
    })
  })
}
