import type { EncodedEvent } from '../codec/encoded-event.ts'
import type { Appended, ExpectedRevision } from '../event-store.ts'
import { EventStoreError } from '../event-store-error.ts'
import { type Calls, ServerRefusal } from './calls.ts'
import type { KnownEvents } from './known-events.ts'
import { toPosition } from './position.ts'
import type { ServerPages } from './server-pages.ts'
import { toServer } from './stored-event.ts'
import type { StreamRevisions } from './stream-revisions.ts'

export type Appending = {
  readonly stream: string
  readonly expected: ExpectedRevision
  readonly events: readonly EncodedEvent[]
}

/** As often an append without an expected revision tries again after another process has appended to the stream. */
const MAX_ATTEMPTS = 20

/**
 * Makes the append of one stream; two on one stream must not run at the same time.
 *
 * The server itself knows a repeated append only while the expected revision is the same, and of `any` only what it has in
 * a cache. So every append goes out with an explicit revision, which makes it safe to send again when the answer was lost,
 * and its ids are looked up beforehand, and again when the stream stood elsewhere.
 */
export const createAppend = (parts: {
  readonly calls: Calls
  readonly pages: ServerPages
  readonly known: KnownEvents
  readonly revisions: StreamRevisions
}): ((append: Appending) => Promise<Appended>) => {
  const { calls, pages, known, revisions } = parts

  const send = async ({ stream, events }: Appending, at: bigint | null): Promise<Appended> => {
    const { nextExpectedRevision, position } = await calls.answered((client) =>
      client.appendToStream(
        stream,
        events.map((event) => toServer(event)),
        {
          expectedRevision: at ?? 'no_stream',
          requiresLeader: true,
        },
      ),
    )
    if (position === undefined) throw new EventStoreError('STORE_UNAVAILABLE', { reason: 'NO_POSITION' })
    return { revision: nextExpectedRevision, position: toPosition(position) }
  }

  /** The first answer, when exactly these events lie next to each other in this stream; null when none is in the log. */
  const earlier = async ({ stream, events }: Appending): Promise<Appended | null> => {
    const ids = events.map((event) => event.id)
    const found = await known.find(ids)
    const firstKnown = found.findIndex((event) => event !== null)
    if (firstKnown === -1) return null
    const begin = await known.read(ids[0] ?? '')
    const inStream = begin?.placement.stream === stream ? begin.placement.revision : null
    const { events: there } =
      inStream === null
        ? { events: [] }
        : await pages.stream({ stream, from: inStream, direction: 'forwards', count: ids.length })
    const strange = ids.findIndex((id, index) => there[index]?.encoded.id !== id)
    if (strange !== -1) {
      const id = ids[found[strange] === null ? firstKnown : strange] ?? ''
      throw new EventStoreError('EVENT_ID_REUSED', { stream, id })
    }
    const last = there.at(-1)?.placement
    return last === undefined ? null : { revision: last.revision, position: last.position }
  }

  const lastOf = async (stream: string) => {
    const { events } = await pages.stream({ stream, from: 'end', direction: 'backwards', count: 1 })
    return events[0]?.placement ?? null
  }

  /**
   * Where the append has to go; throws when the stream is not there for `streamExists`. Where the stream's end is not of
   * this process's own making, all up to there is known from here on: an append whose answer was lost may be part of it.
   */
  const placeFor = async ({ stream, expected }: Appending): Promise<bigint | null> => {
    if (expected === 'noStream') return null
    const own = revisions.get(stream)
    if (own !== undefined && (typeof expected !== 'bigint' || expected === own)) return own
    const last = await lastOf(stream)
    if (last !== null) await known.upTo(last.position)
    if (typeof expected === 'bigint') return expected
    if (last === null && expected === 'streamExists') {
      throw new EventStoreError('REVISION_CONFLICT', { stream, expected, actual: null })
    }
    return last?.revision ?? null
  }

  return async (append) => {
    const { stream, expected, events } = append
    for (let attempts = 1; ; attempts += 1) {
      const at = await placeFor(append)
      const repeated = await earlier(append)
      if (repeated !== null) return repeated
      try {
        const appended = await send(append, at)
        revisions.set(stream, appended.revision)
        known.appended(stream, events, appended)
        return appended
      } catch (error) {
        revisions.forget(stream)
        if (!(error instanceof ServerRefusal)) throw error
      }
      // Another process has appended. What it appended may be this very append: all of it has to be known first.
      const last = await lastOf(stream)
      if (last !== null) await known.upTo(last.position)
      const open = typeof expected !== 'bigint' && expected !== 'noStream'
      if (open && attempts < MAX_ATTEMPTS) continue
      const answered = await earlier(append)
      if (answered !== null) return answered
      throw new EventStoreError('REVISION_CONFLICT', { stream, expected, actual: last?.revision ?? null })
    }
  }
}
