import { existsSync } from 'node:fs'
import { type EventStore, openEventStore } from '@centralino/event-store'
import type { Config } from '../config.ts'
import { CannotDo } from './command.ts'

/** The log for reading, beside a hub that writes it; one whose end is damaged is refused unless `evenDamaged` is true. */
export const openLogForReading = async (
  { eventStoreUrl, logPath }: Config,
  { evenDamaged = false }: { readonly evenDamaged?: boolean } = {},
): Promise<EventStore> => {
  if (logPath !== null && !existsSync(logPath)) {
    throw new CannotDo(`There is no log at ${logPath}. Start the hub once (npm start), or set HUB_DATA_DIR.`)
  }
  return await openEventStore(eventStoreUrl, { readOnly: true, evenDamaged })
}
