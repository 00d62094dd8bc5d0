import { expect, test } from 'vitest'
import { unnamed } from './customer-name.ts'

const anonymous = { kind: 'anonymous', display: '' }

test('a customer without a name is called by number or address', () => {
  expect(unnamed({ kind: 'phone', display: '+39 06 5550 142' }, 'CALL')).toBe('display')
  expect(unnamed({ kind: 'email', display: 'desk@agency.example' }, 'EMAIL')).toBe('display')
})

test('a call may withhold its number; a mail has no number to withhold, but may lack a sender', () => {
  expect(unnamed(anonymous, 'CALL')).toBe('withheld')
  expect(unnamed(anonymous, 'EMAIL')).toBe('noSender')
  expect(unnamed({ kind: 'noSender', display: '' }, null)).toBe('noSender')
})

test('where nobody knows by which channel they came, the customer is unknown', () => {
  expect(unnamed(anonymous, null)).toBe('unknown')
  expect(unnamed(null, 'CALL')).toBe('unknown')
})
