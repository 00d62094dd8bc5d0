import { expect, test } from 'vitest'
import { backoff, FIRST_WAIT_MS, LONGEST_WAIT_MS } from './backoff.ts'

test('waits double and stay bounded, however long the hub is away', () => {
  expect(backoff(0, 1)).toBe(FIRST_WAIT_MS)
  expect(backoff(1, 1)).toBe(2 * FIRST_WAIT_MS)
  expect(backoff(1_000_000, 1)).toBe(LONGEST_WAIT_MS)
})

test('desks of a floor do not all come back at once', () => {
  expect(backoff(3, 0)).toBeLessThan(backoff(3, 0.99))
  expect(backoff(3, 0)).toBeGreaterThan(0)
})
