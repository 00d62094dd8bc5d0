import { type ParseArgsOptionsConfig, parseArgs } from 'node:util'
import { apiClientName } from '../auth/api-client.ts'
import { type Command, type CommandIO, UsageError } from './command.ts'
import { discard, listDeadLetters, resend } from './webhook-dead-letters.ts'
import { add, enable, list, revoke, rotateSecret } from './webhook-subscriptions.ts'

type Values = Readonly<Record<string, string | undefined>>
type Action = {
  readonly options: readonly string[]
  readonly takes: 'nothing' | 'name' | 'nameAndMaybeEvent'
  run(given: { name: string; eventId: string | undefined; values: Values }, io: CommandIO): Promise<number>
}

const ACTIONS: Readonly<Record<string, Action>> = {
  add: { options: ['client', 'url', 'type', 'customer', 'from'], takes: 'name', run: add },
  list: { options: [], takes: 'nothing', run: (_, io) => list(io) },
  revoke: { options: [], takes: 'name', run: revoke },
  'rotate-secret': { options: ['overlap-hours'], takes: 'name', run: rotateSecret },
  enable: { options: ['from'], takes: 'name', run: enable },
  'dead-letters': { options: [], takes: 'name', run: listDeadLetters },
  resend: { options: [], takes: 'nameAndMaybeEvent', run: resend },
  discard: { options: [], takes: 'nameAndMaybeEvent', run: discard },
}
const OPTIONS: ParseArgsOptionsConfig = Object.fromEntries(
  Object.values(ACTIONS).flatMap(({ options }) => options.map((name) => [name, { type: 'string' }])),
)

/** Straight in the webhooks file: a running hub does as it says within seconds. */
export const webhook: Command = {
  summary: 'has events sent to another system as they come, signed (docs/feed.md)',
  usage: `webhook add NAME --client CLIENT --url URL [--type A,B] [--customer ID] [--from start|now|POSITION]
  npm run hub -- webhook list
  npm run hub -- webhook revoke NAME
  npm run hub -- webhook rotate-secret NAME [--overlap-hours 24]
  npm run hub -- webhook enable NAME [--from start|now|POSITION]
  npm run hub -- webhook dead-letters NAME
  npm run hub -- webhook resend NAME [EVENT_ID]
  npm run hub -- webhook discard NAME [EVENT_ID]`,
  async run(args, io) {
    const parsed = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true, strict: true })
    const values = parsed.values as Values
    const [what = '', name, eventId, ...more] = parsed.positionals
    const action = Object.hasOwn(ACTIONS, what) ? ACTIONS[what] : undefined
    if (action === undefined) throw new UsageError(`one of ${Object.keys(ACTIONS).join(', ')}`)
    const foreign = Object.keys(values).find((option) => !action.options.includes(option))
    if (foreign !== undefined) throw new UsageError(`--${foreign} does not go with ${what}`)
    const tooMany = more.length > 0 || (eventId !== undefined && action.takes !== 'nameAndMaybeEvent')
    if (tooMany || (name !== undefined && action.takes === 'nothing'))
      throw new UsageError('more arguments than one takes')
    return action.run({ name: action.takes === 'nothing' ? '' : nameOf(name), eventId, values }, io)
  },
}

const nameOf = (text: string | undefined): string => {
  const name = apiClientName.safeParse(text)
  if (!name.success) throw new UsageError('a name of letters, digits and . _ -, at most 63')
  return name.data
}
