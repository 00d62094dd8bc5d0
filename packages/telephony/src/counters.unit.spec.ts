import { expect, test } from 'vitest'
import { createCounters } from './counters.ts'

test('every counter starts from zero, and a snapshot stays as it was taken', () => {
  const counters = createCounters(['calls', 'losses'])
  const before = counters.snapshot()
  counters.count('calls')
  counters.count('calls')
  expect(before).toEqual({ calls: 0, losses: 0 })
  expect(counters.snapshot()).toEqual({ calls: 2, losses: 0 })
})
