import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { toInstant } from '@centralino/domain'
import { createSqliteEventStore, uuidv7 } from '@centralino/event-store'
import { createNotary, generateSigningKey, openLedgerFile } from '@centralino/event-store/ledger'
import { beforeEach, expect, onTestFinished, test } from 'vitest'

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))
const CHECK_PROOF = fileURLToPath(new URL('../../../../docs/check-proof.mjs', import.meta.url))
const privateKeyPem = generateSigningKey()

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-ledger-'))
  onTestFinished(() => rm(folder, { recursive: true }))
})

type Ran = { readonly out: string; readonly err: string; readonly exitCode: number | string }
const run = (...args: string[]) =>
  new Promise<Ran>((resolve) => {
    const env = { ...process.env, HUB_DATA_DIR: folder }
    execFile(process.execPath, args, { env }, (error, out, err) =>
      resolve({ out, err, exitCode: error?.code ?? 0 }),
    )
  })
const hub = (...args: string[]) => run(MAIN, ...args)

/** Appends so many events, seals them, and tells their ids. */
const sealedLog = async (count: number): Promise<string[]> => {
  await using store = await createSqliteEventStore({ path: join(folder, 'log.db') })
  const ids = Array.from({ length: count }, () => uuidv7())
  const occurredAt = toInstant(Temporal.Now.instant())
  const metadata = {
    occurredAt,
    actor: { kind: 'system', id: 'test' },
    correlationId: 'c',
    causationId: null,
  } as const
  await store.append(
    'some-stream',
    'any',
    ids.map((id, index) => ({ id, type: 'Counted', schemaVersion: 1, data: { index }, metadata })),
  )
  const file = openLedgerFile(join(folder, 'ledger.db'))
  await createNotary({ store, file, privateKeyPem, now: () => Temporal.Now.instant() }).seal()
  file.close()
  return ids
}
const alter = (sql: string) => {
  const database = new DatabaseSync(join(folder, 'log.db'))
  database.exec(sql)
  database.close()
}

test('an auditor takes a checkpoint, and verifies the log against it and the key', async () => {
  await sealedLog(5)
  const taken = await hub('checkpoint')
  const note = join(folder, 'checkpoint.txt')
  await writeFile(note, taken.out)
  const key = /(centralino\/\S+\+\S+)/.exec(taken.err)?.[1] ?? expect.fail(taken.err)
  await sealedLog(3)
  const verified = await hub('verify', '--checkpoint', note, '--key', key)
  expect(verified).toMatchObject({ exitCode: 0 })
  expect(verified.out).toContain('the first 9 events are what was sealed, by 2 checkpoints')

  alter('DELETE FROM events WHERE position > 4')
  const cutOff = await hub('verify', '--checkpoint', note, '--key', key)
  expect(cutOff).toMatchObject({ exitCode: 1 })
  expect(cutOff.out).toContain('NOT what was sealed: the log ends with event')
})

test('the event that was altered is named', async () => {
  const ids = await sealedLog(5)
  alter(`UPDATE events SET data = '{"index":30}' WHERE position = 4`)
  const { exitCode, out } = await hub('verify')
  expect(exitCode).toBe(1)
  expect(out).toContain(`NOT what was sealed: event ${ids[3]} (Counted, revision 3 of some-stream`)
  expect(out).toContain('is not the event that was sealed there')
})

test('a gap at the very end of the log is named, and not only refused', async () => {
  await sealedLog(5)
  const ids = await sealedLog(3)
  alter('DELETE FROM events WHERE position = 6')
  const { exitCode, out } = await hub('verify')
  expect(exitCode).toBe(1)
  expect(out).toContain(`NOT what was sealed: event ${ids[0]} (Counted, revision 5 of some-stream`)
})

test('an auditor verifies a bundle with a checkpoint and a key, and nothing else of the hub', async () => {
  const ids = await sealedLog(5)
  const taken = await hub('checkpoint')
  const note = join(folder, 'checkpoint.txt')
  await writeFile(note, taken.out)
  const key = /(centralino\/\S+\+\S+)/.exec(taken.err)?.[1] ?? expect.fail(taken.err)
  const bundle = join(folder, 'bundle')
  expect(await hub('export', '--to', bundle)).toMatchObject({ exitCode: 0 })
  const ledger = join(folder, 'ledger.db')
  await rm(join(folder, 'log.db'))
  const args = ['verify', '--bundle', bundle, '--checkpoint', note, '--key', key]
  const verified = await hub(...args)
  expect(verified).toMatchObject({ exitCode: 0 })
  expect(verified.out).toContain('the first 5 events are what was sealed, by 1 checkpoint.')

  const events = join(bundle, 'events', '000001.ndjson')
  await writeFile(events, (await readFile(events, 'utf8')).replace('{"index":3}', '{"index":30}'))
  const ranged = await hub(...args)
  expect(ranged).toMatchObject({ exitCode: 1, out: expect.stringContaining('one or more from event') })
  const named = await hub(...args, '--ledger', ledger)
  expect(named).toMatchObject({ exitCode: 1 })
  expect(named.out).toContain(`NOT what was sealed: event ${ids[3]} (Counted, revision 3 of some-stream`)
  expect(await hub(...args, '--ledger', join(folder, 'none.db'))).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('no ledger to read'),
  })
  expect(await hub('verify', '--bundle', folder)).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('is no bundle'),
  })
})

test('an event is proved to somebody who has nothing of ours', async () => {
  const ids = await sealedLog(5)
  const { out, exitCode } = await hub('prove', ids[2] ?? '')
  expect(exitCode).toBe(0)
  const proof = join(folder, 'proof.json')
  await writeFile(proof, out)
  const checked = await run(CHECK_PROOF, proof)
  expect(checked).toMatchObject({ exitCode: 0, out: expect.stringContaining(`PROVED: event ${ids[2]}`) })
  expect(await hub('prove', uuidv7())).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('No event'),
  })
  expect(await hub('prove')).toMatchObject({ exitCode: 2 })
})

test('what the auditor gives wrongly is a wrong command, and says nothing of the log', async () => {
  await sealedLog(5)
  const rubbish = join(folder, 'rubbish.txt')
  await writeFile(rubbish, 'no checkpoint')
  for (const args of [
    ['--key', 'abc'],
    ['--checkpoint', rubbish],
  ])
    expect(await hub('verify', ...args)).toMatchObject({ exitCode: 2, out: '' })
})

test('a log that nobody sealed yet says so', async () => {
  await (await createSqliteEventStore({ path: join(folder, 'log.db') }))[Symbol.asyncDispose]()
  expect(await hub('verify')).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('Nothing is sealed'),
  })
  // The signed note's documentation has this key; it is nobody's here.
  const removed = await hub(
    'verify',
    '--key',
    'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  )
  expect(removed).toMatchObject({ exitCode: 1, out: expect.stringContaining('removed or never sealed') })
  expect(await hub('checkpoint')).toMatchObject({
    exitCode: 1,
    err: expect.stringContaining('Nothing is sealed yet'),
  })
})
