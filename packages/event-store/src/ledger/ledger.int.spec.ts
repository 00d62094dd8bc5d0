import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { countedUpTo } from '../contract/sample-events.ts'
import type { EventStore } from '../event-store.ts'
import { createSqliteEventStore } from '../sqlite/create-sqlite-event-store.ts'
import { LedgerError } from './ledger-error.ts'
import { openLedgerFile } from './ledger-file.ts'
import { createNotary, type Sealed } from './notary.ts'
import { createCheckpointSigner, generateSigningKey } from './signing-key.ts'
import { type VerifyOptions, verifyLog } from './verify-log.ts'

const privateKeyPem = generateSigningKey()
const now = () => Temporal.Instant.from('2026-11-24T09:00:00Z')
let folder: string
let logPath: string
let ledgerPath: string

const withStore = async <T>(work: (store: EventStore) => Promise<T>): Promise<T> => {
  await using store = await createSqliteEventStore({ path: logPath })
  return await work(store)
}
const seal = () =>
  withStore(async (store) => {
    const file = openLedgerFile(ledgerPath)
    try {
      return await createNotary({ store, file, privateKeyPem, now }).seal()
    } finally {
      file.close()
    }
  })
const write = (stream: string, count: number) =>
  withStore(async (store) => {
    await store.append(stream, 'any', countedUpTo(count))
  })
/** Somebody who has the file alters the log, and knows how. */
const alter = (...statements: readonly string[]) => {
  const database = new DatabaseSync(logPath)
  for (const statement of statements) database.exec(statement)
  database.close()
}
const verify = (options: Omit<VerifyOptions, 'pages'> = {}) =>
  withStore((store) => verifyLog({ ...options, pages: store.readStored(null) }))
const verifyWithLedger = async () => {
  const file = openLedgerFile(ledgerPath)
  try {
    return await verify({ leaves: file.leaves })
  } finally {
    file.close()
  }
}
const sealed = async (): Promise<Sealed> => (await seal()) ?? expect.fail('nothing was sealed')

type EventColumns = Readonly<Record<'data' | 'metadata' | 'type' | 'id', string>> & {
  readonly recorded_at: number
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'centralino-ledger-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  logPath = `${folder}/log.db`
  ledgerPath = `${folder}/ledger.db`
})

describe('sealing', () => {
  it('seals what is new, and nothing when only its own checkpoint is', async () => {
    expect(await seal()).toBeNull()
    await write('a', 5)
    expect(await seal()).toMatchObject({ size: 5 })
    expect(await seal()).toBeNull()
    await write('b', 2)
    expect(await seal()).toMatchObject({ size: 8 })
    expect(await verify()).toMatchObject({ events: 9, checkpoints: 2, sealed: 8, finding: null })
  })

  it('makes the ledger file anew when it is lost or of another log, with the same roots', async () => {
    await write('a', 600)
    await write('b', 3)
    await seal()
    await write('a', 1)
    ledgerPath = `${folder}/lost.db`
    const again = await sealed()
    ledgerPath = `${folder}/ledger.db`
    await write('a', 1)
    expect(await seal()).toMatchObject({ size: again.size + 2 })
    expect(await verify()).toMatchObject({ checkpoints: 3, finding: null })
    const elsewhere = ledgerPath
    logPath = `${folder}/other.db`
    ledgerPath = elsewhere
    await write('a', 700)
    expect(await seal()).toMatchObject({ size: 700 })
    expect(await verify()).toMatchObject({ finding: null })
  })

  it('goes on after a kill between the ledger file and the checkpoint', async () => {
    await write('a', 5)
    await withStore(async (store) => {
      const file = openLedgerFile(ledgerPath)
      const dying: Pick<EventStore, 'readStored' | 'readStream' | 'eventById' | 'append'> = {
        readStored: (after) => store.readStored(after),
        readStream: (stream, options) => store.readStream(stream, options),
        eventById: (id) => store.eventById(id),
        append: () => Promise.reject(new Error('killed')),
      }
      await expect(createNotary({ store: dying, file, privateKeyPem, now }).seal()).rejects.toThrow('killed')
      file.close()
    })
    expect(await seal()).toMatchObject({ size: 5 })
    expect(await verify()).toMatchObject({ sealed: 5, finding: null })
  })

  it('seals no log that is not what was sealed before', async () => {
    await write('a', 20)
    await seal()
    await write('a', 5)
    alter(`UPDATE events SET data = '{"count":99}' WHERE position = 3`)
    ledgerPath = `${folder}/lost.db`
    await expect(seal()).rejects.toThrow(LedgerError)
    await expect(seal()).rejects.toMatchObject({ code: 'LOG_ALTERED', size: 20 })
  })
})

describe('verifying', () => {
  beforeEach(async () => {
    await write('a', 10)
    await write('b', 10)
    await seal()
    await write('a', 5)
    await write('c', 5)
    await seal()
  })

  it('finds nothing in a log that nobody altered', async () => {
    expect(await verifyWithLedger()).toMatchObject({ events: 32, checkpoints: 2, sealed: 31, finding: null })
  })

  it('names the event with an altered byte, be it data, metadata, time or only white space', async () => {
    for (const altered of [
      `data = '{"count":4} '`,
      `data = '{"count":5}'`,
      `metadata = replace(metadata, 'contract', 'contracT')`,
      `recorded_at = recorded_at + 1`,
      `type = 'Recounted'`,
      `id = '0193a1b2-0000-7000-8000-00000000000f'`,
    ]) {
      const untouched = new DatabaseSync(logPath)
      const before = untouched.prepare('SELECT * FROM events WHERE position = 5').get() as EventColumns
      untouched.close()
      alter(`UPDATE events SET ${altered} WHERE position = 5`)
      const { finding } = await verifyWithLedger()
      expect(finding).toMatchObject({ what: 'eventAltered', sealed: true, event: { place: 4, stream: 'a' } })
      const { data, metadata, recorded_at: at, type, id } = before
      const restore = new DatabaseSync(logPath)
      restore
        .prepare('UPDATE events SET data=?, metadata=?, recorded_at=?, type=?, id=? WHERE position = 5')
        .run(data, metadata, at, type, id)
      restore.close()
    }
    expect(await verifyWithLedger()).toMatchObject({ finding: null })
  })

  it('names the checkpoint within which it was altered when no ledger file tells the event', async () => {
    alter(`UPDATE events SET data = '{"count":99}' WHERE position = 23`)
    expect((await verify()).finding).toMatchObject({
      what: 'rangeAltered',
      first: { place: 20 },
      last: { place: 30 },
    })
  })

  it('names the event after one that was dropped', async () => {
    alter('DELETE FROM events WHERE position = 5')
    expect((await verify()).finding).toMatchObject({
      what: 'streamBroken',
      expectedRevision: 4n,
      event: { stream: 'a', revision: 5n },
    })
  })

  it('finds a dropped event although all that followed were counted anew', async () => {
    alter(
      'DELETE FROM events WHERE position = 27',
      "UPDATE events SET revision = revision - 1 WHERE stream = 'c'",
    )
    expect((await verifyWithLedger()).finding).toMatchObject({ what: 'eventAltered', event: { place: 26 } })
    expect((await verify()).finding).toMatchObject({ what: 'rangeAltered' })
  })

  it('names the first of two events that changed places', async () => {
    alter(
      'UPDATE events SET position = -1 WHERE position = 10',
      'UPDATE events SET position = 10 WHERE position = 11',
      'UPDATE events SET position = 11 WHERE position = -1',
    )
    expect((await verifyWithLedger()).finding).toMatchObject({
      what: 'eventAltered',
      event: { place: 9, stream: 'b', revision: 0n },
    })
  })

  it('names an event that was put in', async () => {
    alter(
      'UPDATE events SET position = position + 1000 WHERE position > 25',
      `INSERT INTO events SELECT 26, 'd', 0, '0193a1b2-0000-7000-8000-00000000000f', type, 1, data, metadata, recorded_at FROM events WHERE position = 5`,
      'UPDATE events SET position = position - 999 WHERE position > 1000',
    )
    expect((await verifyWithLedger()).finding).toMatchObject({
      what: 'eventAltered',
      sealed: true,
      event: { place: 25, stream: 'd' },
    })
  })

  it('names an altered event that no checkpoint covers yet, by the ledger file alone', async () => {
    await write('a', 2)
    await sealed()
    alter(`DELETE FROM events WHERE position > 34`, `UPDATE events SET data = '{}' WHERE position = 34`)
    expect((await verifyWithLedger()).finding).toMatchObject({
      what: 'eventAltered',
      sealed: false,
      event: { place: 33, stream: 'a' },
    })
  })

  it('finds a log that was cut off by the checkpoint that the auditor holds, and by nothing else', async () => {
    await write('a', 1)
    const { checkpoint } = await sealed()
    expect(await verify({ held: checkpoint })).toMatchObject({ finding: null })
    alter('DELETE FROM events WHERE position > 25')
    expect(await verify()).toMatchObject({ finding: null })
    expect((await verify({ held: checkpoint })).finding).toMatchObject({
      what: 'truncated',
      sealedSize: 33,
      last: { place: 24 },
    })
  })

  it('finds a log that was written anew and sealed anew by the checkpoint that the auditor holds', async () => {
    const { held, key } = await withStore(async (store) => {
      for await (const event of store.readStream('ledger', { direction: 'backwards', limit: 1 })) {
        const { checkpoint, verifierKey } = event.data as Sealed
        return { held: checkpoint, key: verifierKey }
      }
      return expect.fail('no checkpoint')
    })
    alter('DELETE FROM events WHERE position > 3')
    ledgerPath = `${folder}/anew.db`
    await write('z', 40)
    await seal()
    expect((await verify()).finding).toBeNull()
    expect((await verify({ held, verifierKeys: [key] })).finding).toMatchObject({ what: 'rangeAltered' })
  })

  it('believes no signature but of the keys that the auditor names', async () => {
    const stranger = createCheckpointSigner('centralino/other', generateSigningKey())
    expect((await verify({ verifierKeys: [stranger.verifierKey] })).finding).toMatchObject({
      what: 'checkpointInvalid',
      event: { place: 20 },
    })
    expect((await verify({ held: 'nonsense' })).finding).toEqual({ what: 'heldCheckpointInvalid' })
  })
})
