import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type EventStore, uuidv7 } from '@centralino/event-store'
import { temporaryEventStore } from '@centralino/event-store/testing'
import { pino } from 'pino'
import type { Accounts } from '../../auth/accounts.ts'
import type { ApiScope } from '../../auth/api-client.ts'
import { inMemoryAccounts } from '../../auth/testing/in-memory-accounts.ts'
import { createMetrics, type Metrics } from '../../observability/metrics.ts'
import { createNotices, type Notices } from '../../observability/notices.ts'
import { type ManualClock, manualClock } from '../../time/testing/manual-clock.ts'
import { startWebhooks } from '../start-webhooks.ts'
import type { Webhook } from '../webhook.ts'
import { makeWebhookSecret } from '../webhook-signature.ts'
import { openWebhooksFile, type WebhooksFile } from '../webhooks-file.ts'

export type WebhooksWorld = AsyncDisposable & {
  readonly store: EventStore
  readonly accounts: Accounts
  readonly file: WebhooksFile
  readonly clock: ManualClock
  readonly notices: Notices
  readonly metrics: Metrics
  /** Lines of the hub's log so far. */
  readonly logged: readonly string[]
  addClient(name: string, scopes?: readonly ApiScope[]): Promise<string>
  /** Of a client of its own unless told; found at the next look. Answers it as it was read back. */
  addWebhook(url: string, given?: Partial<Webhook>): Promise<Webhook>
  webhook(name: string): Promise<Webhook | null>
  /** Until then nothing is delivered. */
  start(): void
  stop(): Promise<void>
}

export const TIMEOUT_MILLISECONDS = 500

/** A log and a webhooks file on disk, on a clock that stands; targets on this machine are allowed, and waits are not spread. */
export const webhooksWorld = async (
  options: { readonly deadLetterLimit?: number } = {},
): Promise<WebhooksWorld> => {
  await using parts = new AsyncDisposableStack()
  const folder = await mkdtemp(join(tmpdir(), 'webhooks-'))
  parts.defer(() => rm(folder, { recursive: true }))
  const store = parts.use(await temporaryEventStore())
  const accounts = parts.use(inMemoryAccounts())
  const file = parts.use(
    await openWebhooksFile(join(folder, 'webhooks.db'), (error) => {
      throw error
    }),
  )
  const clock = manualClock()
  const notices = createNotices({ now: clock.now })
  const metrics = createMetrics()
  const logged: string[] = []
  const log = pino({ level: 'trace' }, { write: (line) => void logged.push(line) })
  let running: AsyncDisposable | null = null
  const stop = async () => {
    await running?.[Symbol.asyncDispose]()
    running = null
  }
  parts.defer(stop)
  const world = parts.move()

  const addClient: WebhooksWorld['addClient'] = async (name, scopes = ['events:read', 'events:personal']) => {
    const clientId = `id-of-${name}`
    await accounts.addApiClient({ name, clientId, scopes, createdAt: clock.now() })
    return clientId
  }
  return {
    store,
    accounts,
    file,
    clock,
    notices,
    metrics,
    logged,
    addClient,
    addWebhook: async (url, given = {}) => {
      const name = given.name ?? 'warehouse'
      await file.addWebhook({
        name,
        webhookId: uuidv7(),
        clientId: given.clientId ?? (await addClient(`client-of-${name}`)),
        url,
        filter: { types: null, customerId: null },
        secret: makeWebhookSecret(),
        position: null,
        createdAt: clock.now(),
        ...given,
      })
      const added = await file.webhookByName(name)
      if (added === null) throw new Error(`${name} was not added`)
      return added
    },
    webhook: (name) => file.webhookByName(name),
    start: () => {
      running = startWebhooks({
        store,
        file,
        accounts,
        source: 'https://hub.example/events',
        posting: {
          policy: { allowHttp: true, allowPrivate: true },
          timeoutMilliseconds: TIMEOUT_MILLISECONDS,
        },
        deadLetterLimit: options.deadLetterLimit ?? 10,
        clock,
        random: () => 0.5,
        metrics,
        notices,
        log,
      })
    },
    stop,
    [Symbol.asyncDispose]: () => world.disposeAsync(),
  }
}
