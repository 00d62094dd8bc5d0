import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type BundleVerified, verifyBundledLog } from '@centralino/event-store'
import {
  type LedgerFile,
  openLedgerFile,
  parseCheckpoint,
  parseVerifierKey,
  type VerifyOptions,
  verifyLog,
} from '@centralino/event-store/ledger'
import type { Config } from '../config.ts'
import { bundleWords } from './bundle-words.ts'
import { CannotDo, type Command, UsageError } from './command.ts'
import { openLogForReading } from './open-log.ts'
import { createProgress } from './progress.ts'
import { verifyWords } from './verify-words.ts'

const OPTIONS = {
  key: { type: 'string', multiple: true },
  checkpoint: { type: 'string' },
  bundle: { type: 'string' },
  ledger: { type: 'string' },
} as const

type Held = Omit<VerifyOptions, 'pages' | 'leaves'>

export const verify: Command = {
  summary: 'proves that the log, or a bundle of it, is what was sealed, or names the first event that is not',
  usage:
    'verify [--checkpoint FILE] [--key VERIFIER_KEY]… [--bundle FOLDER] [--ledger FILE]\n' +
    '  --bundle    what export has written, instead of the log: needs no hub and none of its data\n' +
    '  --ledger    the ledger.db that stood beside the log: tells which event of a range was altered',
  async run(args, { config, say }) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true })
    const { bundle, key, ledger, checkpoint } = values
    if (bundle === '') throw new UsageError('--bundle names the folder that export has made')
    if (key?.some((given) => parseVerifierKey(given) === null))
      throw new UsageError('--key is a verifier key as verify prints it: NAME+HASH+KEY')
    const note = checkpoint === undefined ? undefined : await readNote(checkpoint)
    if (note !== undefined && parseCheckpoint(note) === null)
      throw new UsageError(
        `${checkpoint} holds no checkpoint: --checkpoint names a file that checkpoint has written`,
      )
    const held: Held = {
      ...(key === undefined ? {} : { verifierKeys: key }),
      ...(note === undefined ? {} : { held: note }),
      onProgress: showProgress(),
    }
    const began = performance.now()
    const verified =
      bundle === undefined ? await verifyLive(config, ledger, held) : await verifyFolder(bundle, ledger, held)
    const seconds = (performance.now() - began) / 1_000
    for (const line of verifyWords(verified, seconds, key !== undefined)) say(line)
    const unsealed =
      verified.finding === null && verified.checkpoints === 0 && (key !== undefined || note !== undefined)
    if (unsealed)
      say(
        'An auditor has a key or a checkpoint of it, and there is no checkpoint in the log: it was removed or never sealed.',
      )
    return verified.finding === null && !unsealed ? 0 : 1
  },
}

const verifyLive = async (
  config: Config,
  ledger: string | undefined,
  held: Held,
): Promise<BundleVerified> => {
  await using store = await openLogForReading(config, { evenDamaged: true })
  using leaves = leavesIn(ledger ?? join(config.dataDir, 'ledger.db'), ledger !== undefined)
  return await verifyLog({ ...held, ...leaves.options, pages: store.readStored(null) })
}

const verifyFolder = async (
  bundle: string,
  ledger: string | undefined,
  held: Held,
): Promise<BundleVerified> => {
  using leaves = leavesIn(ledger ?? null, true)
  const progress = createProgress()
  try {
    return await verifyBundledLog({ ...held, ...leaves.options, bundle, onFiles: progress.on })
  } catch (error) {
    throw bundleWords(error)
  } finally {
    progress.end()
  }
}

const readNote = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw new CannotDo(`There is no checkpoint to read at ${path}.`)
  }
}

/** The hub's own leaves tell which event was altered; without them a range is named. */
const leavesIn = (
  path: string | null,
  asked: boolean,
): Disposable & { readonly options: Pick<VerifyOptions, 'leaves'> } => {
  const file = path === null ? null : openOrNull(path)
  if (file === null && asked && path !== null) throw new CannotDo(`There is no ledger to read at ${path}.`)
  return {
    options: file === null ? {} : { leaves: file.leaves },
    [Symbol.dispose]: () => file?.close(),
  }
}

const openOrNull = (path: string): LedgerFile | null => {
  try {
    return existsSync(path) ? openLedgerFile(path) : null
  } catch {
    return null
  }
}

const PROGRESS_EVERY_MILLISECONDS = 1_000

const showProgress = (): ((events: number) => void) => {
  let shownAt = performance.now()
  return (events) => {
    if (performance.now() - shownAt < PROGRESS_EVERY_MILLISECONDS) return
    shownAt = performance.now()
    process.stderr.write(`  ${events.toLocaleString('en')} events read\n`)
  }
}
