import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export type SmallDisk = {
  readonly folder: string
  readonly makeReadOnly: () => void
  /** Takes the disk away with all that is on it. */
  readonly remove: () => void
}

/** A disk of `bytes` in memory that can really run full; null where mounting is not allowed (it takes root on Linux). */
export const mountSmallDisk = (bytes: number): SmallDisk | null => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return null
  const root = mkdtempSync(join(tmpdir(), 'centralino-disk-'))
  const folder = join(root, 'disk')
  mkdirSync(folder)
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes}`, 'tmpfs', folder], { stdio: 'pipe' })
  } catch {
    rmSync(root, { recursive: true })
    return null
  }
  return {
    folder,
    makeReadOnly: () => execFileSync('mount', ['-o', 'remount,ro', folder]),
    remove: () => {
      execFileSync('umount', ['-l', folder])
      rmSync(root, { recursive: true })
    },
  }
}

/** Whether {@link mountSmallDisk} will do, asked once so that a suite can say what it leaves out. */
export const canMount = (): boolean => {
  const disk = mountSmallDisk(1024 * 1024)
  disk?.remove()
  return disk !== null
}
