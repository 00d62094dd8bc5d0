import type { CreateTableBuilder, Kysely } from 'kysely'
import { sql } from 'kysely'
import type { TableDefinition } from './table-definition.ts'
import type { ReadModelTables } from './tables.ts'

/**
 * The statements that make a table and its indexes, in the SQL of `db`'s dialect. Only what PostgreSQL takes as well: text and
 * integer columns, named constraints and indexes. (There, give the database the `C` collation: positions and instants
 * are compared byte by byte.)
 */
export const ddlOf = (db: Kysely<ReadModelTables>, table: TableDefinition): readonly string[] => {
  // The builder collects column names in its type; ours come from the definition, which was checked.
  let create = db.schema.createTable(table.name) as CreateTableBuilder<string, string>
  for (const [column, type] of Object.entries(table.columns))
    create = create.addColumn(column, type.startsWith('text') ? 'text' : 'integer', (definition) =>
      type.endsWith('null') ? definition : definition.notNull(),
    )
  const made = create.addPrimaryKeyConstraint(`${table.name}_key`, [...table.key] as [string]).compile().sql
  const indexes = table.indexes.map((index) => {
    const builder = db.schema
      .createIndex(index.name)
      .on(table.name)
      .columns([...index.columns])
    const limited = index.where === undefined ? builder : builder.where(sql.raw<boolean>(index.where))
    return limited.compile().sql
  })
  return [made, ...indexes]
}
