import { expect, test } from 'vitest'
import { signIn } from './sign-in-request.ts'

const answering = (status: number, body: unknown) => async () =>
  new Response(body === null ? null : JSON.stringify(body), { status })
const WHO = { email: 'sofia@linfa.example', password: 'x' }

test('each answer of the hub has its outcome', async () => {
  expect(await signIn(WHO, answering(204, null))).toEqual({ status: 'signedIn' })
  expect(await signIn(WHO, answering(401, { code: 'WRONG_CREDENTIALS' }))).toEqual({
    status: 'wrongCredentials',
  })
  expect(await signIn(WHO, answering(429, { code: 'TOO_MANY_TRIES', retryAfterSeconds: 8 }))).toEqual({
    status: 'tooManyTries',
    retryAfterSeconds: 8,
  })
})

test('a hub that is away or answers in another tongue is not reached', async () => {
  expect(await signIn(WHO, answering(502, '<html>'))).toEqual({ status: 'unreachable' })
  expect(await signIn(WHO, () => Promise.reject(new TypeError('refused')))).toEqual({ status: 'unreachable' })
})
