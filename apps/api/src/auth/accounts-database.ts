import { type AgentId, type Instant, parseInstant } from '@centralino/domain'
import { z } from 'zod'
import { firstNumber, openDatabaseFile } from '../side-files/open-database-file.ts'
import { type Account, parseAccountRow, type Session } from './account.ts'
import { API_CLIENTS_DDL, apiClientsTable } from './api-clients-table.ts'
import type { Role } from './roles.ts'

/** The accounts file, synchronous: it runs in its own worker, or as it is in a test. */
export type AccountsDatabase = ReturnType<typeof openAccountsDatabase>

const DDL = `
  CREATE TABLE IF NOT EXISTS account (
    account_id text PRIMARY KEY,
    email text NOT NULL UNIQUE,
    name text NOT NULL,
    role text NOT NULL,
    agent_id text,
    locale text,
    password_hash text NOT NULL,
    password_status text NOT NULL,
    created_at text NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS session (
    session_id text PRIMARY KEY,
    account_id text NOT NULL REFERENCES account ON DELETE CASCADE,
    created_at text NOT NULL,
    last_seen_at text NOT NULL
  ) STRICT;
  CREATE INDEX IF NOT EXISTS session_of_account ON session (account_id);
${API_CLIENTS_DDL}`
/** Marks the file as ours: "CtrA". */
const APPLICATION_ID = 0x43747241
const SCHEMA_VERSION = 1

/** Opens or makes the file (`:memory:` in tests). Throws with `code: 'FOREIGN_FILE'` on a file that is not ours or is newer. */
export const openAccountsDatabase = (path: string) => {
  const db = openDatabaseFile(path, {
    applicationId: APPLICATION_ID,
    schemaVersion: SCHEMA_VERSION,
    ddl: DDL,
    what: 'an accounts file',
  })
  const statements = {
    insertAccount: db.prepare(
      'INSERT INTO account VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING',
    ),
    accountByEmail: db.prepare('SELECT * FROM account WHERE email = ?'),
    accountById: db.prepare('SELECT * FROM account WHERE account_id = ?'),
    accounts: db.prepare('SELECT * FROM account ORDER BY account_id'),
    accountCount: db.prepare('SELECT count(*) AS n FROM account'),
    updateAccount: db.prepare('UPDATE account SET name = ?, role = ?, agent_id = ? WHERE account_id = ?'),
    setPassword: db.prepare(
      `UPDATE account SET password_hash = ?, password_status = 'set' WHERE account_id = ? AND password_hash = ?`,
    ),
    setOneTimePassword: db.prepare(
      `UPDATE account SET password_hash = ?, password_status = 'oneTime' WHERE account_id = ?`,
    ),
    deleteAccount: db.prepare('DELETE FROM account WHERE account_id = ?'),
    insertSession: db.prepare(
      `INSERT INTO session SELECT ?, account_id, ?, ? FROM account
       WHERE account_id = ? AND password_hash = ? AND password_status = 'set'`,
    ),
    sessionIds: db.prepare('SELECT session_id FROM session'),
    session: db.prepare('SELECT * FROM session WHERE session_id = ?'),
    touch: db.prepare('UPDATE session SET last_seen_at = ? WHERE session_id = ?'),
    endSession: db.prepare('DELETE FROM session WHERE session_id = ?'),
    endSessionsOf: db.prepare('DELETE FROM session WHERE account_id = ? RETURNING session_id'),
    endExpired: db.prepare(
      'DELETE FROM session WHERE last_seen_at <= ? OR created_at <= ? RETURNING session_id',
    ),
  }
  const endSessionsOf = (accountId: string): string[] =>
    statements.endSessionsOf.all(accountId).map(({ session_id }) => String(session_id))
  /** What `change` does to an account and the end of its sessions, together or not at all; null when it did nothing. */
  const endingSessions = (accountId: string, change: () => boolean): string[] | null => {
    db.exec('BEGIN IMMEDIATE')
    try {
      const ended = endSessionsOf(accountId)
      const changed = change()
      db.exec(changed ? 'COMMIT' : 'ROLLBACK')
      return changed ? ended : null
    } catch (error) {
      // A full disk may have ended the transaction already.
      if (db.isTransaction) db.exec('ROLLBACK')
      throw error
    }
  }
  return {
    ...apiClientsTable(db),
    /** False when the e-mail address or the id is taken. */
    addAccount: (a: Account): boolean =>
      statements.insertAccount.run(
        a.accountId,
        a.email,
        a.name,
        a.role,
        a.agentId,
        a.locale,
        a.passwordHash,
        a.passwordStatus,
        a.createdAt,
      ).changes === 1,
    accountByEmail: (email: string): Account | null => {
      const row = statements.accountByEmail.get(email)
      return row === undefined ? null : parseAccountRow(row)
    },
    accountById: (accountId: string): Account | null => {
      const row = statements.accountById.get(accountId)
      return row === undefined ? null : parseAccountRow(row)
    },
    accounts: (): Account[] => statements.accounts.all().map(parseAccountRow),
    accountCount: (): number => firstNumber(statements.accountCount.get()),
    /** The ids of the sessions that another role ended; null when there is no such account. */
    changeAccount: (
      accountId: string,
      to: { readonly name: string; readonly role: Role; readonly agentId: AgentId | null },
    ): string[] | null => {
      const update = () => statements.updateAccount.run(to.name, to.role, to.agentId, accountId).changes === 1
      const row = statements.accountById.get(accountId)
      if (row === undefined) return null
      if (parseAccountRow(row).role !== to.role) return endingSessions(accountId, update)
      return update() ? [] : null
    },
    /** False when the password is no longer the one with `oldHash`: somebody was faster. */
    setPassword: (accountId: string, passwordHash: string, oldHash: string): boolean =>
      statements.setPassword.run(passwordHash, accountId, oldHash).changes === 1,
    /** The ids of the account's sessions, which end with the old password; null when there is no such account. */
    setOneTimePassword: (accountId: string, passwordHash: string): string[] | null =>
      endingSessions(
        accountId,
        () => statements.setOneTimePassword.run(passwordHash, accountId).changes === 1,
      ),
    /** The ids of the account's sessions, which go with it; null when there is no such account. */
    removeAccount: (accountId: string): string[] | null =>
      endingSessions(accountId, () => statements.deleteAccount.run(accountId).changes === 1),
    /** False when the account is gone, or its password is no longer the one with `passwordHash`. */
    addSession: (s: Session, passwordHash: string): boolean =>
      statements.insertSession.run(s.sessionId, s.createdAt, s.lastSeenAt, s.accountId, passwordHash)
        .changes === 1,
    /** Of every session that stands. */
    sessionIds: (): string[] => statements.sessionIds.all().map(({ session_id }) => String(session_id)),
    /** The session with its account, in one question. */
    session: (sessionId: string): { session: Session; account: Account } | null => {
      const row = statements.session.get(sessionId)
      if (row === undefined) return null
      const session = parseSessionRow(row)
      const account = statements.accountById.get(session.accountId)
      return account === undefined ? null : { session, account: parseAccountRow(account) }
    },
    touchSession: (sessionId: string, at: Instant): void => {
      statements.touch.run(at, sessionId)
    },
    endSession: (sessionId: string): boolean => statements.endSession.run(sessionId).changes === 1,
    /** Their ids. */
    endSessionsOf,
    /** Those not seen since, or made at or before; their ids. */
    endExpiredSessions: (lastSeen: Instant, created: Instant): string[] =>
      statements.endExpired.all(lastSeen, created).map(({ session_id }) => String(session_id)),
    close: (): void => db.close(),
    [Symbol.dispose]: (): void => db.close(),
  }
}

const sessionRow = z.object({
  session_id: z.string(),
  account_id: z.string(),
  created_at: z.string(),
  last_seen_at: z.string(),
})

const parseSessionRow = (row: unknown): Session => {
  const parsed = sessionRow.parse(row)
  return {
    sessionId: parsed.session_id,
    accountId: parsed.account_id,
    createdAt: parseInstant(parsed.created_at),
    lastSeenAt: parseInstant(parsed.last_seen_at),
  }
}
