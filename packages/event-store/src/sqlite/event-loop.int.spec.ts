import { DatabaseSync, StatementSync } from 'node:sqlite'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { counted, countedUpTo } from '../contract/sample-events.ts'
import { BATCH_SIZE } from '../subscription/subscribe.ts'
import { temporaryEventStore } from '../testing/temporary-event-store.ts'
import { PAGE_CHARACTERS, PAGE_ROWS } from './read-page.ts'

/** Counts the turns of the event loop until the test ends. */
const countTurns = () => {
  let turns = 0
  let counting = true
  const turn = (): void => {
    turns += 1
    if (counting) setImmediate(turn)
  }
  setImmediate(turn)
  onTestFinished(() => {
    counting = false
  })
  return () => turns
}

/** Most of what happened between two turns of the event loop. */
const mostInATurn = (turnsOf: readonly number[]): number => {
  const counts = new Map<number, number>()
  for (const turn of turnsOf) counts.set(turn, (counts.get(turn) ?? 0) + 1)
  return Math.max(...counts.values())
}

describe("the caller's event loop", () => {
  it('never runs SQL: opening, appending, reading and following all do it elsewhere', async () => {
    const calls = [
      vi.spyOn(DatabaseSync.prototype, 'exec'),
      vi.spyOn(DatabaseSync.prototype, 'prepare'),
      vi.spyOn(StatementSync.prototype, 'run'),
      vi.spyOn(StatementSync.prototype, 'iterate'),
    ]
    onTestFinished(() => {
      vi.restoreAllMocks()
    })
    await using store = await temporaryEventStore()
    const event = counted(0)
    await store.append('a', 'noStream', [event])
    await store.eventById(event.id)
    for await (const each of store.readAll()) expect(each.id).toBe(event.id)
    for (const call of calls) expect(call).not.toHaveBeenCalled()
    // The spies do see what runs on this thread.
    new DatabaseSync(':memory:').exec('SELECT 1')
    expect(calls[0]).toHaveBeenCalledOnce()
  })

  it('turns between the pages of a long read, however fast they are taken', async () => {
    await using store = await temporaryEventStore()
    for (let append = 0; append < 8; append += 1)
      await store.append(`s-${append}`, 'noStream', countedUpTo(1_000))
    const turns = countTurns()
    const turnsOf: number[] = []
    for await (const _event of store.readAll()) turnsOf.push(turns())
    expect(turnsOf).toHaveLength(8_000)
    expect(mostInATurn(turnsOf)).toBeLessThanOrEqual(PAGE_ROWS)
  })

  it('turns sooner where events are large', async () => {
    await using store = await temporaryEventStore()
    const text = 'x'.repeat(PAGE_CHARACTERS / 4)
    for (let count = 0; count < 20; count += 1)
      await store.append('a', 'any', [{ ...counted(count), data: { count, text } }])
    const turns = countTurns()
    const turnsOf: number[] = []
    for await (const _event of store.readAll()) turnsOf.push(turns())
    expect(mostInATurn(turnsOf)).toBeLessThanOrEqual(4)
  })

  it('turns between the batches of a subscription whose handler never waits', async () => {
    await using store = await temporaryEventStore()
    const turnsOf: number[] = []
    const turns = countTurns()
    const done = Promise.withResolvers<void>()
    // Both ways: what is read from the log, and what is still in memory.
    for (let append = 0; append < 6; append += 1)
      await store.append(`s-${append}`, 'noStream', countedUpTo(1_000))
    await using subscription = store.subscribe(null, {
      onEvents: (events) => {
        for (const _event of events) turnsOf.push(turns())
        if (turnsOf.length >= 6_000) done.resolve()
      },
    })
    await Promise.race([done.promise, subscription.ended])
    expect(mostInATurn(turnsOf)).toBeLessThanOrEqual(BATCH_SIZE)
  })
})

describe('what waits for the disk', () => {
  it('is bounded: past the bound an append is refused at once and the others go through', async () => {
    await using store = await temporaryEventStore({ maxPendingAppends: 10 })
    const answers = await Promise.allSettled(
      Array.from({ length: 15 }, (_, n) => store.append(`s-${n}`, 'noStream', [counted(n)])),
    )
    expect(answers.map((answer) => (answer.status === 'rejected' ? answer.reason.code : 'appended'))).toEqual(
      [...Array.from({ length: 10 }, () => 'appended'), ...Array.from({ length: 5 }, () => 'TOO_BUSY')],
    )
    await store.append('later', 'noStream', [counted(0)])
  })

  it('is bounded in bytes too', async () => {
    await using store = await temporaryEventStore({ maxPendingBytes: 1_000 })
    const large = () => ({ ...counted(0), data: { count: 0, text: 'x'.repeat(700) } })
    const answers = await Promise.allSettled([
      store.append('a', 'noStream', [large()]),
      store.append('b', 'noStream', [large()]),
    ])
    expect(answers).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'TOO_BUSY' } },
    ])
    // One that is larger than the bound by itself still gets through when nothing else waits.
    await store.append('c', 'noStream', [large(), large()])
  })
})
