import { describe, expect, it } from 'vitest'
import { sqliteValue } from './sqlite-value.ts'

describe('sqliteValue', () => {
  it.each([['text'], [''], [0], [-5], [Number.MAX_SAFE_INTEGER], [null]])('takes %o as it is', (value) => {
    expect(sqliteValue(value, 'here')).toBe(value)
  })

  it.each([
    ['undefined', undefined],
    ['a boolean', true],
    ['a Date', new Date(0)],
    ['a fraction', 0.5],
    ['NaN', Number.NaN],
    ['a number past 2^53', 2 ** 53],
    ['a bigint', 1n],
    ['an object', {}],
  ])('refuses %s and says where', (_what, value) => {
    expect(() => sqliteValue(value, 'customer.name')).toThrow(/^customer\.name: /)
  })
})
