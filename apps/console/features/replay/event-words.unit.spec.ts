import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { aboutOf, type Told, wordsOf } from './event-words.ts'

const STORED = fileURLToPath(
  new URL('../../../../packages/event-store/src/upcasting/stored/', import.meta.url),
)
const types = new Set(readdirSync(STORED).map((name) => name.split('.')[0] ?? ''))

const told = (given: Partial<Told>): Told => ({
  type: 'WorkOffered',
  channel: 'CALL',
  agentName: null,
  queueName: null,
  customerName: null,
  facts: [],
  ...given,
})

test('every event that was ever written has a sentence', () => {
  expect(types.size).toBeGreaterThan(60)
  expect([...types].filter((type) => wordsOf(told({ type })).key === 'told.other')).toEqual([])
})

test('an event of a newer hub is told as something, not as its type', () => {
  expect(wordsOf(told({ type: 'SomethingNew' })).key).toBe('told.other')
})

test('what it was about is whom and where, and never said twice', () => {
  expect(aboutOf(told({ customerName: 'Giulia Ferrante', queueName: 'Billing' }))).toBe(
    'Giulia Ferrante, Billing',
  )
  expect(aboutOf(told({ type: 'WorkEnqueued', customerName: 'Giulia Ferrante', queueName: 'Billing' }))).toBe(
    'Giulia Ferrante',
  )
  expect(aboutOf(told({}))).toBe('')
})
