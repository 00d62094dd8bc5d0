import { existsSync } from 'node:fs'
import type { Instant, RecordedEvent } from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import { type Finding, openLedgerFile, verifyLog } from '@centralino/event-store/ledger'
import { Keyframes, Tape } from '@centralino/projections/tape'
import { serve } from '@centralino/projections/worker'
import { openLogForReading } from '../cli/open-log.ts'
import type { ReplayedEvent } from './event-facts.ts'
import { explainOffer, isOffer } from './explain-offer.ts'
import { Period, type PeriodSummary } from './period.ts'
import type { DecidedAgain, LogChecked, ReplayRequest } from './replay-protocol.ts'

/** The log is folded here, so that the hub's own thread never waits for the past. */
type Opened = { readonly store: EventStore; readonly keyframes: Keyframes; readonly ledgerPath: string }
type Replay = { readonly tape: Tape; readonly period: Period }

let opened: Opened | null = null
const replays = new Map<string, Replay>()
let checking: Promise<LogChecked> | null = null

const hub = (): Opened => {
  if (opened === null) throw new Error('the replay worker is not open')
  return opened
}

const replayOf = (id: string): Replay => {
  const replay = replays.get(id)
  if (replay === undefined) throw new Error('no such replay')
  return replay
}

const readAll =
  (store: EventStore) =>
  (after: string | null, limit?: number): AsyncIterable<RecordedEvent> =>
    store.readAll({ ...(after === null ? {} : { from: after }), ...(limit === undefined ? {} : { limit }) })

const begin = async (id: string, from: number, until: number): Promise<PeriodSummary> => {
  const { store, keyframes } = hub()
  const tape = new Tape({ name: `replay-${id}`, keyframes, readAll: readAll(store) })
  const period = new Period()
  replays.set(id, { tape, period })
  // What the log had just before the period.
  const instant = new Date(from - 1).toISOString() as Instant
  const before = await tape.seek({ instant })
  for await (const event of readAll(store)(before?.position ?? null)) {
    if (Date.parse(event.recordedAt) >= until || !period.add(event)) break
  }
  return period.summary
}

const eventsOf = async (
  { period }: Replay,
  first: number,
  count: number,
): Promise<readonly ReplayedEvent[]> => {
  if (period.positionOf(first) === null) return []
  const events: ReplayedEvent[] = []
  const limit = Math.min(count, period.summary.events - first + 1)
  for await (const event of eventsFrom(period, first, limit))
    events.push(period.listed(event, first + events.length))
  return events
}

/** From the event of this number on: it is read after the one before it, or backwards from the one behind. */
async function* eventsFrom(period: Period, first: number, limit: number): AsyncGenerator<RecordedEvent> {
  const { store } = hub()
  const before = period.positionOf(first - 1) ?? (await positionBefore(period.positionOf(first) ?? ''))
  yield* readAll(store)(before, limit)
}

const positionBefore = async (position: string): Promise<string | null> => {
  const { store } = hub()
  for await (const event of store.readAll({ from: position, direction: 'backwards', limit: 1 }))
    return event.position
  return null
}

const decideAgain = async (replay: Replay, number: number): Promise<DecidedAgain | null> => {
  if (replay.period.positionOf(number) === null) return null
  for await (const event of eventsFrom(replay.period, number, 1)) {
    if (!isOffer(event)) return null
    const { same, again } = await explainOffer(hub().store, event)
    return { same, agentId: again?.data.agentId ?? null }
  }
  return null
}

const verify = async (): Promise<LogChecked> => {
  const { store, ledgerPath } = hub()
  const ledger = existsSync(ledgerPath) ? openLedgerFile(ledgerPath) : null
  try {
    const { finding, ...counts } = await verifyLog({
      pages: store.readStored(null),
      ...(ledger === null ? {} : { leaves: ledger.leaves }),
    })
    const { events, sealed, checkpoints } = counts
    return { events, sealed, checkpoints, finding: finding === null ? null : foundAt(finding) }
  } finally {
    ledger?.close()
  }
}

const foundAt = (finding: Finding): NonNullable<LogChecked['finding']> => {
  const place =
    'event' in finding
      ? finding.event
      : 'first' in finding
        ? finding.first
        : 'last' in finding
          ? finding.last
          : null
  return { what: finding.what, position: place?.position ?? null, type: place?.type ?? null }
}

const end = async (id: string): Promise<void> => {
  const replay = replays.get(id)
  replays.delete(id)
  await replay?.tape.close()
}

serve<ReplayRequest>(async (request) => {
  switch (request.kind) {
    case 'open':
      opened = {
        store: await openLogForReading(request.config),
        keyframes: new Keyframes(request.folder),
        ledgerPath: request.ledgerPath,
      }
      return null
    case 'begin':
      return begin(request.replay, request.from, request.until)
    case 'end':
      return end(request.replay)
    case 'events':
      return eventsOf(replayOf(request.replay), request.first, request.count)
    case 'counts':
      return replayOf(request.replay).period.counts(request.from, request.until, request.parts)
    case 'numberAt':
      return replayOf(request.replay).period.numberAt(request.until)
    case 'decisionFrom':
      return replayOf(request.replay).period.decisionFrom(request.number, request.direction)
    case 'ask': {
      const { tape } = replayOf(request.replay)
      return tape.ask({ position: request.position }, request.name, request.parameters)
    }
    case 'decideAgain':
      return decideAgain(replayOf(request.replay), request.number)
    case 'verify':
      // One reading of the whole log serves all who ask meanwhile.
      checking ??= verify().finally(() => {
        checking = null
      })
      return checking
    case 'close':
      for (const id of [...replays.keys()]) await end(id)
      opened?.keyframes.clear()
      await opened?.store[Symbol.asyncDispose]()
      opened = null
      return null
    default:
      return request satisfies never
  }
}, 'QUERY_FAILED')
