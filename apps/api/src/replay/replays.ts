import { rm } from 'node:fs/promises'
import { type Instant, type Look, lookKey, parseId, type ReplayId, toInstant } from '@centralino/domain'
import { uuidv7 } from '@centralino/event-store'
import type { Queries, ReadModels } from '@centralino/projections'
import { queriesBy, WorkerClient } from '@centralino/projections/worker'
import type { Viewer } from '../auth/viewer.ts'
import { afresh } from '../commands/because.ts'
import type { CommandHandlers } from '../commands/command-handlers.ts'
import type { Refused } from '../commands/outcome.ts'
import type { Config } from '../config.ts'
import type { ReplayedEvent } from './event-facts.ts'
import type { PeriodSummary } from './period.ts'
import type { DecidedAgain, LogChecked, ReplayAnswers, ReplayRequest } from './replay-protocol.ts'

export type ReplayRefusalCode =
  | 'DAY_INVALID'
  | 'REASON_TOO_SHORT'
  | 'REASON_TOO_LONG'
  | 'REPLAY_EXISTS'
  | 'REPLAY_NOT_OPEN'

/** A period of the past that one auditor looks at. Numbers count its events from 1. */
export type Replay = {
  readonly replayId: ReplayId
  readonly accountId: string
  readonly reason: string
  /** On the floor's own clock, `yyyy-mm-dd`. */
  readonly day: string
  readonly from: Instant
  readonly until: Instant
  /** Resolves when the log has been folded up to the period: seconds on a long log. */
  readonly summary: Promise<PeriodSummary>
  events(first: number, count: number): Promise<readonly ReplayedEvent[]>
  /** The last event up to a position or an instant; 0 before the first. */
  numberAt(until: { readonly position: string } | { readonly instant: Instant }): Promise<number>
  decisionFrom(number: number, direction: 'next' | 'previous'): Promise<number | null>
  counts(from: Instant, until: Instant, parts: number): Promise<ReplayAnswers['counts']>
  decideAgain(number: number): Promise<DecidedAgain | null>
  /** The same questions as of the live read models, answered as of a position. */
  modelsAt(position: string): ReadModels
  /** Writes down what is about to be shown; resolves once that is on record. */
  look(looks: readonly Look[], position: string): Promise<void>
}

export type Replays = AsyncDisposable & {
  open(
    viewer: Viewer,
    asked: { readonly day: string; readonly reason: string },
  ): Promise<{ readonly ok: true; readonly replay: Replay } | Refused<ReplayRefusalCode>>
  /** The viewer's own; null when it is closed. */
  find(viewer: Viewer, replayId: ReplayId): Replay | null
  close(viewer: Viewer, replayId: ReplayId): Promise<void>
  /** Reads the whole log against its seals. */
  verify(): Promise<LogChecked>
}

export type ReplaysOptions = {
  readonly audit: CommandHandlers['audit']
  readonly config: Config
  /** For folded copies; emptied at the start and at the end. */
  readonly folder: string
  readonly ledgerPath: string
  readonly timeZone: string
  readonly now: () => Instant
  readonly onSessionEnded: (listener: (sessionId: string) => void) => () => void
  readonly onFailure: (error: unknown) => void
  /** Default 20 min. */
  readonly idleMilliseconds?: number
}

/** Each holds a folded copy of the read models: the one that was used least lately gives way to another. */
const MOST_REPLAYS = 6
const MOST_FOR_AN_ACCOUNT = 2
const IDLE_MILLISECONDS = 20 * 60_000
const SWEEP_MILLISECONDS = 30_000
const WAITING_REQUESTS = 500

type Open = { readonly replay: Replay; readonly sessionId: string; usedAt: number }

/** Midnight to midnight on the floor's clock; null for text that is no day. */
const dayIn = (day: string, timeZone: string): { from: Instant; until: Instant } | null => {
  try {
    const date = Temporal.PlainDate.from(day)
    const midnight = (one: Temporal.PlainDate) => toInstant(one.toZonedDateTime(timeZone).toInstant())
    return { from: midnight(date), until: midnight(date.add({ days: 1 })) }
  } catch {
    return null
  }
}

export const createReplays = async (options: ReplaysOptions): Promise<Replays> => {
  const { audit, now, timeZone } = options
  const idle = options.idleMilliseconds ?? IDLE_MILLISECONDS
  const open = new Map<ReplayId, Open>()
  let worker: WorkerClient<ReplayRequest> | null = null
  let ready: Promise<unknown> = Promise.resolve()
  let lastUse = performance.now()
  // What a hub that was killed left there is personal.
  await rm(options.folder, { recursive: true, force: true })

  const hire = (): WorkerClient<ReplayRequest> => {
    const hired = new WorkerClient<ReplayRequest>(
      new URL('./replay-worker.ts', import.meta.url),
      WAITING_REQUESTS,
      'replay',
    )
    const { config, folder, ledgerPath } = options
    ready = hired.ask({ kind: 'open', config, folder, ledgerPath })
    return hired
  }
  const ask = async <Kind extends keyof ReplayAnswers>(
    request: Extract<ReplayRequest, { kind: Kind }>,
  ): Promise<ReplayAnswers[Kind]> => (await send(request)) as ReplayAnswers[Kind]
  const send = async (request: ReplayRequest): Promise<unknown> => {
    lastUse = performance.now()
    worker ??= hire()
    const asked = worker
    try {
      await ready
      return await asked.ask(request)
    } catch (error) {
      if (isLost(error) && worker === asked) dropAll()
      throw error
    }
  }
  /** The worker died, and what it had folded with it: its replays are opened anew. */
  const dropAll = (): void => {
    worker = null
    for (const id of [...open.keys()]) void end(id)
  }
  const end = async (id: ReplayId): Promise<void> => {
    const ended = open.get(id)
    open.delete(id)
    if (ended === undefined) return
    if (worker !== null) await worker.ask({ kind: 'end', replay: id }).catch(options.onFailure)
    const by = { kind: 'user', id: ended.replay.accountId } as const
    await audit.handle({ type: 'CloseReplay', replayId: id, at: now() }, afresh(by)).catch(options.onFailure)
  }
  const release = async (): Promise<void> => {
    const released = worker
    worker = null
    await released?.close({ kind: 'close' })
  }

  const sweep = setInterval(() => {
    const before = performance.now() - idle
    for (const [id, { usedAt }] of open) if (usedAt < before) void end(id)
    if (open.size === 0 && worker !== null && lastUse < before) void release().catch(options.onFailure)
  }, SWEEP_MILLISECONDS)
  sweep.unref()
  const forget = options.onSessionEnded((sessionId) => {
    for (const [id, one] of open) if (one.sessionId === sessionId) void end(id)
  })

  const makeRoom = async (accountId: string): Promise<void> => {
    const byUse = [...open].sort(([, a], [, b]) => a.usedAt - b.usedAt)
    const own = byUse.filter(([, { replay }]) => replay.accountId === accountId)
    if (own.length >= MOST_FOR_AN_ACCOUNT && own[0]) await end(own[0][0])
    if (open.size >= MOST_REPLAYS && byUse[0]) await end(byUse[0][0])
  }

  const begin = (
    replayId: ReplayId,
    accountId: string,
    asked: Pick<Replay, 'day' | 'reason' | 'from' | 'until'>,
  ): Replay => {
    const replay = replayId
    const seen = new Set<string>()
    const by = { kind: 'user', id: accountId } as const
    const summary = ask<'begin'>({
      kind: 'begin',
      replay,
      from: Date.parse(asked.from),
      until: Date.parse(asked.until),
    })
    summary.catch(() => {})
    return {
      ...asked,
      replayId,
      accountId,
      summary,
      events: (first, count) => ask<'events'>({ kind: 'events', replay, first, count }),
      numberAt: (until) =>
        ask<'numberAt'>({
          kind: 'numberAt',
          replay,
          until: 'position' in until ? until.position : Date.parse(until.instant),
        }),
      decisionFrom: (number, direction) =>
        ask<'decisionFrom'>({ kind: 'decisionFrom', replay, number, direction }),
      counts: (from, until, parts) =>
        ask<'counts'>({ kind: 'counts', replay, from: Date.parse(from), until: Date.parse(until), parts }),
      decideAgain: (number) => ask<'decideAgain'>({ kind: 'decideAgain', replay, number }),
      modelsAt: (position) =>
        modelsFrom(
          position,
          queriesBy((name, parameters) => send({ kind: 'ask', replay, position, name, parameters })),
        ),
      look: async (looks, position) => {
        const unseen = looks.filter((look) => !seen.has(lookKey(look)))
        if (unseen.length === 0) return
        const command = { type: 'RecordLooks', replayId, looks: unseen, position, at: now() } as const
        const handled = await audit.handle(command, afresh(by))
        if (handled.outcome === 'refused') throw new ReplayClosedError()
        for (const look of unseen) seen.add(lookKey(look))
      },
    }
  }

  return {
    open: async (viewer, { day, reason }) => {
      const period = dayIn(day, timeZone)
      if (period === null) return { ok: false, code: 'DAY_INVALID' }
      const replayId = parseId('replay', uuidv7())
      const { accountId, name } = viewer
      const command = {
        type: 'OpenReplay',
        replayId,
        account: { id: accountId, name },
        reason,
        ...period,
        at: now(),
      } as const
      const handled = await audit.handle(command, afresh({ kind: 'user', id: accountId }))
      if (handled.outcome === 'refused') return { ok: false, code: handled.refusal.code }
      await makeRoom(accountId)
      const replay = begin(replayId, accountId, { day, reason: reason.trim(), ...period })
      open.set(replayId, { replay, sessionId: viewer.sessionId, usedAt: performance.now() })
      return { ok: true, replay }
    },
    find: ({ accountId }, replayId) => {
      const found = open.get(replayId)
      if (found?.replay.accountId !== accountId) return null
      found.usedAt = performance.now()
      return found.replay
    },
    close: async ({ accountId }, replayId) => {
      if (open.get(replayId)?.replay.accountId === accountId) await end(replayId)
    },
    verify: () => ask<'verify'>({ kind: 'verify' }),
    [Symbol.asyncDispose]: async () => {
      clearInterval(sweep)
      forget()
      for (const id of [...open.keys()]) await end(id)
      await release()
      await rm(options.folder, { recursive: true, force: true })
    },
  }
}

/** The replay was closed while somebody still looked. */
export class ReplayClosedError extends Error {
  readonly code = 'REPLAY_NOT_OPEN'
}

const isLost = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'READ_MODELS_UNAVAILABLE'

/** The past does not change: nothing is folded in, and nobody is told of anything. */
const modelsFrom = (position: string, queries: Queries): ReadModels => ({
  ...queries,
  checkpoint: async () => position,
  apply: () => Promise.reject(new Error('the past does not change')),
  onChange: () => () => undefined,
  statistics: async () => ({ applied: 0, skipped: 0, unknownTypes: {} }),
  [Symbol.asyncDispose]: async () => {},
})
