import { type InThread, openDatabaseThread } from '../side-files/database-thread.ts'
import type { WebhooksDatabase } from './webhooks-database.ts'

/** The webhooks file in its thread. */
export type WebhooksFile = InThread<WebhooksDatabase>

/** Opens `path` in a thread of its own. Rejects when the file is not ours. `onLost` hears of a thread that died. */
export const openWebhooksFile = (path: string, onLost: (error: Error) => void): Promise<WebhooksFile> =>
  openDatabaseThread<WebhooksDatabase>({
    module: new URL('./webhooks-worker.ts', import.meta.url),
    path,
    name: 'webhooks',
    onLost,
    methods: {
      addWebhook: true,
      webhooks: true,
      webhookByName: true,
      removeWebhook: true,
      rotateSecret: true,
      forgetOldSecrets: true,
      enableWebhook: true,
      disableWebhook: true,
      savePosition: true,
      saveTrying: true,
      bury: true,
      deadLetters: true,
      removeDeadLetter: true,
    },
  })
