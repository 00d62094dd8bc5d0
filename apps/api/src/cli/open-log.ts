import { existsSync } from 'node:fs'
import { type EventStore, openEventStore } from '@centralino/event-store'
import type { Config } from '../config.ts'
import { CannotDo } from './command.ts'

/** The log for reading, beside a hub that writes it. */
export const openLogForReading = async ({ eventStoreUrl }: Config): Promise<EventStore> => {
  const path = eventStoreUrl.slice('sqlite:'.length)
  if (!existsSync(path)) {
    throw new CannotDo(`There is no log at ${path}. Start the hub once (npm start), or set HUB_DATA_DIR.`)
  }
  return await openEventStore(eventStoreUrl, { readOnly: true })
}
