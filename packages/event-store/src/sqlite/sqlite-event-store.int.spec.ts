import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventStoreContract } from '../event-store.contract.ts'
import type { EventStore } from '../event-store.ts'
import { createSqliteEventStore } from './create-sqlite-event-store.ts'

eventStoreContract('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-contract-'))
  let store: EventStore | null = null
  return {
    open: async () => {
      store = await createSqliteEventStore({ path: join(folder, 'log.db') })
      return store
    },
    [Symbol.asyncDispose]: async () => {
      await store?.[Symbol.asyncDispose]()
      await rm(folder, { recursive: true, force: true })
    },
  }
})
