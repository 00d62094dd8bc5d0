import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { NewEvent, RecordedEvent } from '@centralino/domain'
import { createSqliteEventStore, type EventStore } from '@centralino/event-store'
import { buildBeside } from '@centralino/projections'
import { sampleLog } from '@centralino/projections/testing'
import { type Figure, printFigures } from './figure.ts'

const EVENTS = 200_000
const ROUNDS = 3
/** Appends sent ahead while filling the log. */
const APPENDS_AHEAD = 500

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
      await fill(store)
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
          target: 'at least 40,000',
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

/** The sample log in its order; events in a row of one stream are one append, as the hub's are. */
const fill = async (store: EventStore) => {
  let appends: Promise<unknown>[] = []
  let stream = ''
  let group: NewEvent[] = []
  const append = () => {
    if (group.length > 0) appends.push(store.append(stream, 'any', group))
    group = []
  }
  for (const event of sampleLog({ events: EVENTS })) {
    if (event.stream !== stream) append()
    stream = event.stream
    group.push(newEvent(event))
    if (appends.length >= APPENDS_AHEAD) {
      await Promise.all(appends)
      appends = []
    }
  }
  append()
  await Promise.all(appends)
}

const newEvent = ({ id, type, schemaVersion, data, metadata }: RecordedEvent): NewEvent => ({
  id,
  type,
  schemaVersion,
  data,
  metadata,
})

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
  const { events } = await buildBeside({ readAll: store.readAll(), path })
  return events / ((performance.now() - started) / 1000)
}

const median = (values: readonly number[]): number =>
  values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) printFigures(await benchRebuild())
