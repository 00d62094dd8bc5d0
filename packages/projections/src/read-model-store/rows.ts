import type { AgentId, CustomerId, InteractionId, QueueId, ThreadId } from '@centralino/domain'
import type { Row, TableName } from './tables.ts'

/** The ids whose rows a batch changed. */
export type Touched = {
  readonly customerIds: Set<CustomerId>
  readonly interactionIds: Set<InteractionId>
  readonly agentIds: Set<AgentId>
  readonly queueIds: Set<QueueId>
  readonly threadIds: Set<ThreadId>
}

/**
 * What a projection reads and writes while a batch is folded: rows by key, kept in memory and written together with
 * the checkpoint. Rows are values: change one by putting its successor.
 */
export type Rows = {
  get<Name extends TableName>(table: Name, ...key: readonly string[]): Row<Name> | null
  put<Name extends TableName>(table: Name, row: Row<Name>): void
  /** Puts the row with some columns changed; nothing when there is no such row. */
  patch<Name extends TableName>(table: Name, key: string, change: Partial<Row<Name>>): void
  remove(table: TableName, ...key: readonly string[]): void
  /** Rows that equal `match` in all its columns, in key order. Costs a query: for what happens seldom. */
  where<Name extends TableName>(table: Name, match: Partial<Row<Name>>): readonly Row<Name>[]
  readonly touched: Touched
}
