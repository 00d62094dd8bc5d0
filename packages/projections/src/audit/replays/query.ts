import type { ReplayId } from '@centralino/domain'
import type { Kysely } from 'kysely'
import { paged, rowsToFetch } from '../../read-model-store/page.ts'
import type { ReadModelTables, Row } from '../../read-model-store/tables.ts'
import type { Page, Paged } from '../../read-models.ts'

type Db = Kysely<ReadModelTables>

/** Of one replay's looks, as many as a person can read. */
const LISTED = 1_000

export const replays = async (db: Db, page: Page): Promise<Paged<Row<'replay'>>> => {
  let query = db.selectFrom('replay').selectAll()
  if (page.after !== undefined) {
    const [at = '', id = ''] = page.after.split('|', 2)
    query = query.where((eb) =>
      eb.or([
        eb('opened_at', '<', at as Row<'replay'>['opened_at']),
        eb.and([
          eb('opened_at', '=', at as Row<'replay'>['opened_at']),
          eb('replay_id', '<', id as ReplayId),
        ]),
      ]),
    )
  }
  const rows = await query
    .orderBy('opened_at', 'desc')
    .orderBy('replay_id', 'desc')
    .limit(rowsToFetch(page))
    .execute()
  return paged(rows, page)
}

/** In the order in which they were first looked at. */
export const looksIn = (db: Db, id: ReplayId): Promise<readonly Row<'look'>[]> =>
  db
    .selectFrom('look')
    .selectAll()
    .where('replay_id', '=', id)
    .orderBy('at')
    .orderBy('look')
    .limit(LISTED)
    .execute()
