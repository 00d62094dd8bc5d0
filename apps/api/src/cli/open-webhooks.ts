import { join } from 'node:path'
import type { ApiClient } from '../auth/api-client.ts'
import type { Config } from '../config.ts'
import type { Webhook } from '../webhooks/webhook.ts'
import { openWebhooksDatabase, type WebhooksDatabase } from '../webhooks/webhooks-database.ts'
import { CannotDo } from './command.ts'
import { openAccounts } from './open-accounts.ts'

export type WebhooksAtHand = Disposable & {
  readonly database: WebhooksDatabase
  /** Null: revoked. */
  readonly clientOf: (webhook: Webhook) => ApiClient | null
  /** Throws `CannotDo` when there is none. */
  readonly clientByName: (name: string) => ApiClient
  /** Throws `CannotDo` when there is none. */
  readonly webhookByName: (name: string) => Webhook
}

/** The webhooks file itself, so that a command works beside a running hub and without one. The caller closes it. */
export const openWebhooks = (config: Config): WebhooksAtHand => {
  const path = join(config.dataDir, 'webhooks.db')
  using opened = new DisposableStack()
  const accounts = opened.use(openAccounts(config))
  let database: WebhooksDatabase
  try {
    database = opened.use(openWebhooksDatabase(path))
  } catch (error) {
    throw new CannotDo(`${path} cannot be used: ${error instanceof Error ? error.message : String(error)}`)
  }
  const files = opened.move()
  return {
    database,
    clientOf: ({ clientId }) => accounts.apiClientById(clientId),
    clientByName: (name) => {
      const client = accounts.apiClients().find((other) => other.name === name)
      if (client === undefined)
        throw new CannotDo(`There is no client ${name}: npm run hub -- api-client list`)
      return client
    },
    webhookByName: (name) => {
      const webhook = database.webhookByName(name)
      if (webhook === null) throw new CannotDo(`There is no webhook ${name}: npm run hub -- webhook list`)
      return webhook
    },
    [Symbol.dispose]: () => files.dispose(),
  }
}
