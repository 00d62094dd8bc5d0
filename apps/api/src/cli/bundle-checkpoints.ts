import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Checkpoint } from '@centralino/event-store'
import { z } from 'zod'
import { type StateFile, stateFile } from '../reactors/state-file.ts'

/** Where those who act on events keep how far they have come, by the name that it has in a bundle. */
const FILES = {
  journey: ['reactors', 'journey.json'],
  outbox: ['outbox.json'],
  voice: ['reactors', 'voice.json'],
} as const satisfies Record<string, readonly string[]>

const pathsIn = (dataDir: string) =>
  Object.entries(FILES).map(([name, parts]) => ({ name, path: join(dataDir, ...parts) }))

const fileAt = (path: string): StateFile<string> => stateFile(path, z.string())

export const loadCheckpoints = async (dataDir: string): Promise<readonly Checkpoint[]> => {
  const found: Checkpoint[] = []
  for (const { name, path } of pathsIn(dataDir)) {
    const position = await fileAt(path).load()
    if (position !== null) found.push({ name, position })
  }
  return found
}

/** Takes away those that are there: they are of another log. */
export const removeCheckpoints = async (dataDir: string): Promise<void> => {
  for (const { path } of pathsIn(dataDir)) await rm(path, { force: true })
}

/** A name that this version does not know concerns nobody here. */
export const saveCheckpoint = async (dataDir: string, { name, position }: Checkpoint): Promise<void> => {
  const file = pathsIn(dataDir).find((one) => one.name === name)
  if (file !== undefined) await fileAt(file.path).save(position)
}
