import type { EventStore } from '@centralino/event-store'
import type { StartsAfter } from './stream-request.ts'

export type StartPosition =
  /** Null: from the log's beginning. */
  | { readonly position: string | null }
  | { readonly code: 'BAD_POSITION' | 'POSITION_AHEAD'; readonly at: 'from' }

/** A position of another store, or past the log's end, is refused: a stream from there would never say a word. */
export const resolveStart = async (
  store: Pick<EventStore, 'readAll'>,
  startsAfter: StartsAfter,
): Promise<StartPosition> => {
  if (startsAfter === 'start') return { position: null }
  const head = await headOf(store)
  if (startsAfter === 'now') return { position: head }
  const { position } = startsAfter
  if (head !== null && digitsOf(head) !== digitsOf(position)) return { code: 'BAD_POSITION', at: 'from' }
  if (head === null || position > head) return { code: 'POSITION_AHEAD', at: 'from' }
  return { position }
}

const digitsOf = (position: string): number | undefined => position.split('.')[0]?.length

const headOf = async (store: Pick<EventStore, 'readAll'>): Promise<string | null> => {
  for await (const { position } of store.readAll({ direction: 'backwards', limit: 1 })) return position
  return null
}
