import { expect, test } from 'vitest'
import { atHand, contactHistory, type PastContact } from './contact-history.ts'

const NOW = Date.parse('2026-11-23T13:00:00Z')
const contact = (id: string, daysAgo: number, over: Partial<PastContact> = {}): PastContact => ({
  id,
  channel: 'CALL',
  openedAt: new Date(NOW - daysAgo * 86_400_000).toISOString(),
  status: 'CLOSED',
  closedHow: 'wrappedUp',
  ...over,
})

test('the contact at hand is not its own history', () => {
  expect(contactHistory([contact('now', 0)], 'now', NOW)).toEqual({
    last: null,
    inSevenDays: 0,
    neverAnswered: 0,
  })
})

test('a contact that is finished is the last one, though it is still looked at', () => {
  const finished = contact('now', 0)
  expect(atHand({ ...finished, status: 'WRAP_UP' })).toBe('now')
  expect(contactHistory([finished], atHand(finished), NOW)).toMatchObject({
    last: { id: 'now' },
    inSevenDays: 1,
  })
})

test('the newest earlier contact is the last one, whatever the order they come in', () => {
  const history = contactHistory(
    [contact('old', 9), contact('lost', 2, { closedHow: 'abandoned' }), contact('now', 0)],
    'now',
    NOW,
  )
  expect(history).toMatchObject({ last: { id: 'lost' }, inSevenDays: 1, neverAnswered: 1 })
})
