import { EventStoreError } from '../event-store-error.ts'
import { createEventStoreDbLogLoader } from '../eventstoredb/eventstoredb-log-loader.ts'
import { createSqliteLogLoader } from '../sqlite/sqlite-log-loader.ts'
import type { LogLoader } from './log-loader.ts'

/** The loader of the store that `url` names, as `openEventStore` reads it. Rejects with `ADAPTER_MISSING` and what the loaders do. */
export const openLogLoader = async (url: string): Promise<LogLoader> => {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? ''
  switch (scheme) {
    case 'sqlite':
      return await createSqliteLogLoader({ path: url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '') })
    case 'esdb':
    case 'esdb+discover':
    case 'kurrentdb':
    case 'kurrentdb+discover':
      return createEventStoreDbLogLoader({ url })
    default:
      throw new EventStoreError('ADAPTER_MISSING', { scheme, reason: 'sqlite:<path> or esdb://<host>' })
  }
}
