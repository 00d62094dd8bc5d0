import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchedFetch } from './watched-fetch.ts'

const SILENCE_MS = 30_000
let told: string[]
beforeEach(() => {
  told = []
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

type Stream = ReadableStreamDefaultController<Uint8Array>

function serve(status = 200) {
  let stream: Stream | undefined
  let signal: AbortSignal | null | undefined
  const base: typeof fetch = async (_input, init) => {
    signal = init?.signal
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        stream = controller
        signal?.addEventListener('abort', () => controller.error(new Error('aborted')))
      },
    })
    return new Response(body, { status })
  }
  const watched = watchedFetch(
    { opened: () => told.push('opened'), closed: () => told.push('closed'), silenceMs: SILENCE_MS },
    base,
  )
  return { watched, stream: () => stream as Stream, signal: () => signal }
}

const bytes = (text: string) => new TextEncoder().encode(text)

test('a stream is opened, handed on, and closed once when the hub ends it', async () => {
  const { watched, stream } = serve()
  const response = await watched('/graphql')
  stream().enqueue(bytes('data: 1'))
  stream().close()
  expect(await response.text()).toBe('data: 1')
  expect(told).toEqual(['opened', 'closed'])
})

test('a refusal of the request closes without having opened', async () => {
  const { watched } = serve(503)
  await watched('/graphql')
  expect(told).toEqual(['closed'])
})

test('a connection that breaks in the middle is closed', async () => {
  const { watched, stream } = serve()
  const response = await watched('/graphql')
  const reading = response.text()
  stream().error(new Error('cable'))
  await expect(reading).rejects.toThrow('cable')
  expect(told).toEqual(['opened', 'closed'])
})

test('a stream that has gone silent is ended, a ping keeps it', async () => {
  const { watched, stream, signal } = serve()
  const response = await watched('/graphql')
  const reader = response.body?.getReader()
  vi.advanceTimersByTime(SILENCE_MS - 1)
  stream().enqueue(bytes(':'))
  await reader?.read()
  vi.advanceTimersByTime(SILENCE_MS - 1)
  expect(signal()?.aborted).toBe(false)
  vi.advanceTimersByTime(2)
  expect(signal()?.aborted).toBe(true)
  expect(told).toEqual(['opened', 'closed'])
})

test('a hub that cannot be reached closes and fails', async () => {
  const watched = watchedFetch(
    { opened: () => told.push('opened'), closed: () => told.push('closed'), silenceMs: SILENCE_MS },
    () => Promise.reject(new TypeError('refused')),
  )
  await expect(watched('/graphql')).rejects.toThrow('refused')
  expect(told).toEqual(['closed'])
})
