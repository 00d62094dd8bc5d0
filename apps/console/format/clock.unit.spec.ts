import { expect, test } from 'vitest'
import { formatClock, roughDuration, secondsUntil, since, until } from './clock.ts'

const NOW = Date.parse('2026-11-23T13:05:32.000Z')

test.each([
  [0, '0:00'],
  [7_000, '0:07'],
  [252_000, '4:12'],
  [3_599_999, '59:59'],
  [3_750_000, '1:02:30'],
  [-5_000, '0:00'],
])('a clock of %i ms reads %s', (milliseconds, text) => {
  expect(formatClock(milliseconds)).toBe(text)
})

test('an instant that is absent, or not reached yet, is no time ago', () => {
  expect(since(null, NOW)).toBe(0)
  expect(since('2026-11-23T13:05:33.000Z', NOW)).toBe(0)
  expect(since('2026-11-23T13:05:25.000Z', NOW)).toBe(7_000)
})

test('a lease shows one second until it is over, and nothing after', () => {
  expect(secondsUntil('2026-11-23T13:05:32.001Z', NOW)).toBe(1)
  expect(secondsUntil('2026-11-23T13:05:32.000Z', NOW)).toBe(0)
  expect(until('2026-11-23T13:00:00.000Z', NOW)).toBe(0)
})

test.each([
  [59_999, { unit: 'seconds', count: 59 }],
  [60_000, { unit: 'minutes', count: 1 }],
  [7_199_000, { unit: 'hours', count: 1 }],
  [172_800_000, { unit: 'days', count: 2 }],
])('%i ms are said no longer than they are', (milliseconds, said) => {
  expect(roughDuration(milliseconds)).toEqual(said)
})
