import {
  type ContactPoint,
  contactPointKey,
  contactPointStream,
  parseId,
  parseInstant,
} from '@centralino/domain'
import { contactPointIdOf } from '@centralino/event-store'
import { temporaryEventStore } from '@centralino/event-store/testing'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { afresh, hubActor } from '../commands/because.ts'
import { type CommandHandlers, createCommandHandlers } from '../commands/command-handlers.ts'
import { createIdentification, type Identification } from './identification.ts'

const by = afresh(hubActor('test'))
const phone: ContactPoint = { kind: 'phone', value: '+390612345678', raw: 'sip:0612345678@trunk' }
const nine = parseInstant('2026-11-24T09:00:00Z')
const ten = parseInstant('2026-11-24T10:00:00Z')
const eleven = parseInstant('2026-11-24T11:00:00Z')

let store: Awaited<ReturnType<typeof temporaryEventStore>>
let handlers: CommandHandlers
let identification: Identification

beforeEach(async () => {
  store = await temporaryEventStore()
  handlers = createCommandHandlers(store)
  identification = createIdentification(handlers)
})
afterEach(() => store[Symbol.asyncDispose]())

const log = async () => {
  const types: string[] = []
  for await (const event of store.readAll()) types.push(event.type)
  return types
}

const register = async (id: string, name: string, at = nine) => {
  const customerId = parseId('customer', id)
  await identification.registerCustomer(
    {
      customerId,
      profile: { name, language: 'it', place: null, customerSince: null },
      contactPoints: [phone, { kind: 'email', value: `${id}@example.org`, raw: `${id}@example.org` }],
    },
    at,
    by,
  )
  return customerId
}

test('a stranger gets a provisional customer on the spot, and is that customer the next time', async () => {
  const first = await identification.identify(phone, nine, by)
  expect(first.candidates).toEqual([{ customerId: first.customerId, rank: 1, why: 'newContactPoint' }])
  expect(await log()).toEqual(['ContactPointLinked', 'ContactPointUsed', 'ProvisionalCustomerCreated'])
  const second = await identification.identify(phone, ten, by)
  expect(second.candidates).toEqual([{ customerId: first.customerId, rank: 1, why: 'onlyMatch' }])
})

test('two contacts at once through a new point make one customer', async () => {
  const other = createIdentification(createCommandHandlers(store))
  const [one, two] = await Promise.all([
    identification.identify(phone, nine, { ...by, idempotencyKey: 'fact-1' }),
    other.identify(phone, ten, { ...by, idempotencyKey: 'fact-2' }),
  ])
  expect(one.customerId).toBe(two.customerId)
  expect((await log()).filter((type) => type === 'ProvisionalCustomerCreated')).toHaveLength(1)
})

test('a fact told twice leaves one trace and gives one answer', async () => {
  const context = { ...by, idempotencyKey: 'fact-1' }
  const first = await identification.identify(phone, nine, context)
  const before = await log()
  expect(await identification.identify(phone, nine, context)).toEqual(first)
  expect(await log()).toEqual(before)
})

test('a crash between the link and the customer is completed by whoever comes next', async () => {
  const contactPointId = contactPointIdOf(contactPointKey(phone))
  const crashed = parseId('customer', 'made-before-the-crash')
  await handlers.contactPoint.handle(
    { type: 'IdentifyContact', contactPointId, contactPoint: phone, newCustomerId: crashed, at: nine },
    by,
  )
  const { customerId } = await identification.identify(phone, ten, by)
  expect(customerId).toBe(crashed)
  expect(await log()).toContain('ProvisionalCustomerCreated')
})

test('a known customer is found by any of the contact points', async () => {
  const anna = await register('anna', 'Anna Conti')
  expect((await identification.identify(phone, ten, by)).customerId).toBe(anna)
  const mail: ContactPoint = { kind: 'email', value: 'anna@example.org', raw: 'Anna <anna@example.org>' }
  expect((await identification.identify(mail, ten, by)).customerId).toBe(anna)
  expect(await log()).not.toContain('ProvisionalCustomerCreated')
})

test('a household is shown whole, and who was said to call ranks first the next time', async () => {
  const anna = await register('anna', 'Anna Conti', nine)
  const bruno = await register('bruno', 'Bruno Conti', nine)
  expect((await identification.identify(phone, ten, by)).candidates).toEqual([
    { customerId: anna, rank: 1, why: 'linkedFirst' },
    { customerId: bruno, rank: 2, why: 'linkedFirst' },
  ])
  await identification.recordUse(bruno, phone, eleven, by)
  const later = parseInstant('2026-11-24T12:00:00Z')
  expect((await identification.identify(phone, later, by)).candidates).toMatchObject([
    { customerId: bruno, rank: 1, why: 'lastContact' },
    { customerId: anna, rank: 2 },
  ])
})

test('a number that passed to somebody new does not bring its old holder back', async () => {
  const first = await identification.identify(phone, nine, by)
  const contactPointId = contactPointIdOf(contactPointKey(phone))
  await handlers.contactPoint.handle(
    { type: 'UnlinkCustomer', contactPointId, customerId: first.customerId, at: ten },
    by,
  )
  const second = await identification.identify(phone, eleven, by)
  expect(second.customerId).not.toBe(first.customerId)
  expect((await handlers.contactPoint.state(contactPointStream(contactPointId))).status).toBe('linked')
})

test('registering twice changes nothing, and registering somebody else under the id is refused', async () => {
  await register('anna', 'Anna Conti')
  const before = await log()
  await register('anna', 'Anna Conti')
  expect(await log()).toEqual(before)
  const profile = { name: 'Carla', language: null, place: null, customerSince: null }
  expect(
    await identification.registerCustomer(
      { customerId: parseId('customer', 'anna'), profile, contactPoints: [] },
      ten,
      by,
    ),
  ).toEqual({ ok: false, code: 'CUSTOMER_EXISTS' })
})
