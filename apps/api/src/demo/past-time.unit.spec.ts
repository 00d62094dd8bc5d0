import { parseInstant } from '@centralino/domain'
import { describe, expect, it } from 'vitest'
import { pastTime } from './past-time.ts'

describe('the demo’s past', () => {
  it.each([
    ['the day before', '2026-11-24T05:00:00Z', 1, { day: '2026-11-23', at: '2026-11-23T15:10:00.000Z' }],
    ['Friday, on a Monday', '2026-11-23T05:00:00Z', 1, { day: '2026-11-20', at: '2026-11-20T15:10:00.000Z' }],
    [
      'a week before, on a Sunday',
      '2026-11-22T05:00:00Z',
      5,
      { day: '2026-11-16', at: '2026-11-16T15:10:00.000Z' },
    ],
    ['summer time', '2026-11-02T05:00:00Z', 6, { day: '2026-10-23', at: '2026-10-23T14:10:00.000Z' }],
  ])('falls on working days at local times: %s', (_, now, days, expected) => {
    expect(pastTime(parseInstant(now), 'Europe/Rome', days, '16:10')).toEqual(expected)
  })
})
