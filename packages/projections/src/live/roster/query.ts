import type { AgentId } from '@centralino/domain'
import type { Kysely } from 'kysely'
import type { ReadModelTables, Row } from '../../read-model-store/tables.ts'

type Db = Kysely<ReadModelTables>

/** Who works here, by name. */
export const agents = (db: Db): Promise<readonly Row<'agent'>[]> =>
  db
    .selectFrom('agent')
    .selectAll()
    .where('left_at', 'is', null)
    .orderBy('name')
    .orderBy('agent_id')
    .execute()

/** Also somebody who has left: old events name them. */
export const agent = async (db: Db, id: AgentId): Promise<Row<'agent'> | null> =>
  (await db.selectFrom('agent').selectAll().where('agent_id', '=', id).executeTakeFirst()) ?? null
