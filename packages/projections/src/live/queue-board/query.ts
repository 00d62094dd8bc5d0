import type { QueueId } from '@centralino/domain'
import type { Kysely } from 'kysely'
import { fromJson } from '../../read-model-store/json.ts'
import type { ReadModelTables, Row } from '../../read-model-store/tables.ts'
import type { QueueBoardRow } from '../../read-models.ts'

type Db = Kysely<ReadModelTables>

export const queues = (db: Db): Promise<readonly Row<'queue'>[]> =>
  db.selectFrom('queue').selectAll().orderBy('name').orderBy('queue_id').execute()

/**
 * One row a queue, by name. Waiting counts what is being offered too: nobody has answered yet. `midnight` is an ISO 8601
 * instant on a quarter of an hour, as every time zone's midnight is.
 */
export const queueBoard = async (db: Db, midnight: string): Promise<readonly QueueBoardRow[]> => {
  const all = await queues(db)
  if (all.length === 0) return []
  const waiting = await db
    .selectFrom('waiting')
    .select((eb) => ['queue_id', eb.fn.countAll().as('count'), eb.fn.min('enqueued_at').as('since')])
    .where('handled_by', 'is', null)
    .groupBy('queue_id')
    .execute()
  const today = await db
    .selectFrom('queue_quarter')
    .select((eb) => [
      'queue_id',
      eb.fn.sum('answered').as('answered'),
      eb.fn.sum('abandoned').as('abandoned'),
    ])
    // Named one by one, so that the key finds today's rows among all years'.
    .where(
      'queue_id',
      'in',
      all.map((queue) => queue.queue_id),
    )
    .where('quarter', '>=', midnight as Row<'queue_quarter'>['quarter'])
    .groupBy('queue_id')
    .execute()
  const ready = await db.selectFrom('agent').select('skills').where('presence', '=', 'ready').execute()
  const engaged = await db
    .selectFrom('agent')
    .innerJoin('interaction', 'interaction.interaction_id', 'agent.interaction_id')
    .select((eb) => ['interaction.queue_id', eb.fn.countAll().as('count')])
    .where('presence', '=', 'engaged')
    .groupBy('interaction.queue_id')
    .execute()

  const readySkills = ready.map(({ skills }) => new Set(fromJson(skills)))
  const of = <R extends { queue_id: QueueId | null }>(rows: readonly R[], id: QueueId) =>
    rows.find((row) => row.queue_id === id)
  return all.map((queue) => {
    const required = fromJson(queue.required_skills)
    return {
      queue,
      waiting: Number(of(waiting, queue.queue_id)?.count ?? 0),
      longestWaitingSince: of(waiting, queue.queue_id)?.since ?? null,
      readyAgents: readySkills.filter((skills) => required.every((skill) => skills.has(skill))).length,
      engagedAgents: Number(of(engaged, queue.queue_id)?.count ?? 0),
      answeredToday: Number(of(today, queue.queue_id)?.answered ?? 0),
      abandonedToday: Number(of(today, queue.queue_id)?.abandoned ?? 0),
    }
  })
}
