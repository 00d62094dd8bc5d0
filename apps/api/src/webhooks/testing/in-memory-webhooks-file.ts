import { openWebhooksDatabase } from '../webhooks-database.ts'
import type { WebhooksFile } from '../webhooks-file.ts'

/** The real database, in memory and without its worker. */
export const inMemoryWebhooksFile = (): WebhooksFile => {
  const database = openWebhooksDatabase(':memory:')
  return {
    addWebhook: async (webhook) => database.addWebhook(webhook),
    webhooks: async () => database.webhooks(),
    webhookByName: async (name) => database.webhookByName(name),
    removeWebhook: async (name) => database.removeWebhook(name),
    rotateSecret: async (webhookId, secret, until) => database.rotateSecret(webhookId, secret, until),
    forgetOldSecrets: async (now) => database.forgetOldSecrets(now),
    enableWebhook: async (webhookId, position) => database.enableWebhook(webhookId, position),
    disableWebhook: async (webhookId, reason) => database.disableWebhook(webhookId, reason),
    savePosition: async (webhookId, position) => database.savePosition(webhookId, position),
    saveTrying: async (webhookId, position, trying) => database.saveTrying(webhookId, position, trying),
    bury: async (webhookId, letter, limit) => database.bury(webhookId, letter, limit),
    deadLetters: async (webhookId) => database.deadLetters(webhookId),
    removeDeadLetter: async (webhookId, eventId) => database.removeDeadLetter(webhookId, eventId),
    [Symbol.asyncDispose]: async () => database.close(),
  }
}
