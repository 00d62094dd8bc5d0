import { expect, it } from 'vitest'
import { makeWebhookSecret, webhookSignature } from './webhook-signature.ts'

/** The example of the Standard Webhooks project's own libraries. */
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const CONTENT = {
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  timestamp: 1_614_265_330,
  body: '{"test": 2432232314}',
}
const SIGNATURE = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='

it('signs as the published example of Standard Webhooks', () => {
  expect(webhookSignature([SECRET], CONTENT)).toBe(SIGNATURE)
})

it('signs with both secrets while they change, with a space between', () => {
  const other = makeWebhookSecret()
  const [first, second] = webhookSignature([other, SECRET], CONTENT).split(' ')
  expect(second).toBe(SIGNATURE)
  expect(first).toBe(webhookSignature([other], CONTENT))
})

it('makes secrets of 32 random bytes in base64, none twice', () => {
  const secret = makeWebhookSecret()
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
  expect(makeWebhookSecret()).not.toBe(secret)
})
