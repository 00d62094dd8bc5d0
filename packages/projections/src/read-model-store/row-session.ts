import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { type AnyRow, type RowStatements, rowStatements } from './row-statements.ts'
import type { Rows, Touched } from './rows.ts'
import type { NotifiedColumn, TableDefinition } from './table-definition.ts'
import type { ReadModelTables, Row, TableName } from './tables.ts'

/** Rows of one table kept between batches; beyond it all are forgotten (they are on disk). About 1 kB each. */
const KEPT_ROWS = 10_000

const SEPARATOR = '\u0000'

type TableSession = {
  readonly definition: TableDefinition
  readonly statements: RowStatements
  /** By key; null: known not to be there. */
  readonly rows: Map<string, AnyRow | null>
  /** Keys to be written. */
  readonly dirty: Map<string, readonly string[]>
  /** Rows of an append-only table that are to be written, in their order: none is looked for by its key before it is. */
  added: AnyRow[]
}

const emptyTouched = (): Touched => ({
  customerIds: new Set(),
  interactionIds: new Set(),
  agentIds: new Set(),
  queueIds: new Set(),
  threadIds: new Set(),
})

const NOTIFIED = {
  customer_id: 'customerIds',
  interaction_id: 'interactionIds',
  agent_id: 'agentIds',
  queue_id: 'queueIds',
  thread_id: 'threadIds',
} as const satisfies Record<NotifiedColumn, keyof Touched>

/**
 * A write-back cache over the tables. It is sound because the read models have one writer. A row that many events of a batch
 * change is written once. (PostgreSQL's answer will be asynchronous: there a miss ends the attempt, its row is loaded
 * and the batch, being pure over this cache, is folded again.)
 */
export class RowSession implements Rows {
  #touched = emptyTouched()
  readonly #tables = new Map<TableName, TableSession>()

  constructor(
    database: DatabaseSync,
    kysely: Kysely<ReadModelTables>,
    definitions: readonly TableDefinition[],
  ) {
    for (const definition of definitions)
      this.#tables.set(definition.name, {
        definition,
        statements: rowStatements(database, kysely, definition),
        rows: new Map(),
        dirty: new Map(),
        added: [],
      })
  }

  get touched(): Touched {
    return this.#touched
  }

  get<Name extends TableName>(name: Name, ...key: readonly string[]): Row<Name> | null {
    const table = this.#table(name)
    const cacheKey = key.length === 1 ? (key[0] as string) : key.join(SEPARATOR)
    const known = table.rows.get(cacheKey)
    if (known !== undefined) return known as Row<Name> | null
    this.#writeAdded(table)
    const row = table.statements.read(key)
    table.rows.set(cacheKey, row)
    return row as Row<Name> | null
  }

  put<Name extends TableName>(name: Name, row: Row<Name>): void {
    const table = this.#table(name)
    const values = row as AnyRow
    if (table.definition.appendOnly) {
      if (table.rows.size > 0) {
        // What was read or removed by its key may be this row.
        this.#write(table)
        table.rows.clear()
      }
      this.#touch(table.definition, values)
      table.added.push(values)
      return
    }
    const columns = table.definition.key
    const key =
      columns.length === 1
        ? [values[columns[0] as string] as string]
        : columns.map((column) => values[column] as string)
    const cacheKey = key.length === 1 ? (key[0] as string) : key.join(SEPARATOR)
    const before = table.rows.get(cacheKey)
    if (before) this.#touch(table.definition, before)
    this.#touch(table.definition, values)
    table.rows.set(cacheKey, values)
    table.dirty.set(cacheKey, key)
  }

  patch<Name extends TableName>(name: Name, key: string, change: Partial<Row<Name>>): void {
    const row = this.get(name, key)
    if (row !== null) this.put(name, { ...row, ...change })
  }

  remove(name: TableName, ...key: readonly string[]): void {
    const row = this.get(name, ...key)
    if (row === null) return
    const table = this.#table(name)
    this.#touch(table.definition, row as AnyRow)
    const cacheKey = key.join(SEPARATOR)
    table.rows.set(cacheKey, null)
    table.dirty.set(cacheKey, key)
  }

  where<Name extends TableName>(name: Name, match: Partial<Row<Name>>): readonly Row<Name>[] {
    const table = this.#table(name)
    this.#write(table)
    return table.statements.readWhere(match as AnyRow) as readonly Row<Name>[]
  }

  /** Writes all that changed; call it inside the transaction. */
  flush(): void {
    for (const table of this.#tables.values()) this.#write(table)
  }

  /** After the commit: what the batch touched. */
  committed(): Touched {
    for (const table of this.#tables.values()) if (table.rows.size > KEPT_ROWS) table.rows.clear()
    const touched = this.#touched
    this.#touched = emptyTouched()
    return touched
  }

  /** After a rollback: nothing in memory can be trusted. */
  forget(): void {
    for (const table of this.#tables.values()) {
      table.rows.clear()
      table.dirty.clear()
      table.added = []
    }
    this.#touched = emptyTouched()
  }

  #table(name: TableName): TableSession {
    const table = this.#tables.get(name)
    if (table === undefined) throw new Error(`no view defines the table ${name}`)
    return table
  }

  #write(table: TableSession): void {
    for (const [cacheKey, key] of table.dirty) {
      const row = table.rows.get(cacheKey)
      if (row) table.statements.upsert(row)
      else table.statements.remove(key)
    }
    if (table.definition.appendOnly) for (const cacheKey of table.dirty.keys()) table.rows.delete(cacheKey)
    table.dirty.clear()
    this.#writeAdded(table)
  }

  #writeAdded(table: TableSession): void {
    if (table.added.length === 0) return
    for (const row of table.added) table.statements.upsert(row)
    table.added = []
  }

  #touch(definition: TableDefinition, row: AnyRow): void {
    for (const column of definition.notifies) {
      const id = row[column]
      if (id !== null) (this.#touched[NOTIFIED[column]] as Set<unknown>).add(id)
    }
  }
}
