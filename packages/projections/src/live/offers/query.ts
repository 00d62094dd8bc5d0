import type { InteractionId, OfferId } from '@centralino/domain'
import type { Kysely } from 'kysely'
import type { ReadModelTables, Row } from '../../read-model-store/tables.ts'

type Db = Kysely<ReadModelTables>

export const offer = async (db: Db, id: OfferId): Promise<Row<'offer'> | null> =>
  (await db.selectFrom('offer').selectAll().where('offer_id', '=', id).executeTakeFirst()) ?? null

/** Oldest first. */
export const offersOf = (db: Db, id: InteractionId): Promise<readonly Row<'offer'>[]> =>
  db
    .selectFrom('offer')
    .selectAll()
    .where('interaction_id', '=', id)
    .orderBy('offered_at')
    .orderBy('offer_id')
    .execute()
