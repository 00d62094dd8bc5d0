import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { createSqliteEventStore, decodedPages, type EventStore } from '@centralino/event-store'
import { buildBeside } from '@centralino/projections'
import { type Figure, printFigures } from './figure.ts'
import { fillLog } from './fill-log.ts'

const EVENTS = 200_000
const ROUNDS = 3

/**
 * Events a second folded into all read models, from the event store to a file on disk, beside a bare scan of the same rows that parses
 * their JSON and does nothing with it. Both alternate, and the median round counts.
 */
export const benchRebuild = async (): Promise<Figure[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-bench-rebuild-'))
  try {
    const log = join(folder, 'log.db')
    const store = await createSqliteEventStore({ path: log })
    try {
      await fillLog(store, EVENTS)
      const scans: number[] = []
      const rebuilds: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        scans.push(bareScan(log))
        rebuilds.push(await rebuild(store, join(folder, `read-models-${round}.db`)))
      }
      return [
        {
          name: 'rebuild of all read models',
          figure: median(rebuilds),
          unit: 'events/s',
          target: 'at least 100,000',
          ceiling: { figure: median(scans), what: 'bare node:sqlite scan with JSON.parse' },
        },
      ]
    } finally {
      await store[Symbol.asyncDispose]()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const bareScan = (path: string): number => {
  const database = new DatabaseSync(path, { readOnly: true })
  const started = performance.now()
  let events = 0
  for (const { data, metadata } of database.prepare('select * from events order by position').iterate()) {
    JSON.parse(String(data))
    JSON.parse(String(metadata))
    events += 1
  }
  const seconds = (performance.now() - started) / 1000
  database.close()
  return events / seconds
}

const rebuild = async (store: EventStore, path: string): Promise<number> => {
  const started = performance.now()
  const { events } = await buildBeside({ pages: decodedPages(store), path })
  return events / ((performance.now() - started) / 1000)
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) printFigures(await benchRebuild())
