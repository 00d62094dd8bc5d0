import { expect, test } from 'vitest'
import { dayOf, labelDay } from './day.ts'
import { dateWriter } from './use-dates.ts'

test("a day is the reader's, not that of Greenwich", () => {
  const at = Date.parse('2026-11-22T23:30:00Z')
  expect(dayOf(at, 'Europe/Rome')).toBe('2026-11-23')
  expect(dayOf(at, 'America/New_York')).toBe('2026-11-22')
})

test('days are called today, yesterday, a date of this year, or one of another', () => {
  const now = Date.parse('2026-11-23T13:00:00Z')
  expect(labelDay('2026-11-23', now, 'Europe/Rome')).toEqual({ kind: 'today' })
  expect(labelDay('2026-11-22', now, 'Europe/Rome')).toEqual({ kind: 'yesterday' })
  expect(labelDay('2026-11-20', now, 'Europe/Rome')).toEqual({ kind: 'thisYear' })
  expect(labelDay('2025-11-23', now, 'Europe/Rome')).toEqual({ kind: 'otherYear' })
})

test('yesterday is yesterday over the night in which the clocks go back', () => {
  const now = Date.parse('2026-10-25T22:30:00Z')
  expect(labelDay('2026-10-24', now, 'Europe/Rome')).toEqual({ kind: 'yesterday' })
})

test('times run from 00 to 23 in every language, in the zone of the reader', () => {
  const at = '2026-11-20T23:05:32.000Z'
  expect(dateWriter('en', 'Europe/Rome')('time', at)).toBe('00:05')
  expect(dateWriter('it', 'Europe/Rome')('timeWithSeconds', at)).toBe('00:05:32')
  expect(dateWriter('pl', 'Europe/Warsaw')('time', at)).toBe('00:05')
  expect(dateWriter('en', 'Europe/Rome')('day', at)).toBe('Saturday 21 November')
})
