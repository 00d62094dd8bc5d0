import type { DatabaseSync } from 'node:sqlite'

/** "CLOG" in ASCII: marks the file as ours (PRAGMA application_id). */
export const APPLICATION_ID = 0x434c4f47

/** Version of the tables below (PRAGMA user_version). */
export const SCHEMA_VERSION = 1

/**
 * `position` is handed out by the writer, one by one: unlike AUTOINCREMENT it leaves no gap when a transaction rolls
 * back. `recorded_at` counts milliseconds since 1970. `data` and `metadata` are the JSON that the codec wrote, byte for
 * byte.
 */
const TABLES = `
CREATE TABLE events (
  position       INTEGER PRIMARY KEY,
  stream         TEXT    NOT NULL,
  revision       INTEGER NOT NULL,
  id             TEXT    NOT NULL,
  type           TEXT    NOT NULL,
  schema_version INTEGER NOT NULL,
  data           TEXT    NOT NULL,
  metadata       TEXT    NOT NULL,
  recorded_at    INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX events_by_stream ON events (stream, revision);
CREATE UNIQUE INDEX events_by_id ON events (id);
`

/** Makes the tables in one transaction of the rollback journal, so that the file's header says whose it is from then on. */
export const createSchema = (database: DatabaseSync): void => {
  database.exec(`
    BEGIN EXCLUSIVE;
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${SCHEMA_VERSION};
    ${TABLES}
    COMMIT;
  `)
}
