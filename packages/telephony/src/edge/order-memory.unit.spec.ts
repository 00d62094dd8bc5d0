import { expect, test } from 'vitest'
import type { EdgeAnswer } from '../edge-contract/orders.ts'
import { OrderMemory } from './order-memory.ts'

const answer = (orderId: string): EdgeAnswer => ({ orderId, ok: true, result: { n: 1 } })

test('an id is carried out once, also while the first one is still worked on', async () => {
  const memory = new OrderMemory()
  const working = Promise.withResolvers<EdgeAnswer>()
  let times = 0
  const carryOut = () => {
    times += 1
    return working.promise
  }
  const first = memory.once('a', carryOut)
  const second = memory.once('a', carryOut)
  working.resolve(answer('a'))
  expect(await first).toEqual(answer('a'))
  expect(await second).toEqual(answer('a'))
  expect(await memory.once('a', carryOut)).toEqual(answer('a'))
  expect(times).toBe(1)
})

test('the oldest answered id is forgotten first, one that is asked for again is young', async () => {
  const memory = new OrderMemory(2)
  const times: Record<string, number> = {}
  const once = (id: string) =>
    memory.once(id, async () => {
      times[id] = (times[id] ?? 0) + 1
      return answer(id)
    })
  await once('a')
  await once('b')
  await once('a')
  await once('c')
  await once('a')
  await once('b')
  expect(times).toEqual({ a: 1, b: 2, c: 1 })
})

test('an order that is still worked on is never forgotten', async () => {
  const memory = new OrderMemory(1)
  let times = 0
  const working = Promise.withResolvers<EdgeAnswer>()
  const slow = () => {
    times += 1
    return working.promise
  }
  const first = memory.once('slow', slow)
  for (let i = 0; i < 10; i++) await memory.once(`o${i}`, async () => answer(`o${i}`))
  const again = memory.once('slow', slow)
  working.resolve(answer('slow'))
  await Promise.all([first, again])
  expect(times).toBe(1)
})
