import type { Row, TableName } from './tables.ts'

/** What SQLite and PostgreSQL both store without a change: text and whole numbers. */
type ColumnType<Value> = [Extract<Value, string>] extends [never] ? 'integer' : 'text'

/** `text`, or `text null` exactly where the row's type allows null: the two cannot disagree. */
export type ColumnOf<Value> = null extends Value ? `${ColumnType<Value>} null` : ColumnType<Value>

export type AnyColumn = 'text' | 'text null' | 'integer' | 'integer null'

/** Which ids of a changed row the listeners are told. */
export type NotifiedColumn = 'customer_id' | 'interaction_id' | 'agent_id' | 'queue_id' | 'thread_id'

export type IndexDefinition = {
  readonly name: string
  readonly columns: readonly string[]
  /** Condition of a partial index, in SQL that both databases read. */
  readonly where?: string
}

export type TableDefinition<Name extends TableName = TableName> = {
  readonly name: Name
  readonly columns: Readonly<Record<string, AnyColumn>>
  readonly key: readonly string[]
  readonly indexes: readonly IndexDefinition[]
  readonly notifies: readonly NotifiedColumn[]
  /** Rows are only added, and seldom moved: none is kept in memory after it was written. */
  readonly appendOnly: boolean
}

/** Defines a table; every column of its row type must be there, with the type and nullability it has. */
export const defineTable = <Name extends TableName>(
  name: Name,
  definition: {
    readonly columns: { readonly [C in keyof Row<Name>]: ColumnOf<Row<Name>[C]> }
    readonly key: readonly (keyof Row<Name> & string)[]
    readonly indexes?: readonly (IndexDefinition & {
      readonly columns: readonly (keyof Row<Name> & string)[]
    })[]
    readonly notifies?: readonly (keyof Row<Name> & NotifiedColumn)[]
    readonly appendOnly?: boolean
  },
): TableDefinition<Name> => ({
  name,
  columns: definition.columns as Readonly<Record<string, AnyColumn>>,
  key: definition.key,
  indexes: definition.indexes ?? [],
  notifies: definition.notifies ?? [],
  appendOnly: definition.appendOnly ?? false,
})
