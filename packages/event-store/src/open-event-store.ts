import type { EventStore } from './event-store.ts'
import { EventStoreError } from './event-store-error.ts'
import { createSqliteEventStore } from './sqlite/create-sqlite-event-store.ts'

/**
 * Opens the event store that `url` names: `sqlite:data/log.db` (a path, relative to the working directory, or
 * absolute) or `sqlite:///var/lib/centralino/log.db`. `esdb://…` and its relatives are a cluster's, whose adapter is
 * not there yet: `ADAPTER_MISSING`, as for any other scheme.
 */
export const openEventStore = async (
  url: string,
  options: { readOnly?: boolean } = {},
): Promise<EventStore> => {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? ''
  switch (scheme) {
    case 'sqlite': {
      const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')
      if (path === '')
        throw new EventStoreError('ADAPTER_MISSING', { scheme, reason: 'sqlite: needs a path' })
      return await createSqliteEventStore({ ...options, path })
    }
    case 'esdb':
    case 'esdb+discover':
    case 'kurrentdb':
    case 'kurrentdb+discover':
      throw missing(scheme, 'EventStoreDB has no adapter here yet; use sqlite:<path>')
    default:
      throw missing(scheme, 'no event store is known by this scheme; use sqlite:<path>')
  }
}

const missing = (scheme: string, reason: string) => new EventStoreError('ADAPTER_MISSING', { scheme, reason })
