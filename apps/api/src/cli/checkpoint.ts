import { LEDGER_STREAM, type LogSealed } from '@centralino/event-store/ledger'
import { CannotDo, type Command } from './command.ts'
import { openLogForReading } from './open-log.ts'

export const checkpoint: Command = {
  summary: "prints the log's newest signed checkpoint, to be kept by an auditor",
  usage: 'checkpoint > checkpoint.txt',
  async run(_args, { config, say }) {
    await using store = await openLogForReading(config)
    for await (const event of store.readStream(LEDGER_STREAM, { direction: 'backwards', limit: 1 })) {
      const { checkpoint: note, verifierKey } = event.data as LogSealed['data']
      say(note.trimEnd())
      process.stderr.write(`Keep it where nobody can alter it. The key to check it with: ${verifierKey}\n`)
      return 0
    }
    throw new CannotDo('Nothing is sealed yet: a checkpoint is made a minute after the hub starts.')
  },
}
