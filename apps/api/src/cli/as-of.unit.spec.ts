import { describe, expect, it } from 'vitest'
import { momentOf } from './as-of.ts'
import { UsageError } from './command.ts'

const inRome = (text: string) => momentOf(text, 'Europe/Rome')

describe('a moment', () => {
  it('is a position when it is all digits', () => {
    expect(inRome('42')).toEqual({ position: '0000000000000042' })
  })

  it('is an instant when it has an offset', () => {
    expect(inRome('2026-11-24T14:05:00+01:00')).toEqual({ instant: '2026-11-24T13:05:00.000Z' })
  })

  it.each([
    ['2026-11-24T14:05', '2026-11-24T13:05:00.000Z'],
    ['2026-07-24 14:05:30', '2026-07-24T12:05:30.000Z'],
    ['2026-11-24', '2026-11-23T23:00:00.000Z'],
  ])('without one is the time of the floor’s clock: %s', (text, instant) => {
    expect(inRome(text)).toEqual({ instant })
  })

  it.each(['2026-10-25T02:30', '2026-03-29T02:30'])(
    'that the change of the clocks made twice or left out needs an offset: %s',
    (text) => {
      expect(() => inRome(text)).toThrow(UsageError)
      expect(() => inRome(text)).toThrow('needs an offset')
    },
  )

  it('is nothing else', () => {
    expect(() => inRome('yesterday')).toThrow(UsageError)
    expect(() => inRome('yesterday')).toThrow('no position, no instant')
  })
})
