import type { CustomerId } from '@centralino/domain'
import type { Kysely } from 'kysely'
import { paged, rowsToFetch } from '../../read-model-store/page.ts'
import type { ReadModelTables, Row } from '../../read-model-store/tables.ts'
import type { Page, Paged } from '../../read-models.ts'

type Db = Kysely<ReadModelTables>

/** A live subscription that is further behind than this reads on from the last entry it got. */
const LONGEST_CATCH_UP = 1_000

export const timeline = async (db: Db, id: CustomerId, page: Page): Promise<Paged<Row<'timeline_entry'>>> => {
  let query = db.selectFrom('timeline_entry').selectAll().where('customer_id', '=', id)
  if (page.after !== undefined) query = query.where('position', '<', page.after)
  return paged(await query.orderBy('position', 'desc').limit(rowsToFetch(page)).execute(), page)
}

/** At most 1,000. */
export const timelineSince = (
  db: Db,
  id: CustomerId,
  position: string,
): Promise<readonly Row<'timeline_entry'>[]> =>
  db
    .selectFrom('timeline_entry')
    .selectAll()
    .where('customer_id', '=', id)
    .where('position', '>', position)
    .orderBy('position')
    .limit(LONGEST_CATCH_UP)
    .execute()
