import type { Failure } from '../../sqlite/failure.ts'

export type EventIdsData = {
  /** The index's file; `:memory:` for one that is built anew each time. */
  readonly path: string
}

export type IdAndPosition = readonly [id: string, position: string]

/** The last event added, and where its stream has it: so the index can be told from one of another log. */
export type NewestEvent = {
  readonly id: string
  readonly position: string
  readonly stream: string
  readonly revision: bigint
}

export type ToEventIds =
  | {
      readonly kind: 'add'
      readonly number: number
      readonly events: readonly IdAndPosition[]
      readonly newest: NewestEvent
    }
  | { readonly kind: 'find'; readonly number: number; readonly ids: readonly string[] }
  | { readonly kind: 'newest'; readonly number: number }
  | { readonly kind: 'clear'; readonly number: number }
  | { readonly kind: 'close' }

export type FromEventIds =
  | { readonly kind: 'done'; readonly number: number; readonly found: readonly (string | null)[] }
  | { readonly kind: 'newest'; readonly number: number; readonly newest: NewestEvent | null }
  | { readonly kind: 'failed'; readonly number: number; readonly failure: Failure }
  | { readonly kind: 'closed' }
