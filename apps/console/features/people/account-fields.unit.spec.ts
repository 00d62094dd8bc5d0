import { expect, test } from 'vitest'
import { accountInput, fieldOf, missingIn } from './account-fields.ts'

const SOFIA = {
  name: ' Sofia Marchetti ',
  email: 'sofia@linfa.example',
  role: 'AGENT',
  skills: ['lang-it'],
} as const

test('skills are sent for an agent only', () => {
  expect(accountInput(SOFIA)).toEqual({ name: 'Sofia Marchetti', role: 'AGENT', skills: ['lang-it'] })
  expect(accountInput({ ...SOFIA, role: 'AUDITOR' })).toMatchObject({ skills: [] })
})

test('what is missing is named before anything is sent, from the top', () => {
  expect(missingIn(SOFIA)).toBeNull()
  expect(missingIn({ ...SOFIA, name: ' ', email: '' })).toBe('name')
  expect(missingIn({ ...SOFIA, email: ' ' })).toBe('email')
})

test('a refusal stands at the field that it is about', () => {
  expect(['NAME_TOO_LONG', 'EMAIL_TAKEN', 'SKILL_INVALID', 'LAST_ADMIN'].map(fieldOf)).toEqual([
    'name',
    'email',
    'skills',
    null,
  ])
})
