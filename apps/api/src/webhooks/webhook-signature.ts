import { createHmac, randomBytes } from 'node:crypto'

/** Standard Webhooks 1.0.0 "Signature scheme": base64 after a prefix by which it is known. */
const PREFIX = 'whsec_'
/** It asks for 24 at least. */
const SECRET_BYTES = 32

/** A new secret, as the receiver is given it. */
export const makeWebhookSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64')}`

export type SignedContent = {
  /** The event's id, the same in every try; without a full stop in it, as these part what is signed. */
  readonly id: string
  /** Of the try, not of the event: whole seconds since 1970. */
  readonly timestamp: number
  readonly body: string
}

/**
 * Value of `webhook-signature` (Standard Webhooks 1.0.0 "Webhook headers"): HMAC-SHA-256 over id, timestamp and body with each
 * secret, so that a receiver may know either while they change.
 */
export const webhookSignature = (secrets: readonly string[], content: SignedContent): string => {
  const { id, timestamp, body } = content
  const signatures = secrets.map((secret) => {
    const key = Buffer.from(secret.slice(PREFIX.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  })
  return signatures.join(' ')
}
