import { expect, test } from 'vitest'
import { clockAfter, marksOf, spanAround } from './time-window.ts'

const HOUR = 3_600_000
const day = { from: 10 * HOUR, until: 34 * HOUR }

test('the scrubber shows the day, or the hour or the minute that the moment is in', () => {
  const moment = day.from + 2.5 * HOUR
  expect(spanAround(day, moment, 'day')).toEqual(day)
  expect(spanAround(day, moment, 'hour')).toEqual({ from: day.from + 2 * HOUR, until: day.from + 3 * HOUR })
  expect(spanAround(day, moment + 61_000, 'minute')).toEqual({
    from: moment + 60_000,
    until: moment + 120_000,
  })
})

test('marks are the ends and equal parts between', () => {
  expect(marksOf({ from: 0, until: 100 }, 4)).toEqual([0, 25, 50, 75, 100])
})

test('a playing clock runs at its speed, and passes quiet hours over', () => {
  expect(clockAfter(0, 200, 10, 5_000)).toBe(2_000)
  expect(clockAfter(0, 200, 10, null)).toBe(2_000)
  expect(clockAfter(0, 200, 10, 8 * HOUR)).toBe(8 * HOUR - 10_000)
})
