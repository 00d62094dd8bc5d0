import type { EventStore } from './event-store.ts'
import { EventStoreError } from './event-store-error.ts'
import { createEventStoreDbEventStore } from './eventstoredb/create-eventstoredb-event-store.ts'
import { createSqliteEventStore } from './sqlite/create-sqlite-event-store.ts'

export type OpenEventStoreOptions = {
  readonly readOnly?: boolean
  /** With `readOnly`: opens an embedded log too whose last events do not fit, for whoever verifies it. */
  readonly evenDamaged?: boolean
  /** Where a store on a server keeps its index of event ids; left out: in memory. The embedded store needs none. */
  readonly eventIdsPath?: string
}

/**
 * Opens the event store that `url` names: `sqlite:data/log.db` (a path, relative to the working directory, or
 * absolute) or `sqlite:///var/lib/centralino/log.db`; `esdb://host:2113,host:2113?tls=true` or `esdb+discover://name` for
 * EventStoreDB, also as `kurrentdb://…`. Rejects with `ADAPTER_MISSING` for any other scheme.
 */
export const openEventStore = async (
  url: string,
  options: OpenEventStoreOptions = {},
): Promise<EventStore> => {
  const { readOnly, evenDamaged, eventIdsPath } = options
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase() ?? ''
  switch (scheme) {
    case 'sqlite': {
      const path = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '')
      if (path === '')
        throw new EventStoreError('ADAPTER_MISSING', { scheme, reason: 'sqlite: needs a path' })
      return await createSqliteEventStore({
        ...(readOnly === undefined ? {} : { readOnly }),
        ...(evenDamaged === undefined ? {} : { evenDamaged }),
        path,
      })
    }
    case 'esdb':
    case 'esdb+discover':
    case 'kurrentdb':
    case 'kurrentdb+discover':
      return await createEventStoreDbEventStore({
        ...(readOnly === undefined ? {} : { readOnly }),
        ...(eventIdsPath === undefined ? {} : { eventIdsPath }),
        url,
      })
    default:
      throw missing(scheme, 'no event store is known by this scheme; use sqlite:<path> or esdb://<host>')
  }
}

const missing = (scheme: string, reason: string) => new EventStoreError('ADAPTER_MISSING', { scheme, reason })
