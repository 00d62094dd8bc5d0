import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { Kysely, SqliteDialect } from 'kysely'
import { sqliteValue } from './sqlite-value.ts'
import type { ReadModelTables } from './tables.ts'

/** More different queries than the read models have; what is beyond is prepared again. */
const PREPARED_LIMIT = 200

/**
 * Kysely over a `DatabaseSync` that the caller owns and closes. Kysely's SQLite dialect expects better-sqlite3: parameters as
 * one list, and a `reader` flag on statements that give rows.
 */
export const kyselyOver = (database: DatabaseSync): Kysely<ReadModelTables> => {
  const prepared = new Map<string, StatementSync>()
  const prepare = (sql: string): StatementSync => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const statement = database.prepare(sql)
    if (prepared.size >= PREPARED_LIMIT) prepared.clear()
    prepared.set(sql, statement)
    return statement
  }
  const values = (parameters: readonly unknown[]) =>
    parameters.map((parameter, index) => sqliteValue(parameter, `parameter ${index + 1}`))

  return new Kysely<ReadModelTables>({
    dialect: new SqliteDialect({
      database: {
        close: () => prepared.clear(),
        prepare: (sql) => {
          const statement = prepare(sql)
          return {
            reader: statement.columns().length > 0,
            all: (parameters) => statement.all(...values(parameters)),
            run: (parameters) => statement.run(...values(parameters)),
            iterate: (parameters) => database.prepare(sql).iterate(...values(parameters)),
          }
        },
      },
    }),
  })
}
