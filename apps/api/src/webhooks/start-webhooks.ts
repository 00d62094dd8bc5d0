import type { EventStore } from '@centralino/event-store'
import type { Accounts } from '../auth/accounts.ts'
import { resolveStart } from '../feed/start-position.ts'
import type { Log } from '../observability/logger.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { Notices } from '../observability/notices.ts'
import type { Clock } from '../time/clock.ts'
import { createDeliver } from './deliver.ts'
import { createPoster, type PosterOptions } from './post.ts'
import { type RunningWebhook, runWebhook } from './run-webhook.ts'
import type { Webhook } from './webhook.ts'
import { createWebhookView } from './webhook-view.ts'
import type { WebhooksFile } from './webhooks-file.ts'

/** What was changed on the command line takes effect so soon. */
const LOOK_EVERY_MILLISECONDS = 2_000

export type WebhooksOptions = {
  readonly store: Pick<EventStore, 'readAll' | 'subscribe'>
  readonly file: WebhooksFile
  readonly accounts: Pick<Accounts, 'apiClientById'>
  /** CloudEvents' `source`. */
  readonly source: string
  readonly posting: PosterOptions
  readonly deadLetterLimit: number
  readonly clock: Clock
  readonly random?: () => number
  readonly metrics: Metrics
  readonly notices: Pick<Notices, 'report' | 'clear'>
  readonly log: Pick<Log, 'info' | 'warn' | 'error'>
}

/**
 * Delivers the log to every webhook, each by itself: none waits for another. What the command line changes is looked for every
 * two seconds. Disposing it lets requests under way end, for a second at most, and writes down how far each came.
 */
export const startWebhooks = (options: WebhooksOptions): AsyncDisposable => {
  const { store, file, accounts, source, clock, metrics, log } = options
  const poster = createPoster(options.posting)
  const deliver = createDeliver({ poster, source, clock })
  const view = createWebhookView(options)
  const running = new Map<string, { readonly run: RunningWebhook; webhook: Webhook; personal: boolean }>()
  let stopped = false
  let callOffLook = (): void => {}

  const stop = async (webhookId: string): Promise<void> => {
    const known = running.get(webhookId)
    running.delete(webhookId)
    await known?.run.stop()
  }

  const start = async (webhook: Webhook, personal: boolean): Promise<void> => {
    const { webhookId, name, position } = webhook
    const startsAfter = position === null ? 'start' : { position }
    const found = await resolveStart(store, startsAfter)
    if ('code' in found) return await file.disableWebhook(webhookId, found.code)
    const run = runWebhook({
      webhook,
      target: () => running.get(webhookId) ?? { webhook, personal },
      store,
      file,
      deliver,
      deadLetterLimit: options.deadLetterLimit,
      clock,
      ...(options.random === undefined ? {} : { random: options.random }),
      onTry: (outcome) => metrics.webhookTries.inc({ outcome }),
      onFailure: (error) =>
        log.warn({ error, webhook: name }, 'a webhook could not go on; it is tried again'),
    })
    running.set(webhookId, { run, webhook, personal })
  }

  const mindOne = async (webhook: Webhook): Promise<void> => {
    const { webhookId, clientId, state } = webhook
    if (state.status === 'disabled') return await stop(webhookId)
    const client = await accounts.apiClientById(clientId)
    if (client === null || !client.scopes.includes('events:read')) {
      await stop(webhookId)
      return await file.disableWebhook(webhookId, 'CLIENT_REVOKED')
    }
    const personal = client.scopes.includes('events:personal')
    const known = running.get(webhookId)
    if (known === undefined) return await start(webhook, personal)
    known.webhook = webhook
    known.personal = personal
  }

  const look = async (): Promise<void> => {
    // Before the file is read, so that a webhook that ended meanwhile is started with what it wrote down.
    for (const [webhookId, { run }] of running) if (run.hasEnded()) running.delete(webhookId)
    await file.forgetOldSecrets(clock.now())
    const webhooks = await file.webhooks()
    const there = new Set(webhooks.map(({ webhookId }) => webhookId))
    for (const webhookId of running.keys()) if (!there.has(webhookId)) await stop(webhookId)
    for (const webhook of webhooks) {
      if (stopped) return
      await mindOne(webhook)
    }
    view.show(webhooks)
  }

  let looking: Promise<void> = Promise.resolve()
  const lookAndAgain = (): void => {
    looking = look()
      .catch((error: unknown) => log.error({ error }, 'the webhooks were not looked at'))
      .then(() => {
        if (!stopped) callOffLook = clock.after(LOOK_EVERY_MILLISECONDS, lookAndAgain)
      })
  }
  lookAndAgain()

  return {
    [Symbol.asyncDispose]: async () => {
      stopped = true
      callOffLook()
      await looking
      await Promise.all(running.values().map(({ run }) => run.stop()))
      poster[Symbol.dispose]()
    },
  }
}
