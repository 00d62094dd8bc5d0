import { DatabaseSync } from 'node:sqlite'

export const lockPathOf = (path: string): string => `${path}-lock`

/**
 * Held as long as somebody writes to the log at `path`: positions are handed out and subscribers told in one process alone, so
 * a second writer is refused. A SQLite lock, because the system lets go of it however the process ends. Throws SQLite's
 * errors; closing what it answers lets go.
 */
export const holdLock = (path: string): DatabaseSync => {
  const held = new DatabaseSync(lockPathOf(path), { timeout: 2_000 })
  held.exec('PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE')
  return held
}
