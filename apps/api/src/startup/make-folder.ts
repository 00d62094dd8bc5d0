import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Makes a folder and those above it. Node's own `recursive` says ENOENT where the disk may not be written to (EROFS), and
 * does not come back from a file system that takes no folders, such as /proc.
 *
 * @param mode of the folders that are made, such as 0o700
 * @throws the system's error (`EEXIST` for a file in its place, `ENOTDIR`, `EACCES`, `EROFS` …)
 */
export const makeFolder = async (path: string, mode: number): Promise<void> => {
  try {
    await mkdir(path, { mode })
  } catch (error) {
    if (hasCode(error, 'EEXIST') && (await isFolder(path))) return
    const above = dirname(path)
    if (!hasCode(error, 'ENOENT') || (await isFolder(above))) throw error
    await makeFolder(above, mode)
    await mkdir(path, { mode })
  }
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code

const isFolder = async (path: string): Promise<boolean> => {
  try {
    return (await stat(path)).isDirectory()
  } catch {
    return false
  }
}
