import { chmod, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

const OTHERS = 0o077

/** From here on this process, its threads and what it starts make files and folders for their own user alone. */
export const makeFilesPrivate = (): void => void process.umask(OTHERS)

/**
 * Takes from everybody else what stands in the data folder from an earlier version: customers, accounts, hashes. A folder in
 * it that nobody may enter closes what is in it. The data folder itself stays as its owner made it, so that a backup that may enter it is not locked out; what is another user's is theirs.
 */
export const closeToOthers = async (folder: string): Promise<void> => {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isFile() && !entry.isDirectory()) continue
    const path = join(folder, entry.name)
    const { mode, uid } = await stat(path)
    if ((mode & OTHERS) !== 0 && uid === process.getuid?.()) await chmod(path, mode & ~OTHERS & 0o777)
  }
}
