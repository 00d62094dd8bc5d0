import type { MailId, ThreadId } from '@centralino/domain'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { ReadModelTables, Row } from '../../read-model-store/tables.ts'
import { UNDELIVERED } from './view.ts'

type Db = Kysely<ReadModelTables>

/** Of the mails that could not be sent, as many as a person can look at. */
const LISTED = 500

/** Mails oldest first. */
export const thread = async (
  db: Db,
  id: ThreadId,
): Promise<{ thread: Row<'mail_thread'>; mails: readonly Row<'mail'>[] } | null> => {
  const found = await db.selectFrom('mail_thread').selectAll().where('thread_id', '=', id).executeTakeFirst()
  if (found === undefined) return null
  const mails = await db
    .selectFrom('mail')
    .selectAll()
    .where('thread_id', '=', id)
    .orderBy('at')
    .orderBy('mail_id')
    .execute()
  return { thread: found, mails }
}

export const mail = async (db: Db, id: MailId): Promise<Row<'mail'> | null> =>
  (await db.selectFrom('mail').selectAll().where('mail_id', '=', id).executeTakeFirst()) ?? null

/** Oldest first. */
export const undeliveredMails = (db: Db): Promise<readonly Row<'mail'>[]> =>
  db
    .selectFrom('mail')
    .selectAll()
    .where(sql.raw<boolean>(UNDELIVERED))
    .orderBy('at')
    .orderBy('mail_id')
    .limit(LISTED)
    .execute()
