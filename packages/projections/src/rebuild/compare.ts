import type { DatabaseSync } from 'node:sqlite'
import { allTables } from '../projector/projections.ts'
import type { TableDefinition } from '../read-model-store/table-definition.ts'
import type { TableName } from '../read-model-store/tables.ts'

type Value = string | number | bigint | null | Uint8Array
type AnyRow = Readonly<Record<string, Value>>

/** Where two tables part first, in key order. */
export type Difference = {
  readonly key: Readonly<Record<string, Value>>
  readonly kind: 'onlyLive' | 'onlyRebuilt' | 'differs'
  /** The columns that differ; empty when the row is on one side only. */
  readonly columns: readonly { readonly column: string; readonly live: Value; readonly rebuilt: Value }[]
}

export type TableComparison = {
  readonly table: TableName
  /** Rows of the rebuilt table. */
  readonly rows: number
  readonly equal: boolean
  readonly firstDifference?: Difference
}

/** Row for row over all tables. Both databases must stand at the same position of the log. */
export const compare = (live: DatabaseSync, rebuilt: DatabaseSync): readonly TableComparison[] =>
  allTables.map((table) => compareTable(live, rebuilt, table))

const compareTable = (live: DatabaseSync, rebuilt: DatabaseSync, table: TableDefinition): TableComparison => {
  const columns = Object.keys(table.columns)
  const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')
  const sql = `select ${quoted(columns)} from "${table.name}" order by ${quoted(table.key)}`
  const ours = live.prepare(sql).iterate() as Iterator<AnyRow>
  const theirs = rebuilt.prepare(sql).iterate() as Iterator<AnyRow>

  let rows = 0
  let firstDifference: Difference | undefined
  let left = next(ours)
  let right = next(theirs)
  while (left !== null || right !== null) {
    const order = compareKeys(table.key, left, right)
    if (order >= 0) rows++
    if (firstDifference === undefined) firstDifference = difference(table, columns, order, left, right)
    if (order <= 0) left = next(ours)
    if (order >= 0) right = next(theirs)
  }
  const { name } = table
  return firstDifference === undefined
    ? { table: name, rows, equal: true }
    : { table: name, rows, equal: false, firstDifference }
}

const next = (rows: Iterator<AnyRow>): AnyRow | null => {
  const result = rows.next()
  return result.done === true ? null : result.value
}

/** Below 0: the left row comes first, or is the only one left. Keys are text, ordered as both databases order it, by bytes. */
const compareKeys = (key: readonly string[], left: AnyRow | null, right: AnyRow | null): number => {
  if (right === null) return -1
  if (left === null) return 1
  for (const column of key) {
    if (left[column] === right[column]) continue
    const order = Buffer.compare(Buffer.from(String(left[column])), Buffer.from(String(right[column])))
    if (order !== 0) return order
  }
  return 0
}

const keyOf = (key: readonly string[], row: AnyRow): AnyRow =>
  Object.fromEntries(key.map((column) => [column, row[column] ?? null]))

const difference = (
  table: TableDefinition,
  columns: readonly string[],
  order: number,
  left: AnyRow | null,
  right: AnyRow | null,
): Difference | undefined => {
  if (left !== null && order < 0) return { key: keyOf(table.key, left), kind: 'onlyLive', columns: [] }
  if (right !== null && order > 0) return { key: keyOf(table.key, right), kind: 'onlyRebuilt', columns: [] }
  if (left === null || right === null) return undefined
  const differing = columns
    .filter((column) => left[column] !== right[column])
    .map((column) => ({ column, live: left[column] ?? null, rebuilt: right[column] ?? null }))
  return differing.length === 0
    ? undefined
    : { key: keyOf(table.key, left), kind: 'differs', columns: differing }
}
