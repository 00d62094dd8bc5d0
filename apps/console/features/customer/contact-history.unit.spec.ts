import { expect, test } from 'vitest'
import {
  atHand,
  type Contacts,
  contactHistory,
  type PastContact,
  sevenDaysBefore,
} from './contact-history.ts'

const NOW = Date.parse('2026-11-23T13:00:00Z')
const contact = (id: string, daysAgo: number, over: Partial<PastContact> = {}): PastContact => ({
  id,
  channel: 'CALL',
  openedAt: new Date(NOW - daysAgo * 86_400_000).toISOString(),
  status: 'CLOSED',
  closedHow: 'wrappedUp',
  ...over,
})
const contacts = (count: number, ...newest: readonly PastContact[]): Contacts => ({
  newest,
  since: sevenDaysBefore(NOW),
  count,
})

test('the contact at hand is not its own history', () => {
  expect(contactHistory(contacts(1, contact('now', 0)), 'now')).toEqual({
    last: null,
    sinceThen: 0,
    neverAnswered: 0,
  })
})

test('a contact at hand that is older than the count is not taken out of it', () => {
  const mail = contact('mail', 8, { channel: 'EMAIL', status: 'HANDLING', closedHow: null })
  expect(contactHistory(contacts(1, contact('call', 1), mail), 'mail')).toMatchObject({ sinceThen: 1 })
})

test('a contact that is finished is the last one, though it is still looked at', () => {
  const finished = contact('now', 0)
  expect(atHand({ ...finished, status: 'WRAP_UP' })).toBe('now')
  expect(contactHistory(contacts(1, finished), atHand(finished))).toMatchObject({
    last: { id: 'now' },
    sinceThen: 1,
  })
})

test('the newest earlier contact is the last one, whatever the order they come in', () => {
  const history = contactHistory(
    contacts(2, contact('old', 9), contact('lost', 2, { closedHow: 'abandoned' }), contact('now', 0)),
    'now',
  )
  expect(history).toMatchObject({ last: { id: 'lost' }, sinceThen: 1, neverAnswered: 1 })
})

test('contacts are counted by the hub, also those that are not on the page', () => {
  expect(contactHistory(contacts(41, contact('now', 0), contact('one', 1)), 'now').sinceThen).toBe(40)
})
