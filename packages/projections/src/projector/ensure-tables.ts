import type { DatabaseSync } from 'node:sqlite'
import type { Kysely } from 'kysely'
import { ddlOf } from '../read-model-store/ddl.ts'
import type { TableDefinition } from '../read-model-store/table-definition.ts'
import type { ReadModelTables } from '../read-model-store/tables.ts'
import { ReadModelsError } from '../read-models-error.ts'
import { CHECKPOINT } from './checkpoint.ts'
import { viewsVersion } from './views-version.ts'

const tableNames = (database: DatabaseSync): readonly string[] =>
  database
    .prepare(`select name from sqlite_master where type = 'table' and name not like 'sqlite_%'`)
    .all()
    .map(({ name }) => String(name))

/** Null where the database has no checkpoint of ours. */
export const checkpointOf = (database: DatabaseSync): { version: string; position: string | null } | null => {
  const columns = database.prepare(`select name from pragma_table_info('checkpoint')`).all()
  if (!columns.some(({ name }) => name === 'views_version')) return null
  const row = database
    .prepare('select position, views_version from checkpoint where projection = ?')
    .get(CHECKPOINT)
  if (row === undefined) return null
  const { position, views_version } = row
  return { version: String(views_version), position: typeof position === 'string' ? position : null }
}

/**
 * Gives the checkpoint to resume from. Tables made by other definitions or rules are dropped and made anew, with the checkpoint at
 * the beginning: the log fills them again. Throws `FOREIGN_FILE` on a database that is not of the read models.
 */
export const ensureTables = (
  database: DatabaseSync,
  kysely: Kysely<ReadModelTables>,
  tables: readonly TableDefinition[],
): { version: string; position: string | null } => {
  const version = viewsVersion(kysely, tables)
  const there = tableNames(database)
  if (there.length > 0 && !there.includes('checkpoint'))
    throw new ReadModelsError('FOREIGN_FILE', 'the database holds tables, but none of the read models')
  const stored = there.length > 0 ? checkpointOf(database) : null
  if (stored !== null && stored.version === version) return stored

  database.exec('begin immediate')
  for (const name of there) database.exec(`drop table "${name.replaceAll('"', '""')}"`)
  for (const table of tables) for (const statement of ddlOf(kysely, table)) database.exec(statement)
  database
    .prepare('insert into checkpoint (projection, position, views_version) values (?, null, ?)')
    .run(CHECKPOINT, version)
  database.exec('commit')
  return { version, position: null }
}
