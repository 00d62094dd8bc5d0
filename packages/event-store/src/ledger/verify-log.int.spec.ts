import { DatabaseSync } from 'node:sqlite'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { openLedgerFile } from './ledger-file.ts'
import type { Sealed } from './notary.ts'
import { createCheckpointSigner, generateSigningKey } from './signing-key.ts'
import { type SealedLog, sealedLog } from './testing/sealed-log.ts'
import { type VerifyOptions, verifyLog } from './verify-log.ts'

type EventColumns = Readonly<Record<'data' | 'metadata' | 'type' | 'id', string>> & {
  readonly recorded_at: number
}

let log: SealedLog
beforeEach(async () => {
  log = await sealedLog()
  onTestFinished(() => log[Symbol.asyncDispose]())
})
const verify = (options: Omit<VerifyOptions, 'pages'> = {}) =>
  log.readAsItIs((store) => verifyLog({ ...options, pages: store.readStored(null) }))
const verifyWithLedger = async () => {
  const file = openLedgerFile(log.ledger)
  try {
    return await verify({ leaves: file.leaves })
  } finally {
    file.close()
  }
}

beforeEach(async () => {
  await log.write('a', 10)
  await log.write('b', 10)
  await log.seal()
  await log.write('a', 5)
  await log.write('c', 5)
  await log.seal()
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
    const untouched = new DatabaseSync(log.log)
    const before = untouched.prepare('SELECT * FROM events WHERE position = 5').get() as EventColumns
    untouched.close()
    log.alter(`UPDATE events SET ${altered} WHERE position = 5`)
    const { finding } = await verifyWithLedger()
    expect(finding).toMatchObject({ what: 'eventAltered', sealed: true, event: { place: 4, stream: 'a' } })
    const { data, metadata, recorded_at: at, type, id } = before
    const restore = new DatabaseSync(log.log)
    restore
      .prepare('UPDATE events SET data=?, metadata=?, recorded_at=?, type=?, id=? WHERE position = 5')
      .run(data, metadata, at, type, id)
    restore.close()
  }
  expect(await verifyWithLedger()).toMatchObject({ finding: null })
})

it('names the checkpoint within which it was altered when no ledger file tells the event', async () => {
  log.alter(`UPDATE events SET data = '{"count":99}' WHERE position = 23`)
  expect((await verify()).finding).toMatchObject({
    what: 'rangeAltered',
    first: { place: 20 },
    last: { place: 30 },
  })
})

it('names the event after one that was dropped', async () => {
  log.alter('DELETE FROM events WHERE position = 5')
  expect((await verify()).finding).toMatchObject({
    what: 'streamBroken',
    expectedRevision: 4n,
    event: { stream: 'a', revision: 5n },
  })
})

it('names the event behind a gap, at the end of the log too, where nothing else tells', async () => {
  log.alter('DELETE FROM events WHERE position = 31')
  expect((await verify()).finding).toMatchObject({
    what: 'gap',
    event: { place: 30, stream: 'ledger', position: '0000000000000032' },
    after: { place: 29, position: '0000000000000030' },
  })
  log.alter('DELETE FROM events WHERE position < 3')
  expect((await verify()).finding).toMatchObject({ what: 'streamBroken', event: { place: 0 } })
})

it('finds a dropped event although all that followed were counted anew', async () => {
  log.alter(
    'DELETE FROM events WHERE position = 27',
    'UPDATE events SET position = position - 1 WHERE position > 27',
    "UPDATE events SET revision = revision - 1 WHERE stream = 'c'",
  )
  expect((await verifyWithLedger()).finding).toMatchObject({ what: 'eventAltered', event: { place: 26 } })
  expect((await verify()).finding).toMatchObject({ what: 'rangeAltered' })
})

it('names the first of two events that changed places', async () => {
  log.alter(
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
  log.alter(
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
  await log.write('a', 2)
  await log.sealed()
  log.alter(`DELETE FROM events WHERE position > 34`, `UPDATE events SET data = '{}' WHERE position = 34`)
  expect((await verifyWithLedger()).finding).toMatchObject({
    what: 'eventAltered',
    sealed: false,
    event: { place: 33, stream: 'a' },
  })
})

it('finds a log that was cut off by the checkpoint that the auditor holds, and by nothing else', async () => {
  await log.write('a', 1)
  const { checkpoint } = await log.sealed()
  expect(await verify({ held: checkpoint })).toMatchObject({ finding: null })
  log.alter('DELETE FROM events WHERE position > 25')
  expect(await verify()).toMatchObject({ finding: null })
  expect((await verify({ held: checkpoint })).finding).toMatchObject({
    what: 'truncated',
    sealedSize: 33,
    last: { place: 24 },
  })
})

it('finds a log that was written anew and sealed anew by the checkpoint that the auditor holds', async () => {
  const { held, key } = await log.withStore(async (store) => {
    for await (const event of store.readStream('ledger', { direction: 'backwards', limit: 1 })) {
      const { checkpoint, verifierKey } = event.data as Sealed
      return { held: checkpoint, key: verifierKey }
    }
    return expect.fail('no checkpoint')
  })
  log.alter('DELETE FROM events WHERE position > 3')
  log.ledger = `${log.folder}/anew.db`
  await log.write('z', 40)
  await log.seal()
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
