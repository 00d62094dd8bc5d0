import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createBlobStore, importBundle, openLogLoader } from '@centralino/event-store'
import type { Config } from '../config.ts'
import { runningHub } from '../startup/hub-file.ts'
import { makeFolder } from '../startup/make-folder.ts'
import { removeCheckpoints, saveCheckpoint } from './bundle-checkpoints.ts'
import { bundleWords } from './bundle-words.ts'
import { CannotDo, type Command, UsageError } from './command.ts'
import { createProgress } from './progress.ts'

export const importLog: Command = {
  summary:
    'loads what export has written into an empty store of either kind, and goes on where it was broken off',
  usage: 'import --from <folder>',
  async run(args, { config, say }) {
    const { from } = parseArgs({
      args: [...args],
      options: { from: { type: 'string' } },
      strict: true,
    }).values
    if (from === undefined || from === '')
      throw new UsageError('--from names the folder that export has made')
    await assertNobodysLog(config)
    const { dataDir } = config
    const progress = createProgress()
    try {
      const { manifest, resumedAt } = await importBundle({
        from,
        openLoader: async () => {
          await makeFolder(dataDir, 0o700)
          return await openLogLoader(config.eventStoreUrl)
        },
        openBlobs: async () => {
          await removeCheckpoints(dataDir)
          return await createBlobStore(join(dataDir, 'blobs'))
        },
        saveCheckpoint: (checkpoint) => saveCheckpoint(dataDir, checkpoint),
        onProgress: progress.on,
      })
      progress.end()
      const { events, blobs } = manifest
      if (resumedAt > 0)
        say(`Went on after ${resumedAt.toLocaleString('en')} events that were there already.`)
      say(
        `Imported ${events.count.toLocaleString('en')} events and ${blobs.count.toLocaleString('en')} files.`,
      )
      say(
        'Every event was read back and is the bundle’s. Start the hub: it makes its read models from the log.',
      )
      return 0
    } catch (error) {
      progress.end()
      throw bundleWords(error)
    }
  },
}

/** What is folded from one log does not fit another; accounts and files do. */
const assertNobodysLog = async ({ dataDir }: Config): Promise<void> => {
  if ((await runningHub(dataDir)) !== null) {
    throw new CannotDo('The hub runs on this data folder. Stop it, or choose another HUB_DATA_DIR.')
  }
  const left = ['read-models.db', join('reactors', 'directory.json')].filter((name) =>
    existsSync(join(dataDir, name)),
  )
  if (left.length === 0) return
  throw new CannotDo(
    `${dataDir} holds what was made from another log: ${left.join(', ')}. ` +
      'Move ledger.db*, read-models.db*, reactors and outbox.json away (the hub makes them anew), or choose another HUB_DATA_DIR.',
  )
}
