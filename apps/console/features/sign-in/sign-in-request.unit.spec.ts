import { expect, test } from 'vitest'
import { changePassword, signIn } from './sign-in-request.ts'

const answering = (status: number, body: unknown) => async () =>
  new Response(body === null ? null : JSON.stringify(body), { status })
const WHO = { email: 'sofia@linfa.example', password: 'x' }
const CHANGE = { ...WHO, newPassword: 'a sentence to remember' }

test('each answer of the hub has its outcome', async () => {
  expect(await signIn(WHO, answering(204, null))).toEqual({ status: 'signedIn' })
  expect(await signIn(WHO, answering(401, { code: 'WRONG_CREDENTIALS' }))).toEqual({
    status: 'wrongCredentials',
  })
  expect(await signIn(WHO, answering(403, { code: 'PASSWORD_MUST_CHANGE' }))).toEqual({
    status: 'passwordMustChange',
  })
  expect(await signIn(WHO, answering(429, { code: 'TOO_MANY_TRIES', retryAfterSeconds: 8 }))).toEqual({
    status: 'tooManyTries',
    retryAfterSeconds: 8,
  })
})

test('a new password is sent with the old one, and what is wrong with it comes back', async () => {
  const sent: unknown[] = []
  const outcome = await changePassword(CHANGE, async (path, init) => {
    sent.push([path, JSON.parse(String(init?.body))])
    return new Response(null, { status: 204 })
  })
  expect(outcome).toEqual({ status: 'signedIn' })
  expect(sent).toEqual([['/auth/change-password', CHANGE]])
  expect(await changePassword(CHANGE, answering(400, { code: 'SAME_PASSWORD' }))).toEqual({
    status: 'samePassword',
  })
  expect(await changePassword(CHANGE, answering(400, { code: 'BAD_INPUT' }))).toEqual({ status: 'badInput' })
})

test('a hub that is away or answers in another tongue is not reached', async () => {
  expect(await signIn(WHO, answering(502, '<html>'))).toEqual({ status: 'unreachable' })
  expect(await signIn(WHO, () => Promise.reject(new TypeError('refused')))).toEqual({ status: 'unreachable' })
})
