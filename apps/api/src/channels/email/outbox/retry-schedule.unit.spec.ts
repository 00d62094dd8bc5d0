import { expect, test } from 'vitest'
import { waitSecondsAfter } from './retry-schedule.ts'

test('waits grow from seconds, while a server restarts, to two hours', () => {
  const waits = Array.from({ length: 8 }, (_, nth) => waitSecondsAfter(nth + 1))
  expect(waits).toEqual([5, 15, 60, 300, 900, 1_800, 7_200, 7_200])
})

test('a mail is given up after four to five days and not before (RFC 5321 §4.5.4.1)', () => {
  let seconds = 0
  let attempt = 1
  for (let wait = waitSecondsAfter(attempt); wait !== null; wait = waitSecondsAfter(attempt)) {
    seconds += wait
    attempt += 1
  }
  expect(attempt).toBe(60)
  expect(seconds / 86_400).toBeGreaterThan(4)
  expect(seconds / 86_400).toBeLessThan(5)
})
