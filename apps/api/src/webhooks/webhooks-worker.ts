import { serveDatabase } from '../side-files/serve-database.ts'
import { openWebhooksDatabase } from './webhooks-database.ts'

serveDatabase(openWebhooksDatabase)
