import type { RecordedEvent } from '@centralino/domain'
import { CLOUD_EVENT_MEDIA_TYPE, cloudEventOf } from '../feed/cloud-event.ts'
import type { Clock } from '../time/clock.ts'
import type { Poster, PostOutcome } from './post.ts'
import type { Webhook } from './webhook.ts'
import { webhookSignature } from './webhook-signature.ts'

/** A webhook and what its client may have. */
export type DeliveryTarget = {
  readonly webhook: Pick<Webhook, 'url' | 'secret' | 'previous'>
  readonly personal: boolean
}

/** One try. Never rejects for what the receiver or the network does. */
export type Deliver = (
  event: RecordedEvent,
  target: DeliveryTarget,
  signal: AbortSignal,
) => Promise<PostOutcome>

/**
 * The event as a CloudEvent in structured mode (CloudEvents HTTP Protocol Binding 1.0.2 §3.2), signed as Standard Webhooks
 * 1.0.0 says. Its id is the event's, so that whoever receives it twice can tell.
 */
export const createDeliver =
  (options: {
    readonly poster: Pick<Poster, 'post'>
    /** CloudEvents' `source`. */
    readonly source: string
    readonly clock: Pick<Clock, 'now'>
  }): Deliver =>
  (event, { webhook, personal }, signal) => {
    const now = options.clock.now()
    const body = JSON.stringify(cloudEventOf(event, { source: options.source, personal }))
    const content = { id: event.id, timestamp: Math.floor(Date.parse(now) / 1_000), body }
    const { previous } = webhook
    const secrets = [webhook.secret, ...(previous !== null && previous.until > now ? [previous.secret] : [])]
    const headers = {
      'content-type': `${CLOUD_EVENT_MEDIA_TYPE}; charset=utf-8`,
      'user-agent': 'Centralino',
      'webhook-id': content.id,
      'webhook-timestamp': String(content.timestamp),
      'webhook-signature': webhookSignature(secrets, content),
    }
    return options.poster.post(webhook.url, { headers, body }, signal)
  }
