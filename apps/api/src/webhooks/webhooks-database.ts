import type { Instant } from '@centralino/domain'
import { firstNumber, openDatabaseFile } from '../side-files/open-database-file.ts'
import {
  type DeadLetter,
  type DisabledReason,
  parseDeadLetterRow,
  parseWebhookRow,
  type Trying,
  type Webhook,
} from './webhook.ts'

/** The webhooks file, synchronous: it runs in its own worker, in a command, or as it is in a test. */
export type WebhooksDatabase = ReturnType<typeof openWebhooksDatabase>

const DDL = `
  CREATE TABLE IF NOT EXISTS webhook (
    name text PRIMARY KEY,
    webhook_id text NOT NULL UNIQUE,
    client_id text NOT NULL,
    url text NOT NULL,
    types text,
    customer_id text,
    secret text NOT NULL,
    previous_secret text,
    previous_until text,
    position text,
    disabled text,
    trying text,
    created_at text NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS dead_letter (
    webhook_id text NOT NULL REFERENCES webhook (webhook_id) ON DELETE CASCADE,
    position text NOT NULL,
    event_id text NOT NULL,
    type text NOT NULL,
    after text,
    attempts integer NOT NULL,
    reason text NOT NULL,
    first_tried_at text NOT NULL,
    given_up_at text NOT NULL,
    PRIMARY KEY (webhook_id, position)
  ) STRICT, WITHOUT ROWID;
`
/** Marks the file as ours: "CtrW". */
const APPLICATION_ID = 0x43747257
const SCHEMA_VERSION = 1

/** Each has a subscription to the log and a request of its own under way. */
export const MAXIMUM_WEBHOOKS = 100

const WEBHOOKS = `SELECT *, (SELECT count(*) FROM dead_letter d WHERE d.webhook_id = w.webhook_id) AS dead_letters
  FROM webhook w`

/** Opens or makes the file (`:memory:` in tests). Throws with `code: 'FOREIGN_FILE'` on a file that is not ours or is newer. */
export const openWebhooksDatabase = (path: string) => {
  const db = openDatabaseFile(path, {
    applicationId: APPLICATION_ID,
    schemaVersion: SCHEMA_VERSION,
    ddl: DDL,
    what: 'a webhooks file',
  })
  const statements = {
    insert: db.prepare(
      `INSERT INTO webhook SELECT ?, ?, ?, ?, ?, ?, ?, NULL, NULL, ?, NULL, NULL, ?
       WHERE (SELECT count(*) FROM webhook) < ${MAXIMUM_WEBHOOKS} ON CONFLICT DO NOTHING`,
    ),
    all: db.prepare(`${WEBHOOKS} ORDER BY name`),
    byName: db.prepare(`${WEBHOOKS} WHERE name = ?`),
    delete: db.prepare('DELETE FROM webhook WHERE name = ?'),
    rotate: db.prepare(
      `UPDATE webhook SET previous_secret = iif(?2 IS NULL, NULL, secret), previous_until = ?2, secret = ?1
       WHERE webhook_id = ?3`,
    ),
    forget: db.prepare(
      'UPDATE webhook SET previous_secret = NULL, previous_until = NULL WHERE previous_until <= ?',
    ),
    enable: db.prepare(
      'UPDATE webhook SET disabled = NULL, trying = NULL, position = ? WHERE webhook_id = ?',
    ),
    disable: db.prepare('UPDATE webhook SET disabled = ?, trying = NULL WHERE webhook_id = ?'),
    position: db.prepare('UPDATE webhook SET position = ?, trying = NULL WHERE webhook_id = ?'),
    trying: db.prepare('UPDATE webhook SET position = ?, trying = ? WHERE webhook_id = ?'),
    bury: db.prepare('INSERT OR REPLACE INTO dead_letter VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)'),
    deadLetters: db.prepare('SELECT * FROM dead_letter WHERE webhook_id = ? ORDER BY position'),
    deadLetterCount: db.prepare('SELECT count(*) FROM dead_letter WHERE webhook_id = ?'),
    exhume: db.prepare('DELETE FROM dead_letter WHERE webhook_id = ? AND event_id = ?'),
  }
  const inTransaction = <T>(work: () => T): T => {
    db.exec('BEGIN IMMEDIATE')
    try {
      const result = work()
      db.exec('COMMIT')
      return result
    } catch (error) {
      // A full disk may have ended the transaction already.
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
  return {
    /** Active. False when the name is taken, or there are as many as may be. */
    addWebhook: (w: Omit<Webhook, 'previous' | 'state' | 'deadLetters'>): boolean =>
      statements.insert.run(
        w.name,
        w.webhookId,
        w.clientId,
        w.url,
        w.filter.types === null ? null : [...w.filter.types].join(' '),
        w.filter.customerId,
        w.secret,
        w.position,
        w.createdAt,
      ).changes === 1,
    webhooks: (): Webhook[] => statements.all.all().map(parseWebhookRow),
    webhookByName: (name: string): Webhook | null => {
      const row = statements.byName.get(name)
      return row === undefined ? null : parseWebhookRow(row)
    },
    /** With its dead letters. False when there is none by that name. */
    removeWebhook: (name: string): boolean => statements.delete.run(name).changes === 1,
    /** The secret until now signs as well up to `until`; null: it signs no more. One older than that never does. */
    rotateSecret: (webhookId: string, secret: string, until: Instant | null): boolean =>
      statements.rotate.run(secret, until, webhookId).changes === 1,
    forgetOldSecrets: (now: Instant): void => {
      statements.forget.run(now)
    },
    enableWebhook: (webhookId: string, position: string | null): boolean =>
      statements.enable.run(position, webhookId).changes === 1,
    disableWebhook: (webhookId: string, reason: DisabledReason): void => {
      statements.disable.run(reason, webhookId)
    },
    savePosition: (webhookId: string, position: string): void => {
      statements.position.run(position, webhookId)
    },
    saveTrying: (webhookId: string, position: string | null, trying: Trying): void => {
      statements.trying.run(position, JSON.stringify(trying), webhookId)
    },
    /** The letter is kept and the webhook stands after it; `full`: there were `limit` already, and it is disabled where it stands. */
    bury: (webhookId: string, letter: DeadLetter, limit: number): 'buried' | 'full' =>
      inTransaction(() => {
        if (firstNumber(statements.deadLetterCount.get(webhookId)) >= limit) {
          statements.disable.run('DEAD_LETTERS_FULL' satisfies DisabledReason, webhookId)
          return 'full'
        }
        // Revoked meanwhile: its letters went with it.
        if (statements.position.run(letter.position, webhookId).changes === 0) return 'buried'
        statements.bury.run(
          webhookId,
          letter.position,
          letter.eventId,
          letter.type,
          letter.after,
          letter.attempts,
          letter.reason,
          letter.firstTriedAt,
          letter.givenUpAt,
        )
        return 'buried'
      }),
    /** In log order. */
    deadLetters: (webhookId: string): DeadLetter[] =>
      statements.deadLetters.all(webhookId).map(parseDeadLetterRow),
    removeDeadLetter: (webhookId: string, eventId: string): boolean =>
      statements.exhume.run(webhookId, eventId).changes === 1,
    close: (): void => db.close(),
    [Symbol.dispose]: (): void => db.close(),
  }
}
