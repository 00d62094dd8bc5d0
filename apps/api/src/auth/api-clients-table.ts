import type { DatabaseSync } from 'node:sqlite'
import { type ApiClient, parseApiClientRow } from './api-client.ts'

export const API_CLIENTS_DDL = `
  CREATE TABLE IF NOT EXISTS api_client (
    name text PRIMARY KEY,
    client_id text NOT NULL UNIQUE,
    scopes text NOT NULL,
    created_at text NOT NULL
  ) STRICT;
`

/** Reading them all stays cheap. */
export const MAXIMUM_API_CLIENTS = 100

/** The part of the accounts file that knows other systems. */
export const apiClientsTable = (db: DatabaseSync) => {
  const statements = {
    insert: db.prepare(
      `INSERT INTO api_client SELECT ?, ?, ?, ?
       WHERE (SELECT count(*) FROM api_client) < ${MAXIMUM_API_CLIENTS} ON CONFLICT DO NOTHING`,
    ),
    byId: db.prepare('SELECT * FROM api_client WHERE client_id = ?'),
    all: db.prepare('SELECT * FROM api_client ORDER BY name'),
    delete: db.prepare('DELETE FROM api_client WHERE name = ?'),
  }
  return {
    /** False when the name is taken, or there are as many as may be. */
    addApiClient: (c: ApiClient): boolean =>
      statements.insert.run(c.name, c.clientId, c.scopes.join(' '), c.createdAt).changes === 1,
    apiClientById: (clientId: string): ApiClient | null => {
      const row = statements.byId.get(clientId)
      return row === undefined ? null : parseApiClientRow(row)
    },
    apiClients: (): ApiClient[] => statements.all.all().map(parseApiClientRow),
    /** False when there is none by that name. */
    removeApiClient: (name: string): boolean => statements.delete.run(name).changes === 1,
  }
}
