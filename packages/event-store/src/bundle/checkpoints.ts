import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BundleError } from './bundle-error.ts'
import { CHECKPOINTS } from './manifest.ts'

/** How far somebody who follows the log has come, so that what is done already is not done again elsewhere. */
export type Checkpoint = {
  readonly name: string
  /** In the log that was exported; the import finds the same event's position in the new one. */
  readonly position: string
}

/** Sorted by name: the same checkpoints make the same bytes. */
export const checkpointsText = (checkpoints: readonly Checkpoint[]): string => {
  const sorted = checkpoints
    .map(({ name, position }) => ({ name, position }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
  return `${JSON.stringify({ checkpoints: sorted }, null, 2)}\n`
}

/** Of a bundle that was verified. Throws `BUNDLE_DAMAGED`. */
export const readCheckpoints = async (bundle: string): Promise<readonly Checkpoint[]> => {
  const value = JSON.parse(await readFile(join(bundle, CHECKPOINTS), 'utf8')) as unknown
  const { checkpoints } = (typeof value === 'object' && value !== null ? value : {}) as {
    checkpoints?: unknown
  }
  if (!Array.isArray(checkpoints) || !checkpoints.every(isCheckpoint)) {
    throw new BundleError('BUNDLE_DAMAGED', { path: CHECKPOINTS, reason: 'SHAPE' })
  }
  return checkpoints
}

const isCheckpoint = (value: unknown): value is Checkpoint =>
  typeof value === 'object' &&
  value !== null &&
  'name' in value &&
  typeof value.name === 'string' &&
  'position' in value &&
  typeof value.position === 'string'
