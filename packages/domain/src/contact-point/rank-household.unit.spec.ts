import { describe, expect, it } from 'vitest'
import { fold } from '../kernel/fold.ts'
import { after, customer, contactPointId as id } from '../kernel/testing.ts'
import { contactPointDecider } from './decide.ts'
import type { ContactPointEvent } from './events.ts'
import { rankHousehold } from './rank-household.ts'

const contactPointId = id('home')
const contactPoint = { kind: 'phone', value: '+390612345678', raw: '0612345678' } as const

const linked = (name: string, seconds: number): ContactPointEvent => ({
  type: 'ContactPointLinked',
  data: { contactPointId, contactPoint, customerId: customer(name), at: after(seconds) },
})
const used = (name: string, seconds: number): ContactPointEvent => ({
  type: 'ContactPointUsed',
  data: { contactPointId, customerId: customer(name), at: after(seconds) },
})
const ranking = (events: readonly ContactPointEvent[], contactAtSeconds?: number) =>
  rankHousehold(
    fold(contactPointDecider, events),
    contactAtSeconds === undefined ? undefined : after(contactAtSeconds),
  ).map(({ customerId, rank, why }) => [rank, customerId, why])

describe('the ranking of a household', () => {
  it('is empty when nobody holds the point', () => {
    expect(ranking([])).toEqual([])
  })

  it('puts who used the point last first, then by use, then by linking', () => {
    expect(
      ranking([linked('anna', 0), linked('bruno', 1), linked('carla', 2), used('anna', 3), used('bruno', 4)]),
    ).toEqual([
      [1, 'bruno', 'lastContact'],
      [2, 'anna', 'lastContact'],
      [3, 'carla', 'linkedFirst'],
    ])
  })

  it('says that the only holder is the only match', () => {
    expect(ranking([linked('anna', 0), used('anna', 5)], 5)).toEqual([[1, 'anna', 'onlyMatch']])
  })

  it('says that a customer made for this very contact is a new contact point', () => {
    expect(ranking([linked('newcomer', 5), used('newcomer', 5)], 5)).toEqual([
      [1, 'newcomer', 'newContactPoint'],
    ])
  })

  it('does not take the contact that asks for a reason', () => {
    expect(ranking([linked('anna', 0), linked('bruno', 1), used('anna', 9)], 9)).toEqual([
      [1, 'anna', 'linkedFirst'],
      [2, 'bruno', 'linkedFirst'],
    ])
  })

  it('ranks first whom the agent chose the last time', () => {
    expect(
      ranking(
        [linked('anna', 0), linked('bruno', 1), used('anna', 2), used('bruno', 3), used('bruno', 9)],
        9,
      ),
    ).toEqual([
      [1, 'bruno', 'lastContact'],
      [2, 'anna', 'lastContact'],
    ])
  })
})
