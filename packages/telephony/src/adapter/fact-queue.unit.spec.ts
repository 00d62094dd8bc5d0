import { expect, test } from 'vitest'
import { silentLog } from '../edge-contract/edge-log.ts'
import type { EdgeFact } from '../edge-contract/facts.ts'
import { FactQueue } from './fact-queue.ts'

const fact = (number: number, edgeRun = 'run'): EdgeFact => ({
  edgeRun,
  number,
  at: '2026-01-01T00:00:00.000Z',
  body: { type: 'HeldByPeer', legId: `leg-${number}` },
})

const setUp = (onFact: (fact: EdgeFact) => Promise<void> = async () => undefined) => {
  const told: string[] = []
  const acknowledged: string[] = []
  const queue = new FactQueue({
    log: silentLog,
    acknowledge: (edgeRun, number) => acknowledged.push(`${edgeRun} ${number}`),
    retryAfter: () => 0,
  })
  const listen = () =>
    queue.listen({
      onHello: async (edgeRun) => {
        told.push(`hello ${edgeRun}`)
      },
      onFact: async (each) => {
        await onFact(each)
        told.push(`${each.edgeRun} ${each.number}`)
      },
    })
  return { queue, told, acknowledged, listen }
}

test('nothing is told before somebody listens; then hello, then the facts in order, each acknowledged', async () => {
  const { queue, told, acknowledged, listen } = setUp()
  queue.hello('run', [])
  queue.fact(fact(1))
  queue.fact(fact(2))
  await queue.idle()
  expect(told).toEqual([])
  listen()
  await queue.idle()
  expect(told).toEqual(['hello run', 'run 1', 'run 2'])
  expect(acknowledged).toEqual(['run 1', 'run 2'])
})

test('one fact at a time', async () => {
  let inside = 0
  let most = 0
  const { queue, listen } = setUp(async () => {
    inside += 1
    most = Math.max(most, inside)
    await new Promise((resolve) => setTimeout(resolve, 1))
    inside -= 1
  })
  listen()
  queue.hello('run', [])
  for (let n = 1; n <= 5; n++) queue.fact(fact(n))
  await queue.idle()
  expect(most).toBe(1)
})

test('what the edge tells again after a reconnect is told once and acknowledged again', async () => {
  const { queue, told, acknowledged, listen } = setUp()
  listen()
  queue.hello('run', [])
  queue.fact(fact(1))
  queue.fact(fact(2))
  await queue.idle()
  queue.hello('run', [])
  queue.fact(fact(2))
  queue.fact(fact(3))
  await queue.idle()
  expect(told).toEqual(['hello run', 'run 1', 'run 2', 'hello run', 'run 3'])
  expect(acknowledged).toContain('run 3')
})

test('a fact in work while the connection breaks is not told twice', async () => {
  const working = Promise.withResolvers<void>()
  const { queue, told, acknowledged, listen } = setUp(({ number }) =>
    number === 1 ? working.promise : Promise.resolve(),
  )
  listen()
  queue.hello('run', [])
  queue.fact(fact(1))
  queue.fact(fact(2))
  await new Promise((resolve) => setTimeout(resolve, 1))
  queue.hello('run', [])
  queue.fact(fact(1))
  queue.fact(fact(2))
  working.resolve()
  await queue.idle()
  expect(told).toEqual(['hello run', 'run 1', 'hello run', 'run 2'])
  expect(acknowledged).toEqual(['run 1', 'run 2'])
})

test('a new run of the edge begins at 1 again; facts of the old one are not mixed in', async () => {
  const { queue, told, listen } = setUp()
  listen()
  queue.hello('run', [])
  queue.fact(fact(1))
  await queue.idle()
  queue.hello('next', [])
  queue.fact(fact(2))
  queue.fact(fact(1, 'next'))
  await queue.idle()
  expect(told).toEqual(['hello run', 'run 1', 'hello next', 'next 1'])
})

test('what the hub cannot take is told again before anything else, and given up after ten tries', async () => {
  let tries = 0
  const { queue, told, acknowledged, listen } = setUp(async ({ number }) => {
    if (number !== 1) return
    tries += 1
    throw new Error('the disk is full')
  })
  listen()
  queue.hello('run', [])
  queue.fact(fact(1))
  queue.fact(fact(2))
  await queue.idle()
  expect(tries).toBe(10)
  expect(told).toEqual(['hello run', 'run 2'])
  expect(acknowledged).toEqual(['run 1', 'run 2'])
})
