import type { EncodedEvent, StoredEvent } from '../codec/encoded-event.ts'
import type { Appended } from '../event-store.ts'
import type { EventIds } from './event-ids/open-event-ids.ts'
import { fromPosition } from './position.ts'
import type { ServerPages } from './server-pages.ts'

/** Which events are in the log: what the feed brought, and what this process appended and the feed is still to bring. */
export type KnownEvents = {
  /** In the order asked; null: not in the log. */
  readonly find: (ids: readonly string[]) => Promise<readonly (Where | null)[]>
  readonly read: (id: string) => Promise<StoredEvent | null>
  /** An append was acknowledged: known from now on. */
  readonly appended: (stream: string, events: readonly EncodedEvent[], appended: Appended) => void
  /** The feed brought these. */
  readonly brought: (events: readonly StoredEvent[]) => Promise<void>
  /** Resolves once all up to `position` is known. */
  readonly upTo: (position: string) => Promise<void>
}

/** A position for what the feed brought; stream and revision for what it is still to bring. */
type Where = string | { readonly stream: string; readonly revision: bigint }

/** Batches on their way into the index before the feed has to wait. */
const MAX_ADDING = 4

export const createKnownEvents = (parts: {
  readonly ids: EventIds
  readonly pages: ServerPages
  readonly upTo: KnownEvents['upTo']
  /** An event could not be kept in the index: from now on it does not know all. */
  readonly onFailure: (error: unknown) => void
}): KnownEvents => {
  const { ids: index, pages, upTo, onFailure } = parts
  const own = new Map<string, { readonly stream: string; readonly revision: bigint }>()
  let adding = 0
  /** The last position brought. */
  let reached = ''

  const find: KnownEvents['find'] = async (ids) => {
    const found: (Where | null)[] = ids.map((id) => own.get(id) ?? null)
    const missing = ids.filter((_id, place) => found[place] === null)
    if (missing.length === 0) return found
    const positions = (await index.find(missing)).values()
    return found.map((where) => where ?? positions.next().value ?? null)
  }

  return {
    find,
    read: async (id) => {
      const [where] = await find([id])
      if (where === null || where === undefined) return null
      const { events } =
        typeof where === 'string'
          ? await pages.all({ from: fromPosition(where), direction: 'forwards', count: 1 })
          : await pages.stream({
              stream: where.stream,
              from: where.revision,
              direction: 'forwards',
              count: 1,
            })
      return events.find((event) => event.encoded.id === id) ?? null
    },
    appended: (stream, events, { revision, position }) => {
      if (position <= reached) return
      const first = revision - BigInt(events.length - 1)
      for (const [place, { id }] of events.entries()) own.set(id, { stream, revision: first + BigInt(place) })
    },
    brought: async (events) => {
      const newest = events.at(-1)
      if (newest === undefined) return
      adding += 1
      const added = index
        .add(
          events.map(({ encoded, placement }) => [encoded.id, placement.position] as const),
          { id: newest.encoded.id, ...pick(newest.placement) },
        )
        .finally(() => {
          adding -= 1
        })
      // The index takes messages in their order: a look-up from now on finds them there.
      for (const { encoded } of events) own.delete(encoded.id)
      reached = newest.placement.position
      added.catch(onFailure)
      if (adding >= MAX_ADDING) await added
    },
    upTo,
  }
}

const pick = ({ stream, revision, position }: StoredEvent['placement']) => ({ stream, revision, position })
