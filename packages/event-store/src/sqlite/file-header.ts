import { closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs'
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts'

const MAGIC = 'SQLite format 3\u0000'
const HEADER_BYTES = 100

export type FileHeader =
  | { readonly kind: 'missing' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'ours' }
  | { readonly kind: 'foreign'; readonly reason: string }

/**
 * Tells whose file this is from its first 100 bytes (https://sqlite.org/fileformat.html §1.3), without SQLite: opening
 * a stranger's database may already roll back its journal or change its journal mode.
 */
export const readFileHeader = (path: string): FileHeader => {
  let file: number
  try {
    file = openSync(path, 'r')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return { kind: 'missing' }
    throw error
  }
  try {
    const stat = fstatSync(file)
    if (!stat.isFile()) return { kind: 'foreign', reason: 'NOT_A_FILE' }
    if (stat.size === 0) return { kind: 'empty' }
    const header = Buffer.alloc(HEADER_BYTES)
    const read = readSync(file, header, 0, HEADER_BYTES, 0)
    if (read < HEADER_BYTES || header.toString('latin1', 0, 16) !== MAGIC) {
      return { kind: 'foreign', reason: 'NOT_SQLITE' }
    }
    if (header.readUInt32BE(68) !== APPLICATION_ID) return { kind: 'foreign', reason: 'OTHER_APPLICATION' }
    if (header.readUInt32BE(60) > SCHEMA_VERSION) return { kind: 'foreign', reason: 'LATER_VERSION' }
    if (isCutShort(header, stat.size) && !hasRecovery(path)) return { kind: 'foreign', reason: 'CUT_SHORT' }
    return { kind: 'ours' }
  } finally {
    closeSync(file)
  }
}

/** The header tells how many pages there are (offset 28) wherever both change counters agree (24 and 92). */
const isCutShort = (header: Buffer, bytes: number): boolean => {
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16)
  return header.readUInt32BE(24) === header.readUInt32BE(92) && bytes < header.readUInt32BE(28) * pageBytes
}

/** A crash in the middle of a checkpoint leaves such a file too, and beside it what SQLite makes it whole with. */
const hasRecovery = (path: string): boolean =>
  ['-wal', '-journal'].some((end) => (statSync(path + end, { throwIfNoEntry: false })?.size ?? 0) > 0)
