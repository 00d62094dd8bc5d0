import type { AgentId, CustomerId, Instant, InteractionId } from '@centralino/domain'
import type { Kysely } from 'kysely'
import { fromJson } from '../../read-model-store/json.ts'
import { paged, rowsToFetch } from '../../read-model-store/page.ts'
import type { ReadModelTables, Row } from '../../read-model-store/tables.ts'
import type { Inbox, Page, Paged } from '../../read-models.ts'
import { queues } from '../queue-board/query.ts'
import { agent } from '../roster/query.ts'

type Db = Kysely<ReadModelTables>

/** As much of the queues as a person scrolls through. */
const LISTED = 200

export const interaction = async (db: Db, id: InteractionId): Promise<Row<'interaction'> | null> =>
  (await db.selectFrom('interaction').selectAll().where('interaction_id', '=', id).executeTakeFirst()) ?? null

/** Newest first; the cursor is `opened_at|interaction_id`. */
export const interactions = async (
  db: Db,
  id: CustomerId,
  page: Page,
): Promise<Paged<Row<'interaction'>>> => {
  let query = db.selectFrom('interaction').selectAll().where('customer_id', '=', id)
  if (page.after !== undefined) {
    const [openedAt = '', interactionId = ''] = page.after.split('|')
    query = query.where((eb) =>
      eb(
        eb.refTuple('opened_at', 'interaction_id'),
        '<',
        eb.tuple(openedAt as Row<'interaction'>['opened_at'], interactionId as InteractionId),
      ),
    )
  }
  const rows = await query
    .orderBy('opened_at', 'desc')
    .orderBy('interaction_id', 'desc')
    .limit(rowsToFetch(page))
    .execute()
  return paged(rows, page)
}

export const contactsSince = async (db: Db, id: CustomerId, since: Instant): Promise<number> => {
  const { contacts } = await db
    .selectFrom('interaction')
    .select((eb) => eb.fn.countAll<number>().as('contacts'))
    .where('customer_id', '=', id)
    .where('opened_at', '>=', since)
    .executeTakeFirstOrThrow()
  return contacts
}

/** Best first. */
export const candidates = (db: Db, id: InteractionId): Promise<readonly Row<'interaction_candidate'>[]> =>
  db
    .selectFrom('interaction_candidate')
    .selectAll()
    .where('interaction_id', '=', id)
    .orderBy('rank')
    .orderBy('customer_id')
    .execute()

/**
 * `mine`: being handled or wrapped up, oldest first. `waiting`: what waits or is offered to somebody else, of the queues whose
 * skills the agent has, in the order the floor serves it.
 */
export const inbox = async (db: Db, id: AgentId): Promise<Inbox> => {
  const mine = await db
    .selectFrom('interaction')
    .selectAll()
    .where('agent_id', '=', id)
    .where('closed_at', 'is', null)
    .where('status', 'in', ['handling', 'wrapUp'])
    .orderBy('handling_started_at')
    .orderBy('interaction_id')
    .limit(LISTED)
    .execute()
  const me = await agent(db, id)
  if (me === null) return { mine, waiting: [] }
  const skills = new Set(fromJson(me.skills))
  const served = (await queues(db))
    .filter((queue) => fromJson(queue.required_skills).every((skill) => skills.has(skill)))
    .map((queue) => queue.queue_id)
  if (served.length === 0) return { mine, waiting: [] }
  const waiting = await db
    .selectFrom('waiting')
    .innerJoin('interaction', 'interaction.interaction_id', 'waiting.interaction_id')
    .selectAll('interaction')
    .where('waiting.queue_id', 'in', served)
    .where('waiting.handled_by', 'is', null)
    .where((eb) =>
      me.offer_id === null
        ? eb.lit(true)
        : eb.or([eb('waiting.offer_id', 'is', null), eb('waiting.offer_id', '!=', me.offer_id)]),
    )
    .orderBy('waiting.place')
    .orderBy('waiting.counts_from')
    .orderBy('waiting.interaction_id')
    .limit(LISTED)
    .execute()
  return { mine, waiting }
}
