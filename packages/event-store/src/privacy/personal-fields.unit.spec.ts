import { describe, expect, it } from 'vitest'
import { currentSamples } from '../upcasting/samples/index.ts'
import { eraseFields, putFields, takeFields } from './fields-at.ts'
import { keyIdOf, personalFieldsOf } from './personal-fields.ts'

const samples: readonly (readonly [string, unknown])[] = Object.entries(currentSamples)
const protectedSamples = samples.filter(([type]) => personalFieldsOf(type).length > 0)

/** Every text in an event's data, with the way to it. */
const textsIn = (value: unknown, path = ''): readonly (readonly [string, string])[] => {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) =>
    textsIn(member, path === '' ? key : `${path}.${key}`),
  )
}

const ADDRESS_OR_NUMBER = /[^\s@]+@[^\s@]+|\+\d{7,15}/

/** Our own: the number that was dialled, the address that answers, what leads to a queue. */
const OURS: ReadonlySet<string> = new Set([
  'CallReceived to',
  'CallReceived toRaw',
  'InteractionOpened entryPoint',
  'ReplySubmitted from.address',
  'QueueDefined settings.entryPoints.0',
  'QueueDefined settings.entryPoints.1',
  'QueueChanged settings.entryPoints.0',
  'QueueChanged settings.entryPoints.1',
])

describe('personal fields', () => {
  it.each(protectedSamples)('of %s are all in its shape', (type, data) => {
    const { taken } = takeFields(data, personalFieldsOf(type))
    expect(Object.keys(taken)).toEqual(personalFieldsOf(type).map(({ name }) => name))
  })

  it.each(samples)('leave no address and no number of a customer in %s', (type, data) => {
    const { rest } = takeFields(data, personalFieldsOf(type))
    const left = textsIn(rest).filter(
      ([path, text]) => ADDRESS_OR_NUMBER.test(text) && !OURS.has(`${type} ${path}`),
    )
    expect(left).toEqual([])
  })

  it.each(protectedSamples)('of %s are taken out and put back without a change', (type, data) => {
    const before = structuredClone(data)
    const { rest, taken } = takeFields(data, personalFieldsOf(type))
    expect(data).toEqual(before)
    expect(rest).not.toEqual(data)
    expect(putFields(rest, taken)).toEqual(data)
  })

  it.each(protectedSamples)('of %s leave an event of the same shape when they are erased', (type, data) => {
    const fields = personalFieldsOf(type)
    const erased = eraseFields(takeFields(data, fields).rest, fields)
    const optional = fields.filter((field) => field.erased === undefined).map(({ name }) => name)
    const names = Object.keys(data as object).filter((name) => !optional.includes(name))
    expect(Object.keys(erased as object).toSorted()).toEqual(names.toSorted())
    expect(textsIn(erased).filter(([path]) => fields.some(({ name }) => path === name))).toEqual(
      fields.filter((field) => field.erased === '').map(({ name }) => [name, '']),
    )
  })

  it('stay out where they were left out', () => {
    const { replyTo: _without, ...data } = currentSamples.MailReceived
    const { rest, taken } = takeFields(data, personalFieldsOf('MailReceived'))
    expect(putFields(rest, taken)).toEqual(data)
  })
})

describe('the key of an event', () => {
  const metadata = { customerId: 'of-the-command' }

  it('is that of the customer it names, else of the customer it is about, else of its stream', () => {
    expect(keyIdOf({ stream: 'call-1', data: { customerId: 'named' }, metadata })).toBe('named')
    expect(keyIdOf({ stream: 'call-1', data: { digit: '5' }, metadata })).toBe('of-the-command')
    expect(keyIdOf({ stream: 'call-1', data: { digit: '5' }, metadata: {} })).toBe('call-1')
  })
})
