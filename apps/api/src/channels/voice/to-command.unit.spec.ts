import type { EdgeFact, EdgeFactBody } from '@centralino/telephony/edge-contract'
import { expect, test } from 'vitest'
import { toCallArrival } from './to-command.ts'

type Arrived = Extract<EdgeFactBody, { type: 'CallArrived' }>

const arrival = (more: Partial<Arrived> = {}, edgeRun = 'run-1') => {
  const body: Arrived = {
    type: 'CallArrived',
    legId: 'leg-1',
    sipCallId: 'a@b',
    requestUri: 'sip:+390612345678@hub.example',
    from: { uri: 'sip:+48221234567@trunk.example', displayName: 'Somebody' },
    assertedIdentity: null,
    to: { uri: 'sip:+390612345678@hub.example' },
    source: { address: '192.0.2.1', port: 5060 },
    ...more,
  }
  const fact: EdgeFact = { edgeRun, number: 1, at: '2026-11-24T09:00:00.000Z', body }
  return toCallArrival(fact, { defaultCountry: 'IT' })
}

test('caller and dialled number are E.164, with what came kept beside them', () => {
  expect(arrival()).toMatchObject({
    from: '+48221234567',
    fromRaw: 'sip:+48221234567@trunk.example',
    fromHeader: 'From',
    to: '+390612345678',
    contactPoint: { kind: 'phone', value: '+48221234567' },
    sourceAddress: '192.0.2.1',
  })
})

test('the identity that the network asserts is preferred to what From claims', () => {
  expect(arrival({ assertedIdentity: { uri: 'tel:+390276543210', displayName: null } })).toMatchObject({
    from: '+390276543210',
    fromHeader: 'P-Asserted-Identity',
  })
})

test('an asserted identity without a number leaves From to speak', () => {
  expect(arrival({ assertedIdentity: { uri: 'sip:pbx@trunk.example', displayName: null } })).toMatchObject({
    from: '+48221234567',
    fromHeader: 'From',
  })
})

test('a national number is one of the default country', () => {
  expect(
    arrival({
      from: { uri: 'sip:0276543210@trunk.example', displayName: null },
      requestUri: 'sip:0612345678@hub',
    }),
  ).toMatchObject({ from: '+390276543210', to: '+390612345678' })
})

test('a caller who withholds the number is anonymous under the call', () => {
  const call = arrival({ from: { uri: 'sip:anonymous@anonymous.invalid', displayName: 'Anonymous' } })
  expect(call).toMatchObject({ from: null, contactPoint: { kind: 'anonymous', value: call.callId } })
})

test('a request URI without a number leaves To to say what was dialled', () => {
  expect(arrival({ requestUri: 'sip:trunk-login@hub.example' }).to).toBe('+390612345678')
})

test('where nothing dialled is a number there is none', () => {
  expect(arrival({ requestUri: 'sip:echo@hub', to: { uri: 'sip:echo@hub' } }).to).toBe(null)
})

test('a fact told again names the same call, another run of the edge another', () => {
  expect(arrival().callId).toBe(arrival().callId)
  expect(arrival().callId).not.toBe(arrival({}, 'run-2').callId)
})

test('an endless header is cut and is no number', () => {
  const call = arrival({ from: { uri: `sip:${'9'.repeat(60_000)}@x`, displayName: null } })
  expect(call.from).toBe(null)
  expect(call.fromRaw).toHaveLength(256)
})

test('a leg id that is none breaks the contract', () => {
  expect(() => arrival({ legId: 'no id at all' })).toThrow(RangeError)
})
