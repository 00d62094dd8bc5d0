import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { REFUSAL_CODES, refusalKey } from './refusals.ts'

/** The hub's own list, which its compiler holds to every refusal there is. */
const ANSWERED = readFileSync(new URL('../../../api/refusal-codes.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n')

test('every code that the hub may answer has its sentence', () => {
  expect(ANSWERED.length).toBeGreaterThan(50)
  expect(ANSWERED.filter((code) => !REFUSAL_CODES.includes(code))).toEqual([])
})

test('no sentence is kept for a code that the hub never answers', () => {
  expect(REFUSAL_CODES.filter((code) => !ANSWERED.includes(code))).toEqual([])
})

test('a code of a newer hub, or a word that every object has, says that it did not work', () => {
  expect(refusalKey('OF_TOMORROW')).toBe('refusal.unknown')
  expect(refusalKey('constructor')).toBe('refusal.unknown')
})
