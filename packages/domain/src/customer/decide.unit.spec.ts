import { describe, expect, it } from 'vitest'
import type { ContactPoint } from '../contact-point/events.ts'
import { specify } from '../kernel/decider-specification.ts'
import { after, customer } from '../kernel/testing.ts'
import { customerDecider } from './decide.ts'
import type { CustomerEvent, CustomerProfile } from './events.ts'

const given = specify(customerDecider)
const customerId = customer('anna')
const at = after(0)
const phone: ContactPoint = { kind: 'phone', value: '+390612345678', raw: '0612345678' }
const email: ContactPoint = { kind: 'email', value: 'anna@example.it', raw: 'Anna@example.it' }
const anna: CustomerProfile = { name: 'Anna Rossi', language: 'it', place: 'Roma', customerSince: null }
const nameless = { ...anna, name: '  ' }

const provisional: CustomerEvent = {
  type: 'ProvisionalCustomerCreated',
  data: { customerId, contactPoint: phone, at },
}
const registered: CustomerEvent = { type: 'CustomerRegistered', data: { customerId, profile: anna, at } }
const phoneAdded: CustomerEvent = {
  type: 'CustomerContactPointAdded',
  data: { customerId, contactPoint: phone, at },
}

describe('a provisional customer', () => {
  const create = { type: 'CreateProvisionalCustomer', customerId, contactPoint: phone, at } as const

  it('is created for a contact point that nobody holds', () => {
    given([]).when(create).then([provisional])
  })

  it('is not created twice by the same contact', () => {
    given([provisional]).when(create).thenNothing()
  })

  it('does not take the id of another customer', () => {
    given([registered]).when(create).thenRefused('CUSTOMER_EXISTS', { customerId })
  })

  it('is identified by being named', () => {
    given([provisional])
      .when({ type: 'ChangeProfile', customerId, profile: anna, at })
      .then([{ type: 'CustomerIdentified', data: { customerId, profile: anna, at } }])
  })

  it('keeps the contact point when it is identified', () => {
    given([provisional])
      .when({ type: 'ChangeProfile', customerId, profile: anna, at })
      .thenState((state) =>
        expect(state).toEqual({ status: 'known', customerId, profile: anna, contactPoints: [phone] }),
      )
  })
})

describe('registering a customer', () => {
  const register = {
    type: 'RegisterCustomer',
    customerId,
    profile: anna,
    contactPoints: [phone, email, { ...phone, raw: '06 12345678' }],
    at,
  } as const

  it('adds each contact point once', () => {
    const decision = given([]).when(register)
    decision.then([
      registered,
      {
        type: 'CustomerContactPointAdded',
        data: { customerId, contactPoint: { ...phone, raw: '06 12345678' }, at },
      },
      { type: 'CustomerContactPointAdded', data: { customerId, contactPoint: email, at } },
    ])
  })

  it('does nothing when it is repeated', () => {
    const emailAdded: CustomerEvent = {
      type: 'CustomerContactPointAdded',
      data: { customerId, contactPoint: email, at },
    }
    given([registered, phoneAdded, emailAdded]).when(register).thenNothing()
  })

  it('is refused for an id that is taken', () => {
    given([provisional]).when(register).thenRefused('CUSTOMER_EXISTS')
  })

  it('needs a name', () => {
    given([])
      .when({ ...register, profile: nameless })
      .thenRefused('CUSTOMER_NAME_EMPTY', { customerId })
  })
})

describe('changing a profile', () => {
  it('changes a known customer', () => {
    const profile = { ...anna, place: 'Milano' }
    given([registered])
      .when({ type: 'ChangeProfile', customerId, profile, at })
      .then([{ type: 'CustomerProfileChanged', data: { customerId, profile, at } }])
  })

  it('does nothing when nothing is different', () => {
    given([registered]).when({ type: 'ChangeProfile', customerId, profile: anna, at }).thenNothing()
  })

  it('never takes the name away', () => {
    given([registered])
      .when({ type: 'ChangeProfile', customerId, profile: nameless, at })
      .thenRefused('CUSTOMER_NAME_EMPTY')
  })

  it('is refused for a customer whom nobody knows', () => {
    given([])
      .when({ type: 'ChangeProfile', customerId, profile: anna, at })
      .thenRefused('CUSTOMER_UNKNOWN', { customerId })
  })
})

describe('adding a contact point', () => {
  it('adds one that is new', () => {
    given([registered])
      .when({ type: 'AddContactPoint', customerId, contactPoint: phone, at })
      .then([phoneAdded])
  })

  it('does nothing for the same number written otherwise', () => {
    given([registered, phoneAdded])
      .when({ type: 'AddContactPoint', customerId, contactPoint: { ...phone, raw: '+39 06 12345678' }, at })
      .thenNothing()
  })

  it('is refused for a customer whom nobody knows', () => {
    given([])
      .when({ type: 'AddContactPoint', customerId, contactPoint: phone, at })
      .thenRefused('CUSTOMER_UNKNOWN')
  })
})

it('an event of a newer version leaves the customer as it is', () => {
  const newer = { type: 'CustomerCloned', data: {} } as unknown as CustomerEvent
  given([registered, newer]).thenState((state) => expect(state.status).toBe('known'))
})
