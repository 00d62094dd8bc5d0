import { expect, test } from 'vitest'
import { HOME_OF, mayOpen, mayPutBackForOthers } from './home-of.ts'

test('everybody may open the place where their day begins', () => {
  for (const role of Object.keys(HOME_OF) as (keyof typeof HOME_OF)[]) {
    expect(mayOpen(HOME_OF[role], { role, hasLine: role === 'AGENT' })).toBe(true)
  }
})

test('a desk is for who has a line, the board not for marketing, customers not for the administrator', () => {
  expect(mayOpen('/desktop', { role: 'SUPERVISOR', hasLine: false })).toBe(false)
  expect(mayOpen('/board', { role: 'MARKETER', hasLine: false })).toBe(false)
  expect(mayOpen('/customers', { role: 'ADMIN', hasLine: false })).toBe(false)
})

test('the past is for auditors, who meet customers nowhere else', () => {
  const roles = ['AGENT', 'SUPERVISOR', 'ADMIN', 'AUDITOR', 'MARKETER'] as const
  expect(roles.filter((role) => mayOpen('/replay', { role, hasLine: role === 'AGENT' }))).toEqual(['AUDITOR'])
  expect(mayOpen('/customers', { role: 'AUDITOR', hasLine: false })).toBe(false)
})

test('accounts and queues are set up by an administrator, and by nobody else', () => {
  for (const place of ['/people', '/queues'] as const) {
    const roles = ['AGENT', 'SUPERVISOR', 'ADMIN', 'AUDITOR', 'MARKETER'] as const
    expect(roles.filter((role) => mayOpen(place, { role, hasLine: role === 'AGENT' }))).toEqual(['ADMIN'])
  }
})

test('who leads the floor takes a mail out of another hand, and nobody else', () => {
  const roles = ['AGENT', 'SUPERVISOR', 'ADMIN', 'AUDITOR', 'MARKETER'] as const
  expect(roles.filter(mayPutBackForOthers)).toEqual(['SUPERVISOR', 'ADMIN'])
})
