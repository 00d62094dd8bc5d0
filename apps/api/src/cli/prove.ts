import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { type ProofRefusal, proveEvent } from '@centralino/event-store/ledger'
import { CannotDo, type Command, UsageError } from './command.ts'
import { openLogForReading } from './open-log.ts'

export const prove: Command = {
  summary: 'proves that one event is in the sealed log, for whoever has neither the log nor the hub',
  usage: 'prove EVENT_ID [--since CHECKPOINT_FILE] > proof.json',
  async run(args, { config, say }) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { since: { type: 'string' } },
      allowPositionals: true,
      strict: true,
    })
    const [eventId, ...more] = positionals
    if (eventId === undefined || more.length > 0) throw new UsageError('prove takes the id of one event')
    const older = values.since === undefined ? null : await readFile(values.since, 'utf8').catch(() => '')
    await using store = await openLogForReading(config)
    const proof = await proveEvent(store, eventId, older)
    if ('refused' in proof) throw new CannotDo(WHY[proof.refused])
    say(JSON.stringify(proof, null, 2))
    process.stderr.write('Anybody checks it with: node docs/check-proof.mjs proof.json VERIFIER_KEY\n')
    return 0
  },
}

const WHY = {
  EVENT_UNKNOWN: 'No event in the log has this id.',
  NOT_SEALED_YET: 'No checkpoint covers this event yet: one is made every minute.',
  OLDER_CHECKPOINT_INVALID:
    'The checkpoint that you gave cannot be read, or covers more than the newest one in this log.',
  OLDER_CHECKPOINT_OF_ANOTHER_LOG:
    'The checkpoint that you gave is of another log, or this log was altered since: `npm run hub -- verify --checkpoint FILE` says more.',
  OLDER_CHECKPOINT_BY_ANOTHER_KEY:
    'The checkpoint that you gave is signed with another key than the newest one. Leave --since out, and verify the log with both keys.',
} as const satisfies Record<ProofRefusal['refused'], string>
