import { hash } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import {
  createSqliteEventStore,
  type EventStore,
  exportBundle,
  verifyBundledLog,
} from '@centralino/event-store'
import { createNotary, generateSigningKey, openLedgerFile, verifyLog } from '@centralino/event-store/ledger'
import { type Figure, printFigures } from './figure.ts'
import { fillLog } from './fill-log.ts'

const EVENTS = 200_000
const ROUNDS = 3
/** One for all rounds: a log with checkpoints of two keys is not believed. */
const KEY = generateSigningKey()

/**
 * Events a second that the notary takes in and that a verifier reads back, beside a bare scan of the same rows that hashes
 * each row's JSON once and builds nothing of it. All alternate, and the median round counts.
 */
export const benchVerify = async (): Promise<Figure[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-bench-verify-'))
  try {
    const log = join(folder, 'log.db')
    await using store = await createSqliteEventStore({ path: log })
    await fillLog(store, EVENTS)
    const scans: number[] = []
    const sealings: number[] = []
    const verifyings: number[] = []
    const bundled: number[] = []
    const bundle = join(folder, 'bundle')
    for (let round = 0; round < ROUNDS; round += 1) {
      scans.push(bareScan(log))
      sealings.push(await sealing(store, join(folder, `ledger-${round}.db`)))
      verifyings.push(await verifying(store))
      if (round === 0) await exportBundle({ store, to: bundle, blobs: null, checkpoints: [] })
      bundled.push(await verifyingBundle(bundle))
    }
    const ceiling = { figure: median(scans), what: 'bare node:sqlite scan with one SHA-256 a row' }
    return [
      { name: 'verify', figure: median(verifyings), unit: 'events/s', target: 'at least 100,000', ceiling },
      {
        name: 'verify of a bundle',
        figure: median(bundled),
        unit: 'events/s',
        target: 'at least 100,000',
        ceiling,
      },
      { name: 'sealing a log that was never sealed', figure: median(sealings), unit: 'events/s', ceiling },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const perSecond = async (work: () => unknown): Promise<number> => {
  const began = performance.now()
  await work()
  return (EVENTS * 1_000) / (performance.now() - began)
}

const sealing = async (store: EventStore, path: string): Promise<number> => {
  const file = openLedgerFile(path)
  const notary = createNotary({ store, file, privateKeyPem: KEY, now: () => Temporal.Now.instant() })
  try {
    return await perSecond(() => notary.seal())
  } finally {
    file.close()
  }
}

const verifying = (store: EventStore): Promise<number> =>
  perSecond(async () => {
    const { finding } = await verifyLog({ pages: store.readStored(null) })
    if (finding !== null) throw new Error(finding.what)
  })

const verifyingBundle = (bundle: string): Promise<number> =>
  perSecond(async () => {
    const { finding } = await verifyBundledLog({ bundle })
    if (finding !== null) throw new Error(finding.what)
  })

const bareScan = (path: string): number => {
  const database = new DatabaseSync(path, { readOnly: true })
  const began = performance.now()
  const rows = database.prepare('SELECT stream, data, metadata FROM events ORDER BY position').iterate()
  let bytes = 0
  for (const row of rows) {
    bytes += hash('sha256', `${String(row['data'])}${String(row['metadata'])}`, 'buffer').length
  }
  const seconds = (performance.now() - began) / 1_000
  database.close()
  if (bytes < EVENTS) throw new Error('the scan missed rows')
  return EVENTS / seconds
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) printFigures(await benchVerify())
