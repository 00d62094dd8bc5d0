import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { z } from 'zod'

/** A small JSON value that outlives the process: a reactor's checkpoint, a fold's snapshot. */
export type StateFile<T> = {
  /** Null when there is none yet or it cannot be read: the log is then read from its beginning. */
  load(): Promise<T | null>
  save(value: T): Promise<void>
}

/**
 * Written beside and renamed over, after an fsync, so that a crash leaves the old value or the new one. Losing it costs
 * time and nothing else: whatever stands in it can be made again from the log.
 */
export const stateFile = <T>(path: string, schema: z.ZodType<T>): StateFile<T> => ({
  load: async () => {
    try {
      const parsed = schema.safeParse(JSON.parse(await readFile(path, 'utf8')))
      return parsed.success ? parsed.data : null
    } catch (error) {
      if (error instanceof SyntaxError) return null
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
      throw error
    }
  },
  save: async (value) => {
    await mkdir(dirname(path), { recursive: true })
    const beside = `${path}.new`
    const file = await open(beside, 'w', 0o600)
    try {
      await file.writeFile(JSON.stringify(value))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  },
})
