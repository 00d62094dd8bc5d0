import { describe, expect, it } from 'vitest'
import { durationOf, tableOf, timeOf, wordsOf } from './table.ts'

describe('what the command line prints', () => {
  it('stands in columns', () => {
    expect(
      tableOf(
        ['name', 'why'],
        [
          ['Ewa', 'ready'],
          ['Sofia Marchetti', ''],
        ],
      ),
    ).toEqual(['name             why', '───────────────  ─────', 'Ewa              ready', 'Sofia Marchetti'])
  })

  it.each([
    [7_000, '0:07'],
    [252_000, '4:12'],
    [3_750_000, '1:02:30'],
    [-5, '0:00'],
  ])('%i ms is %s', (milliseconds, text) => {
    expect(durationOf(milliseconds)).toBe(text)
  })

  it('is in the floor’s own time, and in words', () => {
    expect(timeOf('2026-11-24T05:00:00.000Z', 'Europe/Rome')).toBe('24 Nov 2026, 06:00:00 CET')
    expect(timeOf('2026-07-24T05:00:00.000Z', 'Europe/Rome')).toBe('24 Jul 2026, 07:00:00 CEST')
    expect(timeOf('2026-11-24T05:00:00.000Z', 'Asia/Tokyo')).toBe('24 Nov 2026, 14:00:00 GMT+9')
    expect(timeOf(null, 'Europe/Rome')).toBe('—')
    expect(wordsOf('connectionLost')).toBe('connection lost')
  })
})
