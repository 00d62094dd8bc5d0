import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { type SqliteValue, sqliteValue } from './sqlite-value.ts'
import type { TableDefinition } from './table-definition.ts'
import type { ReadModelTables } from './tables.ts'

export type AnyRow = Readonly<Record<string, unknown>>

/** A table's prepared statements, compiled by Kysely once, so that each row costs one call. */
export type RowStatements = {
  read(key: readonly string[]): AnyRow | null
  /** Rows that equal `match` in all its columns, in key order. */
  readWhere(match: AnyRow): readonly AnyRow[]
  upsert(row: AnyRow): void
  remove(key: readonly string[]): void
}

export const rowStatements = (
  database: DatabaseSync,
  kysely: Kysely<ReadModelTables>,
  table: TableDefinition,
): RowStatements => {
  const { ref, table: named } = kysely.dynamic
  const columns = Object.keys(table.columns)
  const rest = columns.filter((column) => !table.key.includes(column))
  const labels = columns.map((column) => `${table.name}.${column}`)
  const byKey = Object.fromEntries(table.key.map((column) => [column, '']))

  const reads = new Map<string, StatementSync>()
  const selectBy = (by: readonly string[]): StatementSync => {
    const name = by.join()
    const known = reads.get(name)
    if (known !== undefined) return known
    let query = kysely.selectFrom(named(table.name).as('t')).select(columns.map((column) => ref(column)))
    for (const column of by) query = query.where(ref(column), '=', '')
    for (const column of table.key) query = query.orderBy(ref(column))
    const statement = database.prepare(query.compile().sql)
    reads.set(name, statement)
    return statement
  }

  const read = selectBy(table.key)
  const insert = kysely
    .insertInto(table.name)
    .values(Object.fromEntries(columns.map((column) => [column, ''])) as never)
    .onConflict((conflict) => {
      const on = conflict.columns(table.key as never)
      return rest.length === 0
        ? on.doNothing()
        : on.doUpdateSet(
            (eb) =>
              Object.fromEntries(
                rest.map((column) => [column, eb.ref(`excluded.${column}` as never)]),
              ) as never,
          )
    })
  const upsert = database.prepare(insert.compile().sql)
  let removal = kysely.deleteFrom(table.name)
  for (const column of Object.keys(byKey)) removal = removal.where(ref(column) as never, '=', '' as never)
  const remove = database.prepare(removal.compile().sql)

  return {
    read: (key) => (read.get(...key) as AnyRow | undefined) ?? null,
    readWhere(match) {
      const by = Object.keys(match)
      const values = by.map((column) => sqliteValue(match[column], `${table.name}.${column}`))
      return selectBy(by).all(...values) as AnyRow[]
    },
    upsert(row) {
      const values: SqliteValue[] = []
      for (let i = 0; i < columns.length; i++)
        values.push(sqliteValue(row[columns[i] as string], labels[i] as string))
      upsert.run(...values)
    },
    remove: (key) => {
      remove.run(...key)
    },
  }
}
