import { beforeEach, expect, it, onTestFinished } from 'vitest'
import type { EventStore } from '../event-store.ts'
import { LedgerError } from './ledger-error.ts'
import { openLedgerFile } from './ledger-file.ts'
import { createNotary } from './notary.ts'
import { now, privateKeyPem, type SealedLog, sealedLog } from './testing/sealed-log.ts'
import { type VerifyOptions, verifyLog } from './verify-log.ts'

let log: SealedLog
beforeEach(async () => {
  log = await sealedLog()
  onTestFinished(() => log[Symbol.asyncDispose]())
})
const verify = (options: Omit<VerifyOptions, 'pages'> = {}) =>
  log.withStore((store) => verifyLog({ ...options, pages: store.readStored(null) }))

it('seals what is new, and nothing when only its own checkpoint is', async () => {
  expect(await log.seal()).toBeNull()
  await log.write('a', 5)
  expect(await log.seal()).toMatchObject({ size: 5 })
  expect(await log.seal()).toBeNull()
  await log.write('b', 2)
  expect(await log.seal()).toMatchObject({ size: 8 })
  expect(await verify()).toMatchObject({ events: 9, checkpoints: 2, sealed: 8, finding: null })
})

it('makes the ledger file anew when it is lost or of another log, with the same roots', async () => {
  await log.write('a', 600)
  await log.write('b', 3)
  await log.seal()
  await log.write('a', 1)
  log.ledger = `${log.folder}/lost.db`
  const again = await log.sealed()
  log.ledger = `${log.folder}/ledger.db`
  await log.write('a', 1)
  expect(await log.seal()).toMatchObject({ size: again.size + 2 })
  expect(await verify()).toMatchObject({ checkpoints: 3, finding: null })
  const elsewhere = log.ledger
  log.log = `${log.folder}/other.db`
  log.ledger = elsewhere
  await log.write('a', 700)
  expect(await log.seal()).toMatchObject({ size: 700 })
  expect(await verify()).toMatchObject({ finding: null })
})

it('goes on after a kill between the ledger file and the checkpoint', async () => {
  await log.write('a', 5)
  await log.withStore(async (store) => {
    const file = openLedgerFile(log.ledger)
    const dying: Pick<EventStore, 'readStored' | 'readStream' | 'eventById' | 'append'> = {
      readStored: (after) => store.readStored(after),
      readStream: (stream, options) => store.readStream(stream, options),
      eventById: (id) => store.eventById(id),
      append: () => Promise.reject(new Error('killed')),
    }
    await expect(createNotary({ store: dying, file, privateKeyPem, now }).seal()).rejects.toThrow('killed')
    file.close()
  })
  expect(await log.seal()).toMatchObject({ size: 5 })
  expect(await verify()).toMatchObject({ sealed: 5, finding: null })
})

it('seals no log that is not what was sealed before', async () => {
  await log.write('a', 20)
  await log.seal()
  await log.write('a', 5)
  log.alter(`UPDATE events SET data = '{"count":99}' WHERE position = 3`)
  log.ledger = `${log.folder}/lost.db`
  await expect(log.seal()).rejects.toThrow(LedgerError)
  await expect(log.seal()).rejects.toMatchObject({ code: 'LOG_ALTERED', size: 20 })
})
