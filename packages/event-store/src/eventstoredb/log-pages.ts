import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RecordedEvent } from '@centralino/domain'
import type { StoredEvent } from '../codec/encoded-event.ts'
import type { ReadOptions } from '../event-store.ts'
import { fromPosition } from './position.ts'
import type { ServerPage, ServerPages } from './server-pages.ts'

/** Events of a page: large enough that a scan does not wait for the next, since that is read while this one is worked on. */
const PAGE_EVENTS = 512
/** `$all` holds the server's own events between ours: a page asked for a few of ours reads this many at least. */
const LEAST_EVENTS_OF_ALL = 32

export type LogPages = {
  readonly all: (options: ReadOptions & { from?: string }) => AsyncGenerator<RecordedEvent, void, undefined>
  /** Page by page, undecoded. */
  readonly stored: (after: string | null) => AsyncGenerator<readonly StoredEvent[], void, undefined>
  readonly stream: (
    stream: string,
    options: ReadOptions & { from?: bigint },
  ) => AsyncGenerator<RecordedEvent, void, undefined>
}

/** Page after page of the log or of one stream; the next one is read while the consumer works on this one. */
export const createLogPages = (parts: {
  readonly pages: ServerPages
  readonly decode: (event: StoredEvent) => RecordedEvent
  /** Throws unless the store is open. */
  readonly assertOpen: () => void
}): LogPages => {
  const { pages, decode, assertOpen } = parts

  async function* follow(
    first: Promise<ServerPage> | null,
    limit: number,
    following: (page: ServerPage, left: number) => Promise<ServerPage> | null,
    fits: (event: StoredEvent) => boolean,
  ): AsyncGenerator<readonly StoredEvent[], void, undefined> {
    let left = limit
    let next = first
    while (next !== null && left > 0) {
      const page = await next
      const events = page.events.filter(fits).slice(0, left)
      left -= events.length
      next = page.atEnd || left === 0 ? null : following(page, left)
      // Awaited above, or not at all when the consumer leaves early: then its failure concerns nobody.
      next?.catch(() => undefined)
      if (events.length > 0) yield events
      if (next === null) return
      // The next page may be there already, and a consumer that never waits would keep the event loop to itself.
      await nextTurn()
      assertOpen()
    }
  }

  async function* all({
    from,
    direction = 'forwards',
    limit,
  }: ReadOptions & { from?: string }): AsyncGenerator<readonly StoredEvent[], void, undefined> {
    assertOpen()
    const most = atMost(limit)
    const ask = (at: Parameters<ServerPages['all']>[0]['from'], left: number) =>
      pages.all({
        from: at,
        direction,
        count: Math.min(Math.max(left + 1, LEAST_EVENTS_OF_ALL), PAGE_EVENTS),
      })
    const begin = from === undefined ? (direction === 'forwards' ? 'start' : 'end') : fromPosition(from)
    let last = from ?? null
    yield* follow(
      most === 0 ? null : ask(begin, most),
      most,
      (page, left) => (page.last === null ? null : ask(page.last, left)),
      // Forwards the server begins with the event that lies at the position itself.
      ({ placement: { position } }) => {
        if (last !== null && (direction === 'forwards' ? position <= last : position >= last)) return false
        last = position
        return true
      },
    )
  }

  async function* decoded(
    reading: AsyncIterable<readonly StoredEvent[]>,
  ): AsyncGenerator<RecordedEvent, void, undefined> {
    for await (const page of reading) for (const event of page) yield decode(event)
  }

  return {
    all: (options) => decoded(all(options)),

    stored: (after) => all(after === null ? {} : { from: after }),

    async *stream(stream, { from, direction = 'forwards', limit }) {
      assertOpen()
      const most = atMost(limit)
      const step = direction === 'forwards' ? 1n : -1n
      const ask = (at: bigint | 'start' | 'end', left: number) =>
        pages.stream({ stream, from: at, direction, count: Math.min(left, PAGE_EVENTS) })
      yield* decoded(
        follow(
          most === 0 ? null : ask(from ?? (direction === 'forwards' ? 'start' : 'end'), most),
          most,
          ({ events }, left) => {
            const last = events.at(-1)
            if (last === undefined || last.placement.revision + step < 0n) return null
            return ask(last.placement.revision + step, left)
          },
          () => true,
        ),
      )
    },
  }
}

const atMost = (limit: number | undefined): number => {
  if (limit === undefined) return Number.POSITIVE_INFINITY
  if (!Number.isSafeInteger(limit) || limit < 0)
    throw new RangeError(`limit is a whole number from 0: ${limit}`)
  return limit
}
