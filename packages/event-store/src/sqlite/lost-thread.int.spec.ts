import type { Worker } from 'node:worker_threads'
import { describe, expect, it, vi } from 'vitest'
import { collect } from '../contract/log-under-test.ts'
import { counted, countedUpTo } from '../contract/sample-events.ts'
import { temporaryEventStore } from '../testing/temporary-event-store.ts'

const workers = vi.hoisted(() => [] as Worker[])
vi.mock('node:worker_threads', async (load) => {
  const real = await load<typeof import('node:worker_threads')>()
  class KeptWorker extends real.Worker {
    constructor(...parameters: ConstructorParameters<typeof Worker>) {
      super(...parameters)
      workers.push(this)
    }
  }
  return { ...real, Worker: KeptWorker }
})

const unavailable = { code: 'STORE_UNAVAILABLE' }

describe.each([
  ['writing', 0],
  ['reading', 1],
])('a store whose %s thread ends by itself', (_which, index) => {
  it('leaves no promise pending, refuses what comes after and can be closed', async () => {
    workers.length = 0
    const store = await temporaryEventStore()
    await store.append('a', 'noStream', countedUpTo(1_000))
    const subscription = store.subscribe(null, { onEvents: () => undefined })
    const waiting = Promise.allSettled([
      subscription.ended,
      index === 0 ? store.append('a', 'any', [counted(0)]) : collect(store.readAll()),
    ])
    await workers[index]?.terminate()
    expect(await waiting).toMatchObject([
      { status: 'rejected', reason: unavailable },
      { status: 'rejected', reason: unavailable },
    ])
    await expect(store.append('a', 'any', [counted(0)])).rejects.toMatchObject(unavailable)
    await expect(collect(store.readAll())).rejects.toMatchObject(unavailable)
    expect(() => store.subscribe(null, { onEvents: () => undefined })).toThrow(
      expect.objectContaining(unavailable),
    )
    await store[Symbol.asyncDispose]()
  })
})
