import { expect, test } from 'vitest'
import { IllegalLegMoveError, type LegState, mayMove, move } from './leg-state.ts'

const ended: LegState = { status: 'ended', cause: { q850: 16, sipStatus: null, by: 'peer' } }

test('a leg goes offered, ringing, answered, held, answered, ended', () => {
  let state: LegState = { status: 'offered' }
  for (const next of ['ringing', 'answered', 'held', 'answered'] as const)
    state = move(state, { status: next })
  expect(move(state, ended)).toEqual(ended)
})

test.each([
  ['ringing', 'offered'],
  ['answered', 'ringing'],
  ['offered', 'held'],
  ['ringing', 'held'],
  ['ended', 'answered'],
  ['ended', 'ended'],
] as const)('from %s a leg does not go to %s', (from, to) => {
  expect(mayMove(from, to)).toBe(false)
})

test('an illegal move is a bug and thrown', () => {
  expect(() => move(ended, { status: 'answered' })).toThrow(IllegalLegMoveError)
})
