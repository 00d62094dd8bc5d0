import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { every } from './every.ts'

class FakeWorker {
  static all: FakeWorker[] = []
  onmessage = () => {}
  onerror = () => {}
  postMessage = vi.fn()
  terminate = vi.fn()
  constructor() {
    FakeWorker.all.push(this)
  }
}

beforeEach(() => {
  vi.useFakeTimers()
  FakeWorker.all = []
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

test('a worker keeps the time where there is one, and ends with it', () => {
  vi.stubGlobal('Worker', FakeWorker)
  const onTick = vi.fn()
  const end = every(5000, onTick)
  expect(FakeWorker.all[0]?.postMessage).toHaveBeenCalledWith(5000)
  vi.advanceTimersByTime(60_000)
  expect(onTick).not.toHaveBeenCalled()
  FakeWorker.all[0]?.onmessage()
  expect(onTick).toHaveBeenCalledTimes(1)
  end()
  expect(FakeWorker.all[0]?.terminate).toHaveBeenCalled()
})

test.each([
  ['there are no workers', () => vi.stubGlobal('Worker', undefined)],
  [
    'one may not be started',
    () =>
      vi.stubGlobal('Worker', () => {
        throw new Error('not allowed')
      }),
  ],
])('where %s, the page keeps the time', (_name, prepare) => {
  prepare()
  const onTick = vi.fn()
  const end = every(5000, onTick)
  vi.advanceTimersByTime(10_000)
  expect(onTick).toHaveBeenCalledTimes(2)
  end()
  vi.advanceTimersByTime(10_000)
  expect(onTick).toHaveBeenCalledTimes(2)
})

test('a worker that fails hands the time to the page, once', () => {
  vi.stubGlobal('Worker', FakeWorker)
  const onTick = vi.fn()
  every(5000, onTick)
  FakeWorker.all[0]?.onerror()
  FakeWorker.all[0]?.onerror()
  vi.advanceTimersByTime(5000)
  expect(onTick).toHaveBeenCalledTimes(1)
})

test('a worker that fails after the end hands over nothing', () => {
  vi.stubGlobal('Worker', FakeWorker)
  const onTick = vi.fn()
  every(5000, onTick)()
  FakeWorker.all[0]?.onerror()
  vi.advanceTimersByTime(60_000)
  expect(onTick).not.toHaveBeenCalled()
})
