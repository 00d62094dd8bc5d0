import { expect, test } from 'vitest'
import { readEntryPoint } from './entry-point.ts'
import { fieldOf, fieldsOf, NEW_QUEUE, readQueue } from './queue-fields.ts'

const BILLING = {
  ...NEW_QUEUE,
  name: ' Billing ',
  entryPoints: [{ value: '+390655501', display: '+39 06 55501' }],
  skills: ['billing'],
}

test('a queue is sent as the hub takes it: seconds as numbers, entry points as it knows them', () => {
  expect(readQueue(BILLING)).toEqual({
    status: 'read',
    queue: {
      name: 'Billing',
      requiredSkills: ['billing'],
      offerTimeoutSeconds: 20,
      wrapUpSeconds: 45,
      entryPoints: ['+390655501'],
    },
  })
})

test('seconds are whole and within the limits of the hub', () => {
  const offer = (offerSeconds: string) => readQueue({ ...BILLING, offerSeconds }).status
  expect(['5', '120', ' 20 '].map(offer)).toEqual(['read', 'read', 'read'])
  expect(['4', '121', '', '20 s', '1e1', '-5', '20.5'].map(offer)).toEqual(Array(7).fill('wrong'))
  const wrapUp = (wrapUpSeconds: string) => readQueue({ ...BILLING, wrapUpSeconds }).status
  expect(['0', '3600', '3601'].map(wrapUp)).toEqual(['read', 'read', 'wrong'])
})

test('the first field that cannot be sent is named, from the top', () => {
  expect(readQueue({ ...BILLING, name: ' ', offerSeconds: '' })).toEqual({ status: 'wrong', field: 'name' })
  expect(readQueue({ ...BILLING, wrapUpSeconds: '' })).toEqual({ status: 'wrong', field: 'wrapUpSeconds' })
})

test('a queue that is there opens with what it has', () => {
  const fields = fieldsOf({
    id: 'q',
    name: 'Billing',
    requiredSkills: ['billing'],
    offerTimeoutSeconds: 15,
    wrapUpSeconds: 0,
    entryPoints: ['+390655501', 'bills@linfa.example'],
    entryPointsDisplay: ['+39 06 55501', 'bills@linfa.example'],
  })
  expect(fields).toMatchObject({ offerSeconds: '15', wrapUpSeconds: '0', skills: ['billing'] })
  expect(fields.entryPoints[0]).toEqual({ value: '+390655501', display: '+39 06 55501' })
})

test('a number or an address leads somewhere, a word does not', () => {
  const value = (text: string) => readEntryPoint(text)?.value ?? null
  expect(value('  +39 06  5550 1 ')).toBe('+39 06 5550 1')
  expect(value('bills@linfa.example')).toBe('bills@linfa.example')
  expect(['billing', '12', 'a@', '@b', 'a b@c.example', '+39 06 x'].map(value)).toEqual(Array(6).fill(null))
})

test('a refusal stands at the field that it is about', () => {
  expect(
    ['QUEUE_NAME_TAKEN', 'ENTRY_POINT_TAKEN', 'QUEUE_TIME_OUT_OF_RANGE', 'DISK_FULL'].map(fieldOf),
  ).toEqual(['name', 'entryPoints', 'offerSeconds', null])
})
