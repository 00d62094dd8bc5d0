import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A Unix socket's path has 108 bytes with its zero (unix(7)); some systems allow 104. */
const LONGEST_PATH_BYTES = 103

/** The same path where it is short enough, else one in the temporary folder that stands for it. */
export const shortSocketPath = (path: string): string => {
  if (Buffer.byteLength(path) <= LONGEST_PATH_BYTES) return path
  const name = createHash('sha256').update(path).digest('hex').slice(0, 24)
  return join(tmpdir(), `centralino-${name}.sock`)
}
