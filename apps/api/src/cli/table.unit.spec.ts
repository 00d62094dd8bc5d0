import { describe, expect, it } from 'vitest'
import { momentOf } from './as-of.ts'
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
    expect(timeOf('2026-11-24T05:00:00.000Z', 'Europe/Rome')).toBe('24 Nov 2026, 06:00:00')
    expect(timeOf(null, 'Europe/Rome')).toBe('—')
    expect(wordsOf('connectionLost')).toBe('connection lost')
  })

  it('takes a moment as a position or as an instant', () => {
    expect(momentOf('42')).toEqual({ position: '0000000000000042' })
    expect(momentOf('2026-11-24T14:05:00+01:00')).toEqual({ instant: '2026-11-24T13:05:00.000Z' })
    expect(() => momentOf('yesterday')).toThrow('no position and no instant')
  })
})
