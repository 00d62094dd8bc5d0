import { existsSync } from 'node:fs'
import { type EventStore, openEventStore } from '@centralino/event-store'
import type { Config } from '../config.ts'
import { CannotDo } from './command.ts'

/** The log for reading, beside a hub that writes it. */
export const openLogForReading = async ({ eventStoreUrl, logPath }: Config): Promise<EventStore> => {
  if (logPath !== null && !existsSync(logPath)) {
    throw new CannotDo(`There is no log at ${logPath}. Start the hub once (npm start), or set HUB_DATA_DIR.`)
  }
  return await openEventStore(eventStoreUrl, { readOnly: true })
}
