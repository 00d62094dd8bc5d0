import type { CustomerId } from '@centralino/domain'
import type { Kysely } from 'kysely'
import { CHECKPOINT } from '../../projector/checkpoint.ts'
import { paged, rowsToFetch } from '../../read-model-store/page.ts'
import type { ReadModelTables, Row } from '../../read-model-store/tables.ts'
import type { Page, Paged, TimelineNews } from '../../read-models.ts'

type Db = Kysely<ReadModelTables>

/** A live subscription that is further behind than this reads on from the last entry it got. */
const LONGEST_CATCH_UP = 1_000

export const timeline = async (db: Db, id: CustomerId, page: Page): Promise<Paged<Row<'timeline_entry'>>> => {
  let query = db.selectFrom('timeline_entry').selectAll().where('customer_id', '=', id)
  if (page.after !== undefined) query = query.where('position', '<', page.after)
  return paged(await query.orderBy('position', 'desc').limit(rowsToFetch(page)).execute(), page)
}

/**
 * Everything up to the checkpoint read first, so that what is committed between one query and the next is left to the
 * next time instead of being passed over.
 */
export const timelineSince = async (db: Db, id: CustomerId, position: string): Promise<TimelineNews> => {
  const checkpoint = await checkpointOf(db, position)
  const appended = await db
    .selectFrom('timeline_entry')
    .selectAll()
    .where('customer_id', '=', id)
    .where('position', '>', position)
    .where('position', '<=', checkpoint)
    .orderBy('position')
    .limit(LONGEST_CATCH_UP)
    .execute()
  const last = appended.length === LONGEST_CATCH_UP ? appended.at(-1) : undefined
  const until = last?.position ?? checkpoint
  const moved = await movedBetween(db, id, position, until)
  const byPosition = new Map([...appended, ...moved].map((entry) => [entry.position, entry]))
  const entries = [...byPosition.values()].sort((one, other) => (one.position < other.position ? -1 : 1))
  return { entries, position: until }
}

/** Whole contacts, since their old entries moved along; with the customer that they have now. */
const movedBetween = (
  db: Db,
  id: CustomerId,
  after: string,
  until: string,
): Promise<readonly Row<'timeline_entry'>[]> =>
  db
    .selectFrom('timeline_move as move')
    .innerJoin('interaction', 'interaction.interaction_id', 'move.interaction_id')
    .innerJoin('timeline_entry as entry', (join) =>
      join
        .onRef('entry.customer_id', '=', 'interaction.customer_id')
        .onRef('entry.interaction_id', '=', 'interaction.interaction_id'),
    )
    .selectAll('entry')
    .where('move.customer_id', '=', id)
    .where('move.position', '>', after)
    .where('move.position', '<=', until)
    .where('entry.position', '<=', until)
    .execute()

/** Not before `position`: read models that are folded anew may be behind what was told. */
const checkpointOf = async (db: Db, position: string): Promise<string> => {
  const row = await db
    .selectFrom('checkpoint')
    .select('position')
    .where('projection', '=', CHECKPOINT)
    .executeTakeFirst()
  const folded = row?.position ?? position
  return folded < position ? position : folded
}
