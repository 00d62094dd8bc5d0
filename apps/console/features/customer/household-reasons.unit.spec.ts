import { expect, test } from 'vitest'
import { whyEach } from './household-reasons.ts'

const why = (...reasons: string[]) => whyEach(reasons.map((one) => ({ why: one })))

test('only who was the last says so; whoever was in touch before says that', () => {
  expect(why('lastContact', 'lastContact', 'lastContact', 'linkedFirst')).toEqual([
    'household.lastContact',
    'household.earlierContact',
    'household.earlierContact',
    'household.linkedFirst',
  ])
})

test('who was in touch once is the last, wherever they stand', () => {
  expect(why('linkedFirst', 'lastContact')).toEqual(['household.linkedFirst', 'household.lastContact'])
})

test('a reason of a newer hub still says something', () => {
  expect(why('ofTomorrow', 'constructor')).toEqual(['household.otherReason', 'household.otherReason'])
})
