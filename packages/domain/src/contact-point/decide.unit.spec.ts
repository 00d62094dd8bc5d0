import { describe, expect, it } from 'vitest'
import { specify } from '../kernel/decider-specification.ts'
import type { CustomerId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import { after, customer, contactPointId as id } from '../kernel/testing.ts'
import { contactPointDecider } from './decide.ts'
import type { ContactPoint, ContactPointEvent } from './events.ts'

const given = specify(contactPointDecider)
const contactPointId = id('home')
const contactPoint: ContactPoint = { kind: 'phone', value: '+390612345678', raw: '0612345678' }
const anna = customer('anna')
const bruno = customer('bruno')
const newcomer = customer('newcomer')

const linked = (customerId: CustomerId, at: Instant): ContactPointEvent => ({
  type: 'ContactPointLinked',
  data: { contactPointId, contactPoint, customerId, at },
})
const used = (customerId: CustomerId, at: Instant): ContactPointEvent => ({
  type: 'ContactPointUsed',
  data: { contactPointId, customerId, at },
})
const unlinked = (customerId: CustomerId, at: Instant): ContactPointEvent => ({
  type: 'ContactPointUnlinked',
  data: { contactPointId, customerId, at },
})

describe('identifying a contact', () => {
  const identify = {
    type: 'IdentifyContact',
    contactPointId,
    contactPoint,
    newCustomerId: newcomer,
    at: after(9),
  } as const

  it('links the new customer when nobody holds the point', () => {
    given([])
      .when(identify)
      .then([linked(newcomer, after(9)), used(newcomer, after(9))])
  })

  it('records the use by the only holder, and links nobody', () => {
    given([linked(anna, after(0))])
      .when(identify)
      .then([used(anna, after(9))])
  })

  it('records the use by whoever used the point last', () => {
    given([linked(anna, after(0)), linked(bruno, after(1)), used(anna, after(2)), used(bruno, after(3))])
      .when(identify)
      .then([used(bruno, after(9))])
  })

  it('records the use by whoever was linked first when nobody used it', () => {
    given([linked(anna, after(0)), linked(bruno, after(1))])
      .when(identify)
      .then([used(anna, after(9))])
  })

  it('does nothing when the same contact is identified again', () => {
    given([linked(anna, after(0)), used(anna, after(9))])
      .when(identify)
      .thenNothing()
  })

  it('links the new customer when the last holder was unlinked', () => {
    given([linked(anna, after(0)), unlinked(anna, after(1))])
      .when(identify)
      .then([linked(newcomer, after(9)), used(newcomer, after(9))])
  })
})

describe('linking', () => {
  const link = {
    type: 'LinkCustomer',
    contactPointId,
    contactPoint,
    customerId: bruno,
    at: after(5),
  } as const

  it('lets a household share a point', () => {
    given([linked(anna, after(0))])
      .when(link)
      .then([linked(bruno, after(5))])
  })

  it('does nothing for who is linked already', () => {
    given([linked(bruno, after(0))])
      .when(link)
      .thenNothing()
  })

  it('is undone by unlinking', () => {
    given([linked(anna, after(0)), linked(bruno, after(1))])
      .when({ type: 'UnlinkCustomer', contactPointId, customerId: anna, at: after(5) })
      .then([unlinked(anna, after(5))])
  })

  it('cannot be undone for who is not linked', () => {
    given([linked(anna, after(0))])
      .when({ type: 'UnlinkCustomer', contactPointId, customerId: bruno, at: after(5) })
      .thenRefused('CUSTOMER_NOT_LINKED', { contactPointId, customerId: bruno })
  })
})

describe('recording who it was', () => {
  const record = { type: 'RecordUse', contactPointId, customerId: bruno, at: after(5) } as const

  it('records the use', () => {
    given([linked(anna, after(0)), linked(bruno, after(1)), used(anna, after(4))])
      .when(record)
      .then([used(bruno, after(5))])
  })

  it('does nothing when it is repeated', () => {
    given([linked(bruno, after(1)), used(bruno, after(5))])
      .when(record)
      .thenNothing()
  })

  it('is refused for who does not hold the point', () => {
    given([linked(anna, after(0))])
      .when(record)
      .thenRefused('CUSTOMER_NOT_LINKED', { contactPointId, customerId: bruno })
  })

  it('told late does not make an earlier use the last', () => {
    given([linked(anna, after(0)), used(anna, after(7)), used(anna, after(5))]).thenState((state) =>
      expect(state).toMatchObject({ holders: [{ customerId: anna, lastUsedAt: after(7) }] }),
    )
  })
})
