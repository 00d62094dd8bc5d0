import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect } from 'vitest'
import type { StoredEvent } from '../../codec/encoded-event.ts'
import { countedUpTo } from '../../contract/sample-events.ts'
import type { EventStore } from '../../event-store.ts'
import { createSqliteEventStore } from '../../sqlite/create-sqlite-event-store.ts'
import { openLedgerFile } from '../ledger-file.ts'
import { createNotary, type Sealed } from '../notary.ts'
import { generateSigningKey } from '../signing-key.ts'

/** A log and its ledger file on disk, closed between any two steps, so that a test may alter what lies there. */
export type SealedLog = AsyncDisposable & {
  readonly folder: string
  /** The files; a test may turn to others. */
  log: string
  ledger: string
  write(stream: string, count: number): Promise<void>
  seal(): Promise<Sealed | null>
  /** `seal`, and something had to be. */
  sealed(): Promise<Sealed>
  withStore<T>(work: (store: EventStore) => Promise<T>): Promise<T>
  /** For reading, however damaged its end is. */
  readAsItIs<T>(work: (store: EventStore) => Promise<T>): Promise<T>
  stored(): Promise<StoredEvent[]>
  /** Somebody who has the file alters the log, and knows how. */
  alter(...statements: readonly string[]): void
}

export const privateKeyPem = generateSigningKey()
export const now = () => Temporal.Instant.from('2026-11-24T09:00:00Z')

export const sealedLog = async (): Promise<SealedLog> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-ledger-'))
  const self: SealedLog = {
    folder,
    log: join(folder, 'log.db'),
    ledger: join(folder, 'ledger.db'),
    withStore: async (work) => {
      await using store = await createSqliteEventStore({ path: self.log })
      return await work(store)
    },
    readAsItIs: async (work) => {
      await using store = await createSqliteEventStore({
        path: self.log,
        readOnly: true,
        evenDamaged: true,
      })
      return await work(store)
    },
    write: (stream, count) =>
      self.withStore(async (store) => {
        await store.append(stream, 'any', countedUpTo(count))
      }),
    seal: () =>
      self.withStore(async (store) => {
        const file = openLedgerFile(self.ledger)
        try {
          return await createNotary({ store, file, privateKeyPem, now }).seal()
        } finally {
          file.close()
        }
      }),
    sealed: async () => (await self.seal()) ?? expect.fail('nothing was sealed'),
    stored: () =>
      self.withStore(async (store) => {
        const all: StoredEvent[] = []
        for await (const page of store.readStored(null)) all.push(...page)
        return all
      }),
    alter: (...statements) => {
      const database = new DatabaseSync(self.log)
      for (const statement of statements) database.exec(statement)
      database.close()
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
  return self
}
