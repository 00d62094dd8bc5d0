import type { KnownEvent, RecordedEvent } from '@centralino/domain'
import type { Rows } from '../read-model-store/rows.ts'
import type { TableDefinition } from '../read-model-store/table-definition.ts'

export type KnownType = KnownEvent['type']

export type DataOf<Type extends KnownType> = Extract<KnownEvent, { type: Type }>['data']

/** Folds one event into rows. Pure over them: no clock, no randomness, no I/O. */
export type Handler<Type extends KnownType> = (data: DataOf<Type>, rows: Rows, event: RecordedEvent) => void

export type Handlers = { readonly [Type in KnownType]?: Handler<Type> }

/** A view's writing half: the tables it alone writes, and how each event changes them. */
export type Projection = {
  readonly name: string
  readonly tables: readonly TableDefinition[]
  readonly on: Handlers
}
