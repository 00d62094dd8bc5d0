import type { InteractionId } from '@centralino/domain'
import type { Kysely } from 'kysely'
import type { ReadModelTables, Row } from '../../read-model-store/tables.ts'

type Db = Kysely<ReadModelTables>

/** The call that carries an interaction, the customer's leg first. Null for a mail. */
export const callOf = async (
  db: Db,
  id: InteractionId,
): Promise<{ call: Row<'call'>; legs: readonly Row<'leg'>[] } | null> => {
  const call = await db
    .selectFrom('interaction')
    .innerJoin('call', 'call.call_id', 'interaction.call_id')
    .selectAll('call')
    .where('interaction.interaction_id', '=', id)
    .executeTakeFirst()
  if (call === undefined) return null
  const legs = await db
    .selectFrom('leg')
    .selectAll()
    .where('call_id', '=', call.call_id)
    .orderBy('party', 'desc')
    .orderBy('leg_id')
    .execute()
  return { call, legs }
}
