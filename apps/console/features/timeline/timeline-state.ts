import type { TimelineLineFragment } from '../../gql/generated/graphql.ts'
import { comparePositions } from './position.ts'

export type Entry = TimelineLineFragment

export type Timeline =
  | { readonly status: 'loading' }
  | { readonly status: 'failed' }
  | {
      readonly status: 'ready'
      /** Newest first, each position once. */
      readonly entries: readonly Entry[]
      /** Cursor of what comes before; null at the beginning of the customer's life. */
      readonly earlier: string | null
    }

export type TimelineEvent =
  | { readonly type: 'opened' }
  | { readonly type: 'pageLoaded'; readonly entries: readonly Entry[]; readonly earlier: string | null }
  /** The newest page once more. */
  | { readonly type: 'reloaded'; readonly entries: readonly Entry[]; readonly earlier: string | null }
  | { readonly type: 'failed' }
  | { readonly type: 'arrived'; readonly entry: Entry }
  /** It is another customer's now. */
  | { readonly type: 'left'; readonly entry: Entry }

/** A page and the live stream overlap on purpose, so that nothing falls between them: doubles are dropped here. */
export function timelineReducer(timeline: Timeline, event: TimelineEvent): Timeline {
  switch (event.type) {
    case 'opened':
      return { status: 'loading' }
    case 'failed':
      return timeline.status === 'ready' ? timeline : { status: 'failed' }
    case 'pageLoaded': {
      const known = timeline.status === 'ready' ? timeline.entries : []
      return { status: 'ready', entries: merge(known, event.entries), earlier: event.earlier }
    }
    case 'reloaded':
      return renewed(timeline.status === 'ready' ? timeline : null, event)
    case 'arrived':
      return timeline.status === 'ready'
        ? { ...timeline, entries: merge(timeline.entries, [event.entry]) }
        : timeline
    case 'left':
      return timeline.status === 'ready'
        ? { ...timeline, entries: timeline.entries.filter((one) => one.position !== event.entry.position) }
        : timeline
  }
}

/**
 * What the page covers stands as the page says: of a contact that moved to another customer nothing is left behind, and
 * old entries of one that moved here come in. What arrived meanwhile, and what was loaded of earlier days, stays.
 */
function renewed(
  known: Extract<Timeline, { status: 'ready' }> | null,
  page: { readonly entries: readonly Entry[]; readonly earlier: string | null },
): Timeline {
  const newest = page.entries[0]?.position
  const oldest = page.entries.at(-1)?.position
  if (known === null || newest === undefined || oldest === undefined)
    return { status: 'ready', entries: page.entries, earlier: page.earlier }
  const meanwhile = known.entries.filter((entry) => comparePositions(entry.position, newest) > 0)
  const before =
    page.earlier === null ? [] : known.entries.filter((entry) => comparePositions(entry.position, oldest) < 0)
  return {
    status: 'ready',
    entries: merge([...meanwhile, ...before], page.entries),
    earlier: before.length > 0 ? known.earlier : page.earlier,
  }
}

/** Whether an event brings entries along that are older than itself. */
export const bringsOthers = (entry: Pick<Entry, 'type'>) => entry.type === 'InteractionCustomerChosen'

function merge(known: readonly Entry[], more: readonly Entry[]): readonly Entry[] {
  const byPosition = new Map<string, Entry>()
  for (const entry of [...known, ...more]) byPosition.set(entry.position, entry)
  return [...byPosition.values()].sort((a, b) => comparePositions(b.position, a.position))
}
