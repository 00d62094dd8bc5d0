import { expect, test } from 'vitest'
import type { PresenceStatus } from '../../gql/generated/graphql.ts'
import { aDesk, mine } from '../../testing/desk-fixture.ts'
import type { Desk } from '../desk/desk-types.ts'
import { CHOICES, closedChoices } from './presence-choices.ts'

const closed = (status: PresenceStatus, current: Desk['current'] = null) => {
  const desk = aDesk({ current })
  return closedChoices({
    ...desk,
    agent: { ...desk.agent, presence: { status, reason: null, since: null, until: null } },
  })
}

test('a state is chosen freely while no contact is offered or handled, in wrap-up too', () => {
  for (const status of ['READY', 'NOT_READY', 'WRAP_UP', 'OFFLINE'] as const) {
    expect(closed(status)).toEqual([])
  }
})

test('while a contact is offered or on the line nothing can be chosen', () => {
  expect(closed('RESERVED')).toEqual(CHOICES)
  expect(closed('ENGAGED', mine('call'))).toEqual(CHOICES)
})

test('who answers a mail may sign off, and nothing else', () => {
  expect(closed('ENGAGED', mine('mail', { channel: 'EMAIL' }))).toEqual([
    'READY',
    'BREAK',
    'TRAINING',
    'MEETING',
  ])
})
