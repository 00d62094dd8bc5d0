import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { EncodedEvent } from '../codec/encoded-event.ts'
import { sqliteCodeOf, toFailure } from './failure.ts'
import type { AppendOutcome, AppendRequest, ExpectedPlace } from './worker-protocol.ts'

const CACHED_REVISIONS = 50_000
const SQLITE_CONSTRAINT_UNIQUE = 2067
const NO_STREAM = -1

export type GroupAppender = {
  /**
   * Commits all requests in one transaction and answers each in its place: a refused one leaves the others untouched.
   * Nothing is answered before COMMIT has returned. Places are handed out in the order of the requests.
   */
  readonly append: (requests: readonly AppendRequest[], recordedAt: number) => AppendOutcome[]
  readonly head: () => number
}

/** The writer's logic over one connection, which nobody else may write through. */
export const createGroupAppender = (database: DatabaseSync, path: string): GroupAppender => {
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  const lastRevision = database.prepare('SELECT max(revision) AS revision FROM events WHERE stream = ?')
  const lastPlace = database.prepare('SELECT coalesce(max(position), 0) AS place FROM events')
  const byId = database.prepare('SELECT position, stream, revision FROM events WHERE id = ?')
  const revisions = new Map<string, number>()
  let head = placeIn(lastPlace)

  const revisionOf = (stream: string): number => {
    const cached = revisions.get(stream)
    if (cached !== undefined) return cached
    const found = lastRevision.get(stream) as { revision: number | null } | undefined
    return found?.revision ?? NO_STREAM
  }

  const remember = (stream: string, revision: number): void => {
    revisions.delete(stream)
    revisions.set(stream, revision)
    if (revisions.size <= CACHED_REVISIONS) return
    for (const eldest of revisions.keys()) {
      revisions.delete(eldest)
      return
    }
  }

  const appendOne = (request: AppendRequest, recordedAt: number): AppendOutcome => {
    const { stream, events } = request
    const current = revisionOf(stream)
    if (!stands(current, request.expected)) {
      return earlier(byId, stream, events) ?? conflict(request, current)
    }
    // One INSERT is undone by SQLite itself when it fails; several need a savepoint to fall back to.
    const several = events.length > 1
    if (several) database.exec('SAVEPOINT one')
    try {
      let revision = current
      let place = head
      for (const event of events) {
        revision += 1
        place += 1
        insert.run(
          place,
          stream,
          revision,
          event.id,
          event.type,
          event.schemaVersion,
          event.data,
          event.metadata,
          recordedAt,
        )
      }
      if (several) database.exec('RELEASE one')
      head = place
      remember(stream, revision)
      return { outcome: 'appended', revision, place }
    } catch (error) {
      if (sqliteCodeOf(error) !== SQLITE_CONSTRAINT_UNIQUE) throw error
      if (several) database.exec('ROLLBACK TO one; RELEASE one')
      const reused = events.find(
        (event, index) => events.findIndex((other) => other.id === event.id) !== index,
      )
      return earlier(byId, stream, events) ?? reusedId(stream, reused?.id ?? '')
    }
  }

  const rollBack = (): void => {
    // A full disk and the like end the transaction by themselves.
    if (database.isTransaction) database.exec('ROLLBACK')
    revisions.clear()
    head = placeIn(lastPlace)
  }

  const inOneTransaction = (requests: readonly AppendRequest[], recordedAt: number): AppendOutcome[] => {
    database.exec('BEGIN IMMEDIATE')
    const outcomes = requests.map((request) => appendOne(request, recordedAt))
    database.exec('COMMIT')
    return outcomes
  }

  return {
    head: () => head,
    append: (requests, recordedAt) => {
      try {
        return inOneTransaction(requests, recordedAt)
      } catch {
        rollBack()
      }
      // Something in the group did not fit: each by itself, so that one large append does not take the others along.
      return requests.map((request) => {
        try {
          return inOneTransaction([request], recordedAt)[0] ?? unanswered()
        } catch (error) {
          const failure = toFailure(error, path)
          rollBack()
          return { outcome: 'failed', failure }
        }
      })
    },
  }
}

const placeIn = (statement: StatementSync): number => (statement.get() as { place: number }).place

const stands = (current: number, expected: ExpectedPlace): boolean => {
  switch (expected) {
    case 'any':
      return true
    case 'noStream':
      return current === NO_STREAM
    case 'streamExists':
      return current !== NO_STREAM
    default:
      return current === expected
  }
}

type EventPlace = { readonly position: number; readonly stream: string; readonly revision: number }

/**
 * The first answer, when exactly these events lie next to each other in this stream; a refusal when only some of them
 * are in the log, or elsewhere; null when none is.
 */
const earlier = (
  byId: StatementSync,
  stream: string,
  events: readonly EncodedEvent[],
): AppendOutcome | null => {
  const found = events.map((event) => byId.get(event.id) as EventPlace | undefined)
  if (found.every((row) => row === undefined)) return null
  const first = found[0]?.revision ?? Number.NaN
  const strange = found.findIndex(
    (row, index) => row === undefined || row.stream !== stream || row.revision !== first + index,
  )
  if (strange !== -1) {
    const known = found.findIndex((row) => row !== undefined)
    return reusedId(stream, events[found[strange] === undefined ? known : strange]?.id ?? '')
  }
  const last = found.at(-1)
  return last === undefined ? null : { outcome: 'repeated', revision: last.revision, place: last.position }
}

const reusedId = (stream: string, id: string): AppendOutcome => ({
  outcome: 'failed',
  failure: { code: 'EVENT_ID_REUSED', data: { stream, id } },
})

const conflict = ({ stream, expected }: AppendRequest, current: number): AppendOutcome => ({
  outcome: 'failed',
  failure: {
    code: 'REVISION_CONFLICT',
    data: {
      stream,
      expected: typeof expected === 'number' ? BigInt(expected) : expected,
      actual: current === NO_STREAM ? null : BigInt(current),
    },
  },
})

const unanswered = (): never => {
  throw new Error('an append was left without an answer')
}
