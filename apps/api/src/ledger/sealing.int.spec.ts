import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createSqliteEventStore, type EventStore, uuidv7 } from '@centralino/event-store'
import { LEDGER_STREAM, verifyLog } from '@centralino/event-store/ledger'
import { pino } from 'pino'
import { beforeEach, expect, onTestFinished, test } from 'vitest'
import { createNotices, type Notices } from '../observability/notices.ts'
import { type ManualClock, manualClock } from '../time/testing/manual-clock.ts'
import { readLedgerKey } from './ledger-key.ts'
import { startSealing } from './sealing.ts'

let folder: string
let clock: ManualClock
let notices: Notices

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'centralino-sealing-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  clock = manualClock()
  notices = createNotices({})
})

const openStore = () => createSqliteEventStore({ path: join(folder, 'log.db') })
const start = (store: EventStore) =>
  startSealing({
    store,
    ledgerPath: join(folder, 'ledger.db'),
    keyPath: join(folder, 'ledger-key.pem'),
    clock,
    notices,
    log: pino({ level: 'silent' }),
  })
const write = (store: EventStore, count: number) =>
  store.append(
    'some-stream',
    'any',
    Array.from({ length: count }, () => ({
      id: uuidv7(),
      type: 'Counted',
      schemaVersion: 1,
      data: {},
      metadata: {
        occurredAt: clock.now(),
        actor: { kind: 'system', id: 'test' },
        correlationId: 'c',
        causationId: null,
      },
    })),
  )
const sizes = async (store: EventStore): Promise<number[]> => {
  const found: number[] = []
  for await (const event of store.readStream(LEDGER_STREAM)) found.push((event.data as { size: number }).size)
  return found
}

test('what is new is sealed every minute, and at once when ten thousand events wait', async () => {
  await using store = await openStore()
  await write(store, 3)
  await using _sealing = await start(store)
  clock.advance(59_000)
  expect(await sizes(store)).toEqual([])
  clock.advance(1_000)
  await expect.poll(() => sizes(store)).toEqual([3])
  for (let batch = 0; batch < 10; batch += 1) await write(store, 1_000)
  await expect.poll(async () => (await sizes(store)).length).toBeGreaterThan(1)
  await expect.poll(() => clock.pending()).toBe(1)
  clock.advance(60_000)
  await expect.poll(async () => (await sizes(store)).at(-1)).toBeGreaterThanOrEqual(10_004)
  expect(await verifyLog({ pages: store.readStored(null) })).toMatchObject({ finding: null })
})

test('a log that was altered is told to the operator and sealed no more', async () => {
  {
    await using store = await openStore()
    await write(store, 3)
    await using _sealing = await start(store)
    clock.advance(60_000)
    await expect.poll(() => sizes(store)).toEqual([3])
  }
  const database = new DatabaseSync(join(folder, 'log.db'))
  database.exec(`UPDATE events SET data = '{"altered":true}' WHERE position = 2`)
  database.close()
  await rm(join(folder, 'ledger.db'))
  await using store = await openStore()
  await write(store, 1)
  await using _sealing = await start(store)
  clock.advance(60_000)
  await expect.poll(() => notices.list()).toMatchObject([{ code: 'LOG_ALTERED', facts: { events: 3 } }])
  clock.advance(600_000)
  expect(await sizes(store)).toEqual([3])
})

test('a log that goes on with another key is told to the operator', async () => {
  await using store = await openStore()
  for (const expected of [[], [{ code: 'LEDGER_KEY_CHANGED' }]]) {
    await write(store, 1)
    const before = (await sizes(store)).length
    await using _sealing = await start(store)
    clock.advance(60_000)
    await expect.poll(async () => (await sizes(store)).length).toBe(before + 1)
    expect(notices.list()).toMatchObject(expected)
    await rm(join(folder, 'ledger-key.pem'))
  }
})

test('the key is made once, for the owner alone', async () => {
  const path = join(folder, 'ledger-key.pem')
  const keys = await Promise.all([readLedgerKey(path), readLedgerKey(path)])
  expect(new Set(keys).size).toBe(1)
  expect(await readFile(path, 'utf8')).toBe(keys[0])
  expect((await stat(path)).mode & 0o777).toBe(0o600)
})
