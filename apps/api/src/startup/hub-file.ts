import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

/** Where a running hub is found: written when it is ready, removed when it has shut down. */
export const hubFile = z.object({
  pid: z.number().int(),
  http: z.object({ address: z.string(), port: z.number().int() }),
  sip: z.object({ address: z.string(), port: z.number().int(), tlsPort: z.number().int().optional() }),
})
export type HubFile = z.infer<typeof hubFile>

const pathIn = (dataDir: string): string => join(dataDir, 'hub.json')

/** Beside and renamed over, so that who waits for it reads it whole. */
export const writeHubFile = async (dataDir: string, content: HubFile): Promise<void> => {
  const path = pathIn(dataDir)
  await writeFile(`${path}.new`, `${JSON.stringify(content)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
}

export const removeHubFile = (dataDir: string): Promise<void> => rm(pathIn(dataDir), { force: true })

/** Null when no hub runs on this data: no file, an unreadable one, or one whose process is gone. */
export const runningHub = async (dataDir: string): Promise<HubFile | null> => {
  let text: string
  try {
    text = await readFile(pathIn(dataDir), 'utf8')
  } catch {
    return null
  }
  const parsed = hubFile.safeParse(parseJson(text))
  return parsed.success && isAlive(parsed.data.pid) ? parsed.data : null
}

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Signal 0 reaches nobody and tells whether there is somebody; EPERM is somebody else's process. */
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
