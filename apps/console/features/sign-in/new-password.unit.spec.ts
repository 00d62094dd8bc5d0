import { expect, test } from 'vitest'
import { faultIn, faultOf } from './new-password.ts'

const GOOD = {
  current: 'the old one, long enough',
  next: 'a sentence to remember',
  repeated: 'a sentence to remember',
}

test('a new password has twelve characters, is another one, and is typed twice', () => {
  expect(faultIn(GOOD)).toBeNull()
  expect(faultIn({ ...GOOD, next: 'x'.repeat(11), repeated: 'x'.repeat(11) })).toEqual({
    field: 'next',
    key: 'password.tooShort',
  })
  expect(faultIn({ ...GOOD, next: 'x'.repeat(12), repeated: 'x'.repeat(12) })).toBeNull()
  expect(faultIn({ ...GOOD, next: GOOD.current, repeated: GOOD.current })).toMatchObject({ field: 'next' })
  expect(faultIn({ ...GOOD, repeated: 'a sentence to forget' })).toEqual({
    field: 'repeated',
    key: 'password.differ',
  })
})

test('what comes first is told first', () => {
  expect(faultIn({ current: '', next: '', repeated: 'x' })).toMatchObject({ field: 'current' })
  expect(faultIn({ ...GOOD, next: 'short', repeated: 'other' })).toMatchObject({ field: 'next' })
})

test('what the hub finds stands at the field that it is about', () => {
  expect(faultOf({ status: 'signedIn' })).toBeNull()
  expect(faultOf({ status: 'wrongCredentials' })).toMatchObject({ field: 'current' })
  expect(faultOf({ status: 'samePassword' })).toMatchObject({ field: 'next', key: 'password.same' })
  expect(faultOf({ status: 'tooManyTries', retryAfterSeconds: 8 })).toEqual({
    field: null,
    key: 'signIn.tooMany',
    values: { seconds: 8 },
  })
  expect(faultOf({ status: 'unreachable' })).toMatchObject({ field: null })
})
