import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventStoreContract, type LogFactory } from '../event-store.contract.ts'
import type { EventStore } from '../event-store.ts'
import { createEventStoreDbEventStore } from './create-eventstoredb-event-store.ts'
import { startScriptedServer } from './testing/scripted-server.ts'

const logOn =
  (openServer: () => Promise<AsyncDisposable & { readonly url: string }>): LogFactory =>
  async () => {
    const server = await openServer()
    const folder = await mkdtemp(join(tmpdir(), 'centralino-contract-'))
    let store: EventStore | null = null
    return {
      open: async () => {
        store = await createEventStoreDbEventStore({
          url: server.url,
          eventIdsPath: join(folder, 'event-ids.db'),
        })
        return store
      },
      [Symbol.asyncDispose]: async () => {
        await store?.[Symbol.asyncDispose]()
        await server[Symbol.asyncDispose]()
        await rm(folder, { recursive: true, force: true })
      },
    }
  }

eventStoreContract('EventStoreDB, its rules in memory', logOn(startScriptedServer))

const url = process.env['TEST_EVENTSTOREDB_URL'] ?? ''
// No package registry has a server, so without one there is no such suite rather than a skipped one.
if (url !== '') {
  eventStoreContract(
    'EventStoreDB, a server',
    logOn(async () => ({ url, [Symbol.asyncDispose]: () => Promise.resolve() })),
  )
}
