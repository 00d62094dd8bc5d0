import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import type { DomainEvent, Instant, NewEvent } from '@centralino/domain'
import { createSqliteEventStore, type EventStore, uuidv7 } from '@centralino/event-store'
import { type Figure, printFigures } from './figure.ts'

const ROUNDS = 7
/** Events of one round by callers; each appends one event at a time to a stream of its own. */
const EVENTS = { one: 800, many: 16_000 }
const CALLERS = 64

type Measured = { readonly store: number; readonly bare: number }

/**
 * Durable appends a second, one event each, beside a bare node:sqlite loop on the same disk in the same run: the same
 * tables, rows and pragmas, one transaction for each row (one caller) or each 64 rows (64 callers), nothing checked, no
 * thread crossed, the rows serialised beforehand. Both alternate, so that a disk with moods is fair to both, and the round
 * with the median ratio counts.
 */
export const benchAppend = async (): Promise<Figure[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-bench-append-'))
  try {
    const schema = await schemaOf(join(folder, 'schema.db'))
    const one = await rounds(folder, schema, 1, EVENTS.one)
    const many = await rounds(folder, schema, CALLERS, EVENTS.many)
    return [
      {
        name: 'durable appends, 1 caller',
        figure: one.store,
        unit: 'appends/s',
        ceiling: { figure: one.bare, what: 'bare node:sqlite, a transaction each' },
      },
      {
        name: `durable appends, ${CALLERS} callers`,
        figure: many.store,
        unit: 'appends/s',
        target: 'at least 60 % of the bare loop',
        ceiling: { figure: many.bare, what: `bare node:sqlite, ${CALLERS} to a transaction` },
      },
    ]
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const rounds = async (folder: string, schema: string, callers: number, total: number): Promise<Measured> => {
  const measured: Measured[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const name = join(folder, `${callers}-${round}`)
    const bare = bareLoop(`${name}-bare.db`, schema, callers, total)
    measured.push({ bare, store: await throughStore(`${name}-store.db`, callers, total) })
  }
  const byRatio = measured.toSorted((a, b) => a.store / a.bare - b.store / b.bare)
  return byRatio[Math.floor(ROUNDS / 2)] ?? { store: Number.NaN, bare: Number.NaN }
}

const event = (caller: number, count: number): NewEvent<DomainEvent> => ({
  id: uuidv7(),
  type: 'InteractionQueued',
  schemaVersion: 1,
  data: { interactionId: `interaction-${caller}`, queueId: 'support', at: '2026-11-24T05:20:43.123Z', count },
  metadata: {
    occurredAt: '2026-11-24T05:20:43.123Z' as Instant,
    actor: { kind: 'system', id: 'bench' },
    correlationId: '0193a1b2-0000-7000-8000-000000000001',
    causationId: '0193a1b2-0000-7000-8000-000000000002',
  },
})

/** One list of events for each caller. */
const eventsOf = (callers: number, total: number): NewEvent<DomainEvent>[][] =>
  Array.from({ length: callers }, (_, caller) =>
    Array.from({ length: total / callers }, (_each, count) => event(caller, count)),
  )

const throughStore = async (path: string, callers: number, total: number): Promise<number> => {
  await using store = await createSqliteEventStore({ path })
  const lists = eventsOf(callers, total)
  const began = performance.now()
  await Promise.all(lists.map((events, caller) => appendAll(store, `interaction-${caller}`, events)))
  return perSecond(total, began)
}

const appendAll = async (store: EventStore, stream: string, events: readonly NewEvent[]): Promise<void> => {
  let revision: bigint | 'noStream' = 'noStream'
  for (const each of events) revision = (await store.append(stream, revision, [each])).revision
}

const bareLoop = (path: string, schema: string, callers: number, total: number): number => {
  const database = new DatabaseSync(path)
  database.exec(schema)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const rows = eventsOf(callers, total).map((events) =>
    events.map((each) => ({
      id: each.id,
      type: each.type,
      data: JSON.stringify(each.data),
      metadata: JSON.stringify(each.metadata),
    })),
  )
  let position = 0
  const began = performance.now()
  for (let revision = 0; revision < total / callers; revision += 1) {
    database.exec('BEGIN IMMEDIATE')
    for (let caller = 0; caller < callers; caller += 1) {
      const row = rows[caller]?.[revision]
      if (row === undefined) throw new Error('a row is missing')
      position += 1
      const { id, type, data, metadata } = row
      insert.run(position, `interaction-${caller}`, revision, id, type, 1, data, metadata, Date.now())
    }
    database.exec('COMMIT')
  }
  const figure = perSecond(total, began)
  database.close()
  return figure
}

/** The tables as the store makes them, so that both loops fill the same. */
const schemaOf = async (path: string): Promise<string> => {
  await (await createSqliteEventStore({ path }))[Symbol.asyncDispose]()
  const database = new DatabaseSync(path, { readOnly: true })
  const statements = database.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').all()
  database.close()
  return (statements as { sql: string }[]).map(({ sql }) => sql).join(';\n')
}

const perSecond = (count: number, began: number): number => (count / (performance.now() - began)) * 1_000

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  printFigures(await benchAppend())
}
