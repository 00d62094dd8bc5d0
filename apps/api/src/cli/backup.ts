import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { backupLog } from '@centralino/event-store'
import { bundleWords } from './bundle-words.ts'
import { CannotDo, type Command, UsageError } from './command.ts'
import { createProgress } from './progress.ts'

export const backup: Command = {
  summary: 'copies the embedded log into one file, beside a running hub too, and checks the copy',
  usage: 'backup --to <file>',
  async run(args, { config, say }) {
    const { to } = parseArgs({ args: [...args], options: { to: { type: 'string' } }, strict: true }).values
    if (to === undefined || to === '') throw new UsageError('--to names the file to make')
    if (config.logPath === null) {
      throw new CannotDo(
        'The log is on its servers: back them up by their own means, or take it along with `export`.',
      )
    }
    if (!existsSync(config.logPath)) {
      throw new CannotDo(
        `There is no log at ${config.logPath}. Start the hub once (npm start), or set HUB_DATA_DIR.`,
      )
    }
    const progress = createProgress()
    try {
      const { events, snapshotAt } = await backupLog({ path: config.logPath, to, onProgress: progress.on })
      progress.end()
      say(
        `Copied ${events.toLocaleString('en')} events, all that was written by ${snapshotAt.toISOString()}, and checked them.`,
      )
      say(`  backup   ${resolve(to)}`)
      say(
        'To put it back: stop the hub, move log.db*, ledger.db*, read-models.db*, reactors and outbox.json out of the data folder,',
      )
      say('copy the backup there as log.db, and start the hub.')
      return 0
    } catch (error) {
      progress.end()
      throw bundleWords(error)
    }
  },
}
