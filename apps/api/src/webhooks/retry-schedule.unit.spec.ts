import { parseInstant } from '@centralino/domain'
import { describe, expect, it } from 'vitest'
import { MAXIMUM_ATTEMPTS, parseRetryAfter, retryWaitMilliseconds } from './retry-schedule.ts'

const HOUR = 3_600_000
const waits = (random: number) =>
  Array.from({ length: MAXIMUM_ATTEMPTS - 1 }, (_, n) =>
    retryWaitMilliseconds(n + 1, { random: () => random }),
  )

describe('the waits between the tries of one event', () => {
  it('grow from 5 seconds to 6 hours, spread over about a day, and end', () => {
    expect(waits(0.5).map((wait) => (wait ?? 0) / 1_000)).toEqual([
      5, 15, 45, 135, 405, 1_215, 3_645, 10_935, 21_600, 21_600, 21_600,
    ])
    const whole = waits(0.5).reduce<number>((sum, wait) => sum + (wait ?? 0), 0)
    expect(whole / HOUR).toBeCloseTo(22.56, 2)
    expect(retryWaitMilliseconds(MAXIMUM_ATTEMPTS)).toBeNull()
  })

  it('are spread by a quarter to either side', () => {
    expect([waits(0)[0], waits(1)[0]]).toEqual([3_750, 6_250])
    const [shortest = 0, longest = 0] = [waits(0).at(-1), waits(1).at(-1)].map((wait) => wait ?? 0)
    expect([shortest, longest]).toEqual([4.5 * HOUR, 7.5 * HOUR])
  })

  it('are longer where the receiver asks for it, within bounds, and never shorter', () => {
    const after = (retryAfterMilliseconds: number) =>
      retryWaitMilliseconds(1, { retryAfterMilliseconds, random: () => 0.5 })
    expect(after(90_000)).toBe(90_000)
    expect(after(1_000)).toBe(5_000)
    expect(after(99 * HOUR)).toBe(6 * HOUR)
    expect(retryWaitMilliseconds(MAXIMUM_ATTEMPTS, { retryAfterMilliseconds: 1_000 })).toBeNull()
  })
})

it.each([
  ['120', 120_000],
  ['Tue, 24 Nov 2026 09:00:30 GMT', 30_000],
  ['Tue, 24 Nov 2026 08:00:00 GMT', null],
  ['0', null],
  ['-5', null],
  ['soon', null],
  [undefined, null],
])('Retry-After: %s is %s ms', (text, milliseconds) => {
  expect(parseRetryAfter(text, parseInstant('2026-11-24T09:00:00Z'))).toBe(milliseconds)
})
