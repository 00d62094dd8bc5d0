import { expect, test } from 'vitest'
import { endpointText } from './endpoint.ts'

test.each([
  ['192.0.2.1', '192.0.2.1:5060'],
  ['2001:db8::1', '[2001:db8::1]:5060'],
])('an endpoint at %s is written %s', (address, text) => {
  expect(endpointText({ address, port: 5_060 })).toBe(text)
})
