import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { exportBundle } from '@centralino/event-store'
import { loadCheckpoints } from './bundle-checkpoints.ts'
import { bundleWords } from './bundle-words.ts'
import { type Command, UsageError } from './command.ts'
import { openLogForReading } from './open-log.ts'
import { createProgress } from './progress.ts'

export const exportLog: Command = {
  summary:
    'writes the log and its files into a folder, beside a running hub too, for another store or for keeps',
  usage: 'export --to <folder>',
  async run(args, { config, say }) {
    const { to } = parseArgs({ args: [...args], options: { to: { type: 'string' } }, strict: true }).values
    if (to === undefined || to === '') throw new UsageError('--to names the folder to make')
    const progress = createProgress()
    const checkpoints = await loadCheckpoints(config.dataDir)
    await using store = await openLogForReading(config)
    try {
      const { manifest, sha256 } = await exportBundle({
        store,
        to,
        blobs: join(config.dataDir, 'blobs'),
        checkpoints,
        onProgress: progress.on,
      })
      progress.end()
      const { events, blobs } = manifest
      say(
        `Exported ${events.count.toLocaleString('en')} events and ${blobs.count.toLocaleString('en')} files.`,
      )
      say(`  bundle    ${resolve(to)}`)
      say(`  log       up to ${events.lastPosition ?? 'its beginning: it is empty'}`)
      say(`  manifest  SHA-256 ${sha256}`)
      return 0
    } catch (error) {
      progress.end()
      throw bundleWords(error)
    }
  },
}
