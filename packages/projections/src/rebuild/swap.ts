import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { SQLITE, sqliteCode } from '../read-model-store/open-database.ts'
import { takeOwnership } from '../read-model-store/owner-lock.ts'
import { companions } from './build-beside.ts'

/**
 * Puts rebuilt read models in the place of the live ones: one rename, so a crash leaves either the old file or the new. While a hub
 * has the live file open it is refused with `READ_MODELS_IN_USE`: stop the hub, swap, start it; the hub then reads on from
 * the rebuilt file's checkpoint.
 */
export const swap = (paths: { readonly live: string; readonly rebuilt: string }): void => {
  const lock = takeOwnership(paths.live)
  try {
    if (existsSync(paths.live)) settle(paths.live)
    for (const file of companions(paths.live)) rmSync(file, { force: true })
    renameSync(paths.rebuilt, paths.live)
    const folder = openSync(dirname(paths.live), 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } finally {
    lock.release()
  }
}

/** Brings the write-ahead log into the old file, so that a crash before the rename leaves it whole, if it is. */
const settle = (path: string) => {
  const database = new DatabaseSync(path)
  try {
    database.exec('pragma wal_checkpoint(truncate)')
  } catch (error) {
    if (sqliteCode(error) !== SQLITE.corrupt) throw error
  } finally {
    database.close()
  }
}
