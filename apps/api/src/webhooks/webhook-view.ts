import type { Metrics } from '../observability/metrics.ts'
import type { Notices } from '../observability/notices.ts'
import type { Webhook } from './webhook.ts'

/** Shows the operator how the webhooks are: figures, and a notice for what needs somebody. */
export type WebhookView = { show(webhooks: readonly Webhook[]): void }

/**
 * `WEBHOOK_DISABLED` stands while a webhook is, `WEBHOOK_DEAD_LETTERS` while there are any; each is reported again when there is one
 * more. Both name the webhook by the operator's own word.
 */
export const createWebhookView = (options: {
  readonly metrics: Pick<Metrics, 'webhooks' | 'webhookDeadLetters'>
  readonly notices: Pick<Notices, 'report' | 'clear'>
}): WebhookView => {
  const { metrics, notices } = options
  let before: ReadonlyMap<string, Webhook> = new Map()

  return {
    show: (webhooks) => {
      const counts = { delivering: 0, retrying: 0, disabled: 0 }
      let deadLetters = 0
      for (const { webhookId, name, state, deadLetters: letters } of webhooks) {
        const last = before.get(webhookId)
        deadLetters += letters
        if (state.status === 'disabled') {
          counts.disabled += 1
          if (last?.state.status !== 'disabled')
            notices.report('WEBHOOK_DISABLED', { webhook: name, reason: state.reason })
        } else counts[state.trying === null ? 'delivering' : 'retrying'] += 1
        if (letters > (last?.deadLetters ?? 0))
          notices.report('WEBHOOK_DEAD_LETTERS', { webhook: name, letters })
      }
      if (counts.disabled === 0) notices.clear('WEBHOOK_DISABLED')
      if (deadLetters === 0) notices.clear('WEBHOOK_DEAD_LETTERS')
      for (const [state, count] of Object.entries(counts)) metrics.webhooks.set({ state }, count)
      metrics.webhookDeadLetters.set(deadLetters)
      before = new Map(webhooks.map((webhook) => [webhook.webhookId, webhook]))
    },
  }
}
