import { DatabaseSync } from 'node:sqlite'
import { ReadModelsError } from '../read-models-error.ts'
import { openError, SQLITE, sqliteCode } from './open-database.ts'

/** Held for as long as a process may write the read models. */
export type OwnerLock = { release(): void }

/**
 * Takes the lock file `{path}.owner`, or throws `READ_MODELS_IN_USE` or what kept the file from being opened. SQLite's own exclusive lock does the work: the kernel drops it
 * with the process, however that ends, so none is ever stale. The file stays, empty.
 */
export const takeOwnership = (path: string): OwnerLock => {
  if (path === ':memory:') return { release: () => undefined }
  const lockPath = `${path}.owner`
  let lock: DatabaseSync | null = null
  try {
    lock = new DatabaseSync(lockPath, { timeout: 0 })
    lock.exec('begin exclusive')
  } catch (error) {
    lock?.close()
    if (sqliteCode(error) === SQLITE.busy)
      throw new ReadModelsError('READ_MODELS_IN_USE', `another process has ${path} open`, { cause: error })
    throw openError(lockPath, error)
  }
  const held = lock
  return { release: () => held.close() }
}
