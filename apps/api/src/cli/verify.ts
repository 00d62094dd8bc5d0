import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { unreachable } from '@centralino/domain'
import {
  type EventPlace,
  type Finding,
  type LedgerFile,
  openLedgerFile,
  type Verified,
  verifyLog,
} from '@centralino/event-store/ledger'
import { CannotDo, type Command } from './command.ts'
import { openLogForReading } from './open-log.ts'

const OPTIONS = {
  key: { type: 'string', multiple: true },
  checkpoint: { type: 'string' },
} as const

export const verify: Command = {
  summary: 'proves that the log is what was sealed, or names the first event that is not',
  usage: 'verify [--checkpoint FILE] [--key VERIFIER_KEY]…',
  async run(args, { config, say }) {
    const { values } = parseArgs({ args: [...args], options: OPTIONS, strict: true })
    const held = values.checkpoint === undefined ? undefined : await readNote(values.checkpoint)
    await using store = await openLogForReading(config)
    using ledger = openLedgerBeside(join(config.dataDir, 'ledger.db'))
    const began = performance.now()
    const verified = await verifyLog({
      pages: store.readStored(null),
      ...(values.key === undefined ? {} : { verifierKeys: values.key }),
      ...(held === undefined ? {} : { held }),
      ...(ledger.file === null ? {} : { leaves: ledger.file.leaves }),
      onProgress: showProgress(),
    })
    const seconds = (performance.now() - began) / 1_000
    for (const line of reportOf(verified, seconds, values.key !== undefined)) say(line)
    const unsealed = verified.checkpoints === 0 && (values.key !== undefined || held !== undefined)
    if (unsealed)
      say(
        'An auditor has a key or a checkpoint of it, and there is no checkpoint in the log: it was removed or never sealed.',
      )
    return verified.finding === null && !unsealed ? 0 : 1
  },
}

const readNote = async (path: string): Promise<string> => {
  try {
    return await readFile(path, 'utf8')
  } catch {
    throw new CannotDo(`There is no checkpoint to read at ${path}.`)
  }
}

/** The hub's own leaves tell which event was altered; without them a range is named. */
const openLedgerBeside = (path: string): Disposable & { readonly file: LedgerFile | null } => {
  const file = existsSync(path) ? openOrNull(path) : null
  return { file, [Symbol.dispose]: () => file?.close() }
}

const openOrNull = (path: string): LedgerFile | null => {
  try {
    return openLedgerFile(path)
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
    process.stderr.write(`  ${count(events)} events read\n`)
  }
}

const count = (number: number): string => number.toLocaleString('en')

const reportOf = (verified: Verified, seconds: number, keyGiven: boolean): string[] => {
  const { events, checkpoints, sealed, verifierKeys, finding } = verified
  const speed = seconds > 0 ? Math.round(events / seconds) : events
  const read = `Read ${count(events)} events in ${seconds.toFixed(2)} s (${count(speed)}/s).`
  if (finding !== null) return [read, '', `NOT what was sealed: ${inWords(finding)}`]
  if (checkpoints === 0)
    return [read, '', 'Nothing is sealed yet: a checkpoint is made a minute after the hub starts.']
  const after = events - sealed
  return [
    read,
    '',
    `Unaltered: the first ${count(sealed)} events are what was sealed, by ${count(checkpoints)} ${checkpoints === 1 ? 'checkpoint' : 'checkpoints'}.`,
    `The ${count(after)} after them ${after === 1 ? 'is' : 'are'} not sealed yet.`,
    ...verifierKeys.map(
      (key) => `Signed by ${key}${keyGiven ? '' : ' (a key out of the log itself: give yours with --key)'}`,
    ),
  ]
}

const nameOf = ({ place, type, stream, revision, id, position }: EventPlace): string =>
  `event ${id} (${type}, revision ${revision} of ${stream}, number ${count(place)} of the log, position ${position})`

const inWords = (finding: Finding): string => {
  switch (finding.what) {
    case 'streamBroken':
      return `${nameOf(finding.event)} does not follow: revision ${finding.expectedRevision} of its stream is missing, or an event was put in or moved.`
    case 'eventAltered':
      return finding.sealed
        ? `${nameOf(finding.event)} is not the event that was sealed there.`
        : `${nameOf(finding.event)} is not the event that the hub took in there. No checkpoint covers it yet.`
    case 'rangeAltered':
      return `one or more from ${nameOf(finding.first)} to ${nameOf(finding.last)}.`
    case 'truncated':
      return `the log ends ${finding.last === null ? 'before its first event' : `with ${nameOf(finding.last)}`}, and ${count(finding.sealedSize)} events were sealed.`
    case 'checkpointInvalid':
      return `the checkpoint in ${nameOf(finding.event)} is not signed by a key that is trusted, or cannot be read.`
    case 'heldCheckpointInvalid':
      return 'the checkpoint that you gave cannot be read, or is not signed by the key that you gave.'
    default:
      return unreachable(finding)
  }
}
