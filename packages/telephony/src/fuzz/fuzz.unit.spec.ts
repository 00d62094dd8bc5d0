import { expect, it } from 'vitest'
import { fuzzSignalling } from './fuzz-signalling.ts'
import { mutate } from './mutate.ts'
import { createRandom } from './random.ts'

it('10 000 mutated SIP and SDP packets fail nothing, and leave no call, no transaction and no timer', async () => {
  const { counters, failures, remains } = await fuzzSignalling(10_000, 4475)
  expect(failures).toEqual([])
  expect(remains).toEqual({ legs: 0, sessions: 0, clientTransactions: 0, serverTransactions: 0, timers: 0 })
  // The packets have to reach every layer for this to mean anything.
  expect(counters['sip.malformed']).toBeGreaterThan(2_000)
  expect(counters['sip.callsIn']).toBeGreaterThan(300)
  expect(counters['sip.callsOut']).toBeGreaterThan(100)
  expect(counters['sip.transactionTimeout']).toBeGreaterThan(100)
}, 120_000)

it('the same seed is the same run', async () => {
  const run = async (seed: number) => (await fuzzSignalling(500, seed)).counters
  expect(await run(7)).toEqual(await run(7))
  expect(await run(8)).not.toEqual(await run(7))
})

it('a mutation is never longer than a datagram', () => {
  const random = createRandom(1)
  let bytes: Buffer = Buffer.alloc(64_900)
  for (let i = 0; i < 200; i++) {
    bytes = mutate(bytes, random)
    expect(bytes.length).toBeLessThanOrEqual(65_000)
  }
})
