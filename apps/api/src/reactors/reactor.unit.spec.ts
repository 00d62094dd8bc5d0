import { type NewEvent, parseInstant } from '@centralino/domain'
import { uuidv7 } from '@centralino/event-store'
import { temporaryEventStore } from '@centralino/event-store/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { manualClock } from '../time/testing/manual-clock.ts'
import { createReactor, type ReactionFailure, type Reactor, type ReactorOptions } from './reactor.ts'
import type { StateFile } from './state-file.ts'
import { stateInMemory } from './testing/state-in-memory.ts'

let store: Awaited<ReturnType<typeof temporaryEventStore>>
let checkpoint: StateFile<string>
let failures: ReactionFailure[]
const running: Reactor[] = []

beforeEach(async () => {
  store = await temporaryEventStore()
  checkpoint = stateInMemory<string>()
  failures = []
})
afterEach(async () => {
  await Promise.all(running.splice(0).map((reactor) => reactor[Symbol.asyncDispose]()))
  await store[Symbol.asyncDispose]()
})

const at = parseInstant('2026-11-24T09:00:00Z')
const happen = async (stream: string, digit: string) => {
  const event: NewEvent = {
    id: uuidv7(),
    type: 'DigitReceived',
    schemaVersion: 1,
    data: { callId: stream, legId: 'leg', digit, at },
    metadata: {
      occurredAt: at,
      actor: { kind: 'system', id: 'test' },
      correlationId: 'c',
      causationId: null,
    },
  }
  return (await store.append(stream, 'any', [event])).position
}

const run = async (
  react: (digit: string, stream: string) => Promise<void>,
  more: Partial<ReactorOptions> = {},
) => {
  const reactor = createReactor({
    name: 'test',
    store,
    checkpoint,
    laneOf: (event) => event.stream,
    react: (event) => react((event.data as { digit: string }).digit, event.stream),
    onFailure: (failure) => failures.push(failure),
    clock: {
      after: (_milliseconds, task) => {
        setImmediate(task)
        return () => {}
      },
    },
    ...more,
  })
  running.push(reactor)
  await reactor.start()
  return reactor
}

test('each event is reacted to, one after the other in its lane', async () => {
  const seen: string[] = []
  const reactor = await run(async (digit, stream) => {
    seen.push(`begin ${stream}${digit}`)
    await new Promise((resolve) => setImmediate(resolve))
    seen.push(`end ${stream}${digit}`)
  })
  await happen('call-a', '1')
  const last = await happen('call-a', '2')
  await reactor.settled(last)
  expect(seen).toEqual(['begin call-a1', 'end call-a1', 'begin call-a2', 'end call-a2'])
})

test('a slow lane does not hold up another, and the checkpoint waits for the slow one', async () => {
  const slow = Promise.withResolvers<void>()
  const quick = Promise.withResolvers<void>()
  const reactor = await run(async (_digit, stream) => {
    if (stream === 'call-slow') return slow.promise
    quick.resolve()
  })
  await happen('call-slow', '1')
  const last = await happen('call-quick', '1')
  await quick.promise
  expect(reactor.position).toBe(null)
  slow.resolve()
  await reactor.settled(last)
  expect(reactor.position).toBe(last)
})

test('what was under way when the hub died is done again, and what was done is not', async () => {
  const done: string[] = []
  const first = await run(async (digit) => void done.push(digit))
  await first.settled(await happen('call-a', '1'))
  await first[Symbol.asyncDispose]()
  // Killed in the middle of the second reaction: no dispose, the checkpoint stays where it was.
  await run(async (digit) => {
    done.push(`${digit} cut off`)
    await new Promise(() => {})
  })
  running.pop()
  const last = await happen('call-a', '2')
  while (!done.includes('2 cut off')) await new Promise((resolve) => setImmediate(resolve))
  const third = await run(async (digit) => void done.push(digit))
  await third.settled(last)
  expect(done).toEqual(['1', '2 cut off', '2'])
})

test('the checkpoint is written by the clock that the reactor was given', async () => {
  const clock = manualClock()
  const reactor = await run(async () => {}, { clock, checkpointEveryMilliseconds: 500 })
  const last = await happen('call-a', '1')
  await reactor.settled(last)
  clock.advance(499)
  expect(clock.pending()).toBe(1)
  expect(await checkpoint.load()).toBe(null)
  clock.advance(1)
  await expect.poll(() => checkpoint.load()).toBe(last)
})

test('a reaction that hangs is left alone one second after the stop, by the same clock', async () => {
  const clock = manualClock()
  const begun = Promise.withResolvers<void>()
  const reactor = await run(
    () => {
      begun.resolve()
      return new Promise(() => {})
    },
    { clock },
  )
  await happen('call-a', '1')
  await begun.promise
  let stopped = false
  const stopping = reactor[Symbol.asyncDispose]().then(() => {
    stopped = true
  })
  while (clock.pending() === 0) await new Promise((resolve) => setImmediate(resolve))
  clock.advance(999)
  await new Promise((resolve) => setImmediate(resolve))
  expect(stopped).toBe(false)
  clock.advance(1)
  await stopping
  running.pop()
})

test('a reaction that fails is tried again', async () => {
  let tries = 0
  const reactor = await run(async () => {
    tries += 1
    if (tries < 3) throw new Error('not yet')
  })
  await reactor.settled(await happen('call-a', '1'))
  expect(tries).toBe(3)
  expect(failures.map(({ attempt, givenUp }) => [attempt, givenUp])).toEqual([
    [1, false],
    [2, false],
  ])
})

test('an event that fails five times is reported and passed over', async () => {
  const done: string[] = []
  const reactor = await run(async (digit) => {
    if (digit === '1') throw new Error('a bug')
    done.push(digit)
  })
  await happen('call-a', '1')
  await reactor.settled(await happen('call-a', '2'))
  expect(done).toEqual(['2'])
  expect(failures.at(-1)).toMatchObject({ attempt: 5, givenUp: true, eventType: 'DigitReceived' })
})

test("the store's passing trouble is waited out, however long", async () => {
  let tries = 0
  const reactor = await run(async () => {
    tries += 1
    if (tries < 12) throw Object.assign(new Error('full'), { code: 'DISK_FULL' })
  })
  await reactor.settled(await happen('call-a', '1'))
  expect(tries).toBe(12)
  expect(failures.some((failure) => failure.givenUp)).toBe(false)
})

test('the log is not read further while too much is under way', async () => {
  const held: (() => void)[] = []
  let most = 0
  let now = 0
  const reactor = await run(
    async () => {
      now += 1
      most = Math.max(most, now)
      await new Promise<void>((resolve) => held.push(resolve))
      now -= 1
    },
    { maximumUnderWay: 2 },
  )
  let last = ''
  for (const stream of ['call-a', 'call-b', 'call-c', 'call-d']) last = await happen(stream, '1')
  const settled = reactor.settled(last)
  let done = false
  void settled.then(() => {
    done = true
  })
  while (!done) {
    held.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  expect(most).toBe(2)
})

test('stopping does not wait for ever for a reaction that hangs', async () => {
  const begun = Promise.withResolvers<void>()
  const reactor = await run(() => {
    begun.resolve()
    return new Promise(() => {})
  })
  await happen('call-a', '1')
  await begun.promise
  await reactor[Symbol.asyncDispose]()
  expect(await checkpoint.load()).toBe(null)
})
