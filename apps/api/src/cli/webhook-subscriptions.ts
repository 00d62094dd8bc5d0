import { plusMilliseconds, toInstant, unreachable } from '@centralino/domain'
import { uuidv7 } from '@centralino/event-store'
import type { Config } from '../config.ts'
import { resolveStart } from '../feed/start-position.ts'
import { parseStreamRequest, type StreamRequest, type StreamRequestRefusal } from '../feed/stream-request.ts'
import { type TargetRefusal, targetRefusal } from '../webhooks/target-policy.ts'
import type { DisabledReason, Webhook } from '../webhooks/webhook.ts'
import { makeWebhookSecret } from '../webhooks/webhook-signature.ts'
import { CannotDo, type CommandIO, UsageError } from './command.ts'
import { openLogForReading } from './open-log.ts'
import { openWebhooks } from './open-webhooks.ts'
import { tableOf, timeOf } from './table.ts'

type Values = Readonly<Record<string, string | undefined>>

/** For how long the secret until now signs as well, unless told otherwise. */
const OVERLAP_HOURS = 24
const LONGEST_OVERLAP_HOURS = 168

const now = () => toInstant(Temporal.Now.instant())

export const add = async (
  { name, values }: { readonly name: string; readonly values: Values },
  { config, say }: CommandIO,
): Promise<number> => {
  const { client: clientName, url, type, customer, from } = values
  if (clientName === undefined || url === undefined) throw new UsageError('--client and --url')
  const asked = asRequest({
    ...(type === undefined ? {} : { type }),
    ...(customer === undefined ? {} : { customer }),
    ...(from === undefined ? {} : { from }),
  })
  const refused = targetRefusal(url, config.webhooks)
  if (refused !== null) throw new CannotDo(refusalWords(refused))
  using files = openWebhooks(config)
  const client = files.clientByName(clientName)
  const position = await startOf(config, asked.startsAfter)
  const secret = makeWebhookSecret()
  const { clientId } = client
  const { filter } = asked
  const added = { name, webhookId: uuidv7(), clientId, url, filter, secret, position, createdAt: now() }
  if (!files.database.addWebhook(added)) {
    throw new CannotDo(
      `There is a webhook ${name} already, or there are as many as may be: revoke one that is not needed.`,
    )
  }
  const personal = client.scopes.includes('events:personal')
  say(`  webhook  ${name}`)
  say(`  client   ${client.name}, ${personal ? 'with' : 'without'} personal data`)
  say(`  secret   ${secret}`)
  say('It is shown this once. The receiver verifies with it what the hub sends (docs/feed.md).')
  return 0
}

export const list = async ({ config, say }: CommandIO): Promise<number> => {
  using files = openWebhooks(config)
  const rows = files.database
    .webhooks()
    .map((webhook) => [
      webhook.name,
      files.clientOf(webhook)?.name ?? 'revoked',
      targetOf(webhook),
      filterOf(webhook),
      String(webhook.deadLetters),
      webhook.position ?? 'start',
      stateOf(webhook, config.timeZone),
    ])
  const header = ['name', 'client', 'to', 'events', 'dead letters', 'position', 'state']
  if (rows.length === 0) say('No other system has events sent to it.')
  else for (const line of tableOf(header, rows)) say(line)
  return 0
}

export const revoke = async (
  { name }: { readonly name: string },
  { config, say }: CommandIO,
): Promise<number> => {
  using files = openWebhooks(config)
  const { deadLetters } = files.webhookByName(name)
  files.database.removeWebhook(name)
  say(`Revoked: nothing is sent to ${name} any more.`)
  if (deadLetters > 0) say(`Its dead letters went with it (${deadLetters}); the events are in the log.`)
  return 0
}

export const rotateSecret = async (
  { name, values }: { readonly name: string; readonly values: Values },
  { config, say }: CommandIO,
): Promise<number> => {
  const text = values['overlap-hours'] ?? String(OVERLAP_HOURS)
  const hours = Number(text)
  if (!/^\d+$/.test(text) || hours > LONGEST_OVERLAP_HOURS)
    throw new UsageError(`--overlap-hours from 0 to ${LONGEST_OVERLAP_HOURS}`)
  using files = openWebhooks(config)
  const { webhookId } = files.webhookByName(name)
  const secret = makeWebhookSecret()
  const until = hours === 0 ? null : plusMilliseconds(now(), hours * 3_600_000)
  files.database.rotateSecret(webhookId, secret, until)
  say(`  webhook  ${name}`)
  say(`  secret   ${secret}`)
  say('It is shown this once.')
  if (until === null) say('The secret until now signs nothing any more.')
  else
    say(`The secret until now signs as well until ${timeOf(until, config.timeZone)}; an older one does not.`)
  return 0
}

export const enable = async (
  { name, values }: { readonly name: string; readonly values: Values },
  { config, say }: CommandIO,
): Promise<number> => {
  using files = openWebhooks(config)
  const webhook = files.webhookByName(name)
  if (webhook.state.status === 'active') throw new CannotDo(`The webhook ${name} is not stopped.`)
  if (files.clientOf(webhook) === null)
    throw new CannotDo(`The client of ${name} was revoked: revoke the webhook and add it for another client.`)
  const { from } = values
  const position =
    from === undefined ? webhook.position : await startOf(config, asRequest({ from }).startsAfter)
  files.database.enableWebhook(webhook.webhookId, position)
  say(`Events are sent to ${name} again, ${position === null ? 'from the first' : `after ${position}`}.`)
  return 0
}

/** The feed's own parameters, with its own rules. */
const asRequest = (query: Readonly<Record<string, string>>): StreamRequest => {
  const asked = parseStreamRequest(query, undefined)
  if ('code' in asked) throw new UsageError(requestWords(asked))
  return asked
}

const startOf = async (config: Config, startsAfter: StreamRequest['startsAfter']): Promise<string | null> => {
  await using log = await openLogForReading(config)
  const start = await resolveStart(log, startsAfter)
  if ('code' in start) throw new UsageError(requestWords(start))
  return start.position
}

const requestWords = ({
  code,
  at,
}: {
  readonly code: StreamRequestRefusal['code'] | 'POSITION_AHEAD'
  readonly at: string
}): string => {
  switch (code) {
    case 'BAD_POSITION':
      return '--from start, now, or a position of this log'
    case 'POSITION_AHEAD':
      return '--from is past the end of this log'
    case 'UNKNOWN_TYPE':
      return `--type: there is no event of type ${JSON.stringify(at)}`
    case 'BAD_CUSTOMER':
      return '--customer takes the id of a customer'
    case 'UNKNOWN_PARAMETER':
      return `--${at} is not known`
    default:
      return unreachable(code)
  }
}

const refusalWords = (refusal: TargetRefusal): string => {
  switch (refusal) {
    case 'BAD_URL':
      return 'The URL must begin with https:// and hold no user or password.'
    case 'NOT_HTTPS':
      return 'The URL must begin with https://. Where events may go unencrypted: HUB_WEBHOOK_ALLOW=http.'
    case 'PRIVATE_TARGET':
      return (
        'The URL leads to this machine or a network of its own. Where that is meant: HUB_WEBHOOK_ALLOW=private, ' +
        'for the hub as for this command.'
      )
    default:
      return unreachable(refusal)
  }
}

/** A key may stand in its query. */
const targetOf = ({ url }: Webhook): string => {
  const { origin, pathname, search } = new URL(url)
  return `${origin}${pathname}${search === '' ? '' : '?…'}`
}

const filterOf = ({ filter }: Webhook): string =>
  [
    filter.types === null ? 'all' : [...filter.types].join(','),
    ...(filter.customerId === null ? [] : [`of ${filter.customerId}`]),
  ].join(' ')

const stateOf = ({ state }: Webhook, timeZone: string): string => {
  if (state.status === 'disabled') return `stopped: ${STOPPED_WORDS[state.reason]}`
  const { trying } = state
  if (trying === null) return 'delivering'
  const { attempts, reason, nextAttemptAt } = trying
  return `failed ${attempts === 1 ? 'once' : `${attempts} times`} (${reason}), next try ${timeOf(nextAttemptAt, timeZone)}`
}

const STOPPED_WORDS: Readonly<Record<DisabledReason, string>> = {
  GONE: 'the receiver wants no more (410)',
  CLIENT_REVOKED: 'its client was revoked',
  DEAD_LETTERS_FULL: 'no room for more dead letters',
  POSITION_AHEAD: 'the log ends before its position',
  BAD_POSITION: 'its position is of another log',
}
