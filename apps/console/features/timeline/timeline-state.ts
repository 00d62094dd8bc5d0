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
  | { readonly type: 'failed' }
  | { readonly type: 'arrived'; readonly entry: Entry }

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
    case 'arrived':
      return timeline.status === 'ready'
        ? { ...timeline, entries: merge(timeline.entries, [event.entry]) }
        : timeline
  }
}

function merge(known: readonly Entry[], more: readonly Entry[]): readonly Entry[] {
  const byPosition = new Map<string, Entry>()
  for (const entry of [...known, ...more]) byPosition.set(entry.position, entry)
  return [...byPosition.values()].sort((a, b) => comparePositions(b.position, a.position))
}
