import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { link, readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { BundleError } from '../bundle/bundle-error.ts'

/** A draft that nobody wrote to for so long is of a process that was killed. */
const ABANDONED_AFTER_MILLISECONDS = 24 * 60 * 60 * 1_000
const DRAFT = /^\.[0-9a-f-]{36}\.partial(?:-journal|-wal|-shm)?$/

/** A name beside `to`, nobody else's, for what is not whole yet. */
export const draftOf = (to: string): string => `${to}.${randomUUID()}.partial`

/** Removes the drafts of `to` that a killed process has left, and none that somebody may still write. */
export const removeOldDrafts = async (to: string, now: number = Date.now()): Promise<void> => {
  const folder = dirname(to)
  const name = basename(to)
  for (const found of await readdir(folder)) {
    if (!found.startsWith(name) || !DRAFT.test(found.slice(name.length))) continue
    const path = join(folder, found)
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: now }))
    if (now - mtimeMs > ABANDONED_AFTER_MILLISECONDS) await rm(path, { force: true })
  }
}

/** Gives a whole draft the name `to`, over nothing: throws `TARGET_EXISTS` where somebody took it meanwhile. */
export const takeName = async (draft: string, to: string): Promise<void> => {
  try {
    // A rename would take the place of another file, a link does not.
    await link(draft, to)
    await rm(draft)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null
    if (code === 'EEXIST') throw new BundleError('TARGET_EXISTS', { path: to }, { cause: error })
    // Not every file system has links: memory sticks have none.
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'EOPNOTSUPP') throw error
    if (existsSync(to)) throw new BundleError('TARGET_EXISTS', { path: to }, { cause: error })
    await rename(draft, to)
  }
}
