import type { Kysely } from 'kysely'
import * as replays from './audit/replays/query.ts'
import * as customerCard from './crm/customer-card/query.ts'
import * as mailThread from './crm/mail-thread/query.ts'
import * as timeline from './crm/timeline/query.ts'
import * as calls from './live/calls/query.ts'
import * as inbox from './live/inbox/query.ts'
import * as offers from './live/offers/query.ts'
import * as queueBoard from './live/queue-board/query.ts'
import * as roster from './live/roster/query.ts'
import type { Queries, QueryName } from './query-names.ts'
import type { ReadModelTables } from './read-model-store/tables.ts'

type Implementation = {
  readonly [Name in QueryName]: (
    db: Kysely<ReadModelTables>,
    ...parameters: Parameters<Queries[Name]>
  ) => ReturnType<Queries[Name]>
}

export const queries: Implementation = {
  ...customerCard,
  ...mailThread,
  ...timeline,
  ...calls,
  ...inbox,
  ...offers,
  ...queueBoard,
  ...replays,
  ...roster,
}

export const runQuery = (
  db: Kysely<ReadModelTables>,
  name: QueryName,
  parameters: readonly unknown[],
): Promise<unknown> => {
  const query = queries[name] as (
    db: Kysely<ReadModelTables>,
    ...rest: readonly unknown[]
  ) => Promise<unknown>
  return query(db, ...parameters)
}
