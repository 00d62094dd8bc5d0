import { expect, test } from 'vitest'
import { aDesk, aLine, anOffer, mine } from '../../testing/desk-fixture.ts'
import { inboxGroups, MOST_SHOWN } from './inbox-groups.ts'

const names = (desk: Parameters<typeof inboxGroups>[0]) =>
  inboxGroups(desk).map((group) => [group.name, group.items.map((item) => item.id)])

test('each contact stands in one group, the most pressing first', () => {
  const call = mine('call')
  const mail = mine('mail', { channel: 'EMAIL' })
  expect(names(aDesk({ current: call, mine: [call, mail], waiting: [aLine('next')] }))).toEqual([
    ['onTheLine', ['call']],
    ['mine', ['mail']],
    ['waiting', ['next']],
  ])
})

test('an offered contact is not listed again among those that wait', () => {
  const offered = aLine('call')
  expect(names(aDesk({ offer: anOffer(offered), waiting: [offered] }))).toEqual([['offered', ['call']]])
})

test('a contact over whose outcome is missing stands under wrap-up, or under mine when its time is up', () => {
  const over = mine('call', { status: 'WRAP_UP' })
  expect(names(aDesk({ current: over, mine: [over] }))).toEqual([['wrapUp', ['call']]])
  expect(names(aDesk({ mine: [over] }))).toEqual([['mine', ['call']]])
})

test('a flood is shown up to a bound', () => {
  const waiting = Array.from({ length: MOST_SHOWN + 50 }, (_, index) => aLine(`w${index}`))
  expect(inboxGroups(aDesk({ waiting }))[0]?.items).toHaveLength(MOST_SHOWN)
})
