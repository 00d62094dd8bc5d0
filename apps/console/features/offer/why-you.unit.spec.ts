import { expect, test } from 'vitest'
import { eligibleCount, inOrder, missingSkills } from './why-you.ts'

const considered = [
  { agent: { id: 'no', skills: ['billing'] }, eligible: false },
  { agent: { id: 'later', skills: [] }, eligible: true },
  { agent: { id: 'chosen', skills: [] }, eligible: true },
]

test('the chosen one stands first, then who could, then who could not', () => {
  expect(inOrder(considered, 'chosen').map((one) => one.agent.id)).toEqual(['chosen', 'later', 'no'])
  expect(eligibleCount(considered)).toBe(2)
})

test('what is missing is what the queue asks for and the agent has not', () => {
  expect(missingSkills(['lang-it', 'billing'], ['billing'])).toEqual(['lang-it'])
})
