import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Instant, NewEvent } from '@centralino/domain'
import { createEventStoreDbEventStore, type EventStore, uuidv7 } from '@centralino/event-store'
import { type AppendResult, binaryEvent, EventStoreDBClient } from '@eventstore/db-client'
import { type Figure, printFigures } from './figure.ts'

const ROUNDS = 5
const CALLERS = 64
const EVENTS = 12_800
const SCANNED = 100_000
const LIVE_EVENTS = 500

/**
 * The log on the server that TEST_EVENTSTOREDB_URL names, beside the bare client on the same server in the same run: the
 * same bytes on a stream for each caller, explicit revisions, the leader asked for; nothing checked, looked up or followed.
 * Both alternate, and the round with the median ratio counts.
 */
export const benchCluster = async (): Promise<Figure[]> => {
  const url = process.env['TEST_EVENTSTOREDB_URL'] ?? ''
  if (url === '') {
    process.stdout.write('left out: TEST_EVENTSTOREDB_URL names no server\n')
    return []
  }
  const folder = await mkdtemp(join(tmpdir(), 'centralino-bench-cluster-'))
  const bare = EventStoreDBClient.connectionString(url)
  const store = await createEventStoreDbEventStore({ url, eventIdsPath: join(folder, 'event-ids.db') })
  try {
    const measured: { readonly store: number; readonly bare: number }[] = []
    for (let round = 0; round < ROUNDS; round += 1) {
      const ceiling = await timed((stream, events) => appendBare(bare, stream, events))
      measured.push({
        bare: ceiling,
        store: await timed((stream, events) => appendAll(store, stream, events)),
      })
    }
    const byRatio = measured.toSorted((a, b) => a.store / a.bare - b.store / b.bare)
    const median = byRatio[Math.floor(ROUNDS / 2)] ?? { store: Number.NaN, bare: Number.NaN }
    return [
      {
        name: `appends on the cluster, ${CALLERS} callers`,
        figure: median.store,
        unit: 'appends/s',
        target: 'at least 80 % of the bare client',
        ceiling: { figure: median.bare, what: 'bare client' },
      },
      {
        name: 'scan of the whole log',
        figure: await scan(store),
        unit: 'events/s',
        ceiling: { figure: await scanBare(bare), what: 'bare client' },
      },
      { name: 'live lag, p99', figure: await liveLag(store), unit: 'ms' },
    ]
  } finally {
    await store[Symbol.asyncDispose]()
    await bare.dispose()
    await rm(folder, { recursive: true, force: true })
  }
}

const event = (stream: string, count: number): NewEvent => ({
  id: uuidv7(),
  type: 'InteractionQueued',
  schemaVersion: 1,
  data: { interactionId: stream, queueId: 'support', at: '2026-11-24T05:20:43.123Z', count },
  metadata: {
    occurredAt: '2026-11-24T05:20:43.123Z' as Instant,
    actor: { kind: 'system', id: 'bench' },
    correlationId: '0193a1b2-0000-7000-8000-000000000001',
    causationId: '0193a1b2-0000-7000-8000-000000000002',
  },
})

type AppendMany = (stream: string, events: readonly NewEvent[]) => Promise<void>

const timed = async (append: AppendMany): Promise<number> => {
  const lists = Array.from({ length: CALLERS }, () => {
    const stream = `bench-${uuidv7()}`
    return { stream, events: Array.from({ length: EVENTS / CALLERS }, (_, count) => event(stream, count)) }
  })
  const began = performance.now()
  await Promise.all(lists.map(({ stream, events }) => append(stream, events)))
  return perSecond(EVENTS, began)
}

const appendAll = async (store: EventStore, stream: string, events: readonly NewEvent[]): Promise<void> => {
  let revision: bigint | 'noStream' = 'noStream'
  for (const each of events) revision = (await store.append(stream, revision, [each])).revision
}

const appendBare = async (
  client: EventStoreDBClient,
  stream: string,
  events: readonly NewEvent[],
): Promise<void> => {
  let revision: bigint | 'no_stream' = 'no_stream'
  for (const { id, type, schemaVersion, data, metadata } of events) {
    const appended: AppendResult = await client.appendToStream(
      stream,
      binaryEvent({
        id,
        type,
        data: Buffer.from(JSON.stringify(data)),
        metadata: new TextEncoder().encode(JSON.stringify({ schemaVersion, metadata })),
      }),
      { expectedRevision: revision, requiresLeader: true },
    )
    revision = appended.nextExpectedRevision
  }
}

const scan = async (store: EventStore): Promise<number> => {
  const began = performance.now()
  let events = 0
  for await (const _event of store.readAll({ limit: SCANNED })) events += 1
  return perSecond(events, began)
}

const scanBare = async (client: EventStoreDBClient): Promise<number> => {
  const began = performance.now()
  let events = 0
  for await (const _event of client.readAll({ maxCount: SCANNED })) events += 1
  return perSecond(events, began)
}

/** From the call of an append to its event at a subscriber, one after another. */
const liveLag = async (store: EventStore): Promise<number> => {
  let arrived: (id: string) => void = () => undefined
  const caughtUp = Promise.withResolvers<void>()
  let end: string | null = null
  for await (const { position } of store.readAll({ direction: 'backwards', limit: 1 })) end = position
  await using _subscription = store.subscribe(end, {
    onEvents: (events) => {
      for (const { id } of events) arrived(id)
    },
    onCaughtUp: () => caughtUp.resolve(),
  })
  await caughtUp.promise
  const lags: number[] = []
  const stream = `bench-${uuidv7()}`
  for (let count = 0; count < LIVE_EVENTS; count += 1) {
    const next = event(stream, count)
    const there = new Promise<void>((resolve) => {
      arrived = (id) => id === next.id && resolve()
    })
    const began = performance.now()
    await Promise.all([store.append(stream, 'any', [next]), there])
    lags.push(performance.now() - began)
  }
  return lags.toSorted((a, b) => a - b)[Math.floor(LIVE_EVENTS * 0.99)] ?? Number.NaN
}

const perSecond = (count: number, began: number): number => (count / (performance.now() - began)) * 1_000

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  printFigures(await benchCluster())
}
