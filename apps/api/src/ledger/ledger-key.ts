import { randomUUID } from 'node:crypto'
import { chmod, link, readFile, rm, writeFile } from 'node:fs/promises'
import { generateSigningKey } from '@centralino/event-store/ledger'

/**
 * The key that the log's checkpoints are signed with, in PEM. Made at the first start, with mode 600; who holds it can
 * seal a log that was altered, so an auditor keeps checkpoints, and the key is best kept away from whoever has the log.
 */
export const readLedgerKey = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
  // Written beside it and linked, so that it is there whole or not at all.
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, generateSigningKey(), { mode: 0o600, flush: true })
    await chmod(draft, 0o600)
    await link(draft, path).catch((error: unknown) => {
      // Somebody made it meanwhile: theirs is the key.
      if (!isCode(error, 'EEXIST')) throw error
    })
  } finally {
    await rm(draft, { force: true })
  }
  return await readFile(path, 'utf8')
}

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code
