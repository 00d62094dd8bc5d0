import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { ddlOf } from '../read-model-store/ddl.ts'
import type { TableDefinition } from '../read-model-store/table-definition.ts'
import type { ReadModelTables } from '../read-model-store/tables.ts'

/** Raise it when a rule in a `project.ts` changes what it writes: rows made by the old rule are then folded anew. */
const RULES = 2

/** Names the tables and rules in force; a changed column, index or `RULES` changes it. */
export const viewsVersion = (db: Kysely<ReadModelTables>, tables: readonly TableDefinition[]): string => {
  const ddl = tables.flatMap((table) => ddlOf(db, table)).join(';\n')
  return createHash('sha256').update(`${RULES}\n${ddl}`).digest('hex').slice(0, 16)
}
