import type { RecordedEvent } from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import { cloudEventSource } from '../feed/cloud-event.ts'
import { systemClock } from '../time/clock.ts'
import { createDeliver } from '../webhooks/deliver.ts'
import { createPoster } from '../webhooks/post.ts'
import type { DeadLetter } from '../webhooks/webhook.ts'
import { CannotDo, type CommandIO } from './command.ts'
import { openLogForReading } from './open-log.ts'
import { openWebhooks, type WebhooksAtHand } from './open-webhooks.ts'
import { tableOf, timeOf } from './table.ts'

type Given = { readonly name: string; readonly eventId: string | undefined }

export const listDeadLetters = async (
  { name }: Pick<Given, 'name'>,
  { config, say }: CommandIO,
): Promise<number> => {
  using files = openWebhooks(config)
  const rows = files.database
    .deadLetters(files.webhookByName(name).webhookId)
    .map((letter) => [
      letter.eventId,
      letter.type,
      letter.position,
      String(letter.attempts),
      timeOf(letter.firstTriedAt, config.timeZone),
      timeOf(letter.givenUpAt, config.timeZone),
      letter.reason,
    ])
  const header = ['event', 'type', 'position', 'tries', 'first tried', 'given up', 'reason']
  if (rows.length === 0) say(`${name} has no dead letters.`)
  else for (const line of tableOf(header, rows)) say(line)
  return 0
}

/** Sent by the command itself, so that its outcome is seen at once and whether the hub runs or not. */
export const resend = async (given: Given, { config, say }: CommandIO): Promise<number> => {
  using files = openWebhooks(config)
  const webhook = files.webhookByName(given.name)
  const client = files.clientOf(webhook)
  if (client === null) throw new CannotDo(`The client of ${given.name} was revoked: it may have nothing.`)
  const letters = lettersOf(files, given)
  await using store = await openLogForReading(config)
  using poster = createPoster({ policy: config.webhooks })
  const source = cloudEventSource(config.http.origin)
  const deliver = createDeliver({ poster, source, clock: systemClock })
  const target = { webhook, personal: client.scopes.includes('events:personal') }
  const { signal } = new AbortController()
  let taken = 0
  for (const letter of letters) {
    const event = await eventOf(store, letter)
    if (event === null) {
      say(`  ${letter.eventId}  not in this log: was it moved to another store?`)
      continue
    }
    const answer = await deliver(event, target, signal)
    if (answer.outcome === 'delivered') {
      taken += 1
      files.database.removeDeadLetter(webhook.webhookId, letter.eventId)
      say(`  ${letter.eventId}  taken`)
      continue
    }
    const reason = answer.outcome === 'gone' ? 'HTTP_410' : answer.reason
    say(`  ${letter.eventId}  not taken (${reason})`)
    // Nobody there: the others would only wait for as long.
    if (!reason.startsWith('HTTP_') || answer.outcome === 'gone') break
  }
  say(`${taken} of ${letters.length} taken; what was not stays where it is.`)
  return taken === letters.length ? 0 : 1
}

export const discard = async (given: Given, { config, say }: CommandIO): Promise<number> => {
  using files = openWebhooks(config)
  const { webhookId } = files.webhookByName(given.name)
  const letters = lettersOf(files, given)
  for (const { eventId } of letters) files.database.removeDeadLetter(webhookId, eventId)
  say(`Given up: ${letters.length}. The events themselves are in the log.`)
  return 0
}

const lettersOf = ({ database, webhookByName }: WebhooksAtHand, { name, eventId }: Given): DeadLetter[] => {
  const all = database.deadLetters(webhookByName(name).webhookId)
  const asked = eventId === undefined ? all : all.filter((letter) => letter.eventId === eventId)
  if (asked.length === 0)
    throw new CannotDo(eventId === undefined ? `${name} has no dead letters.` : `${name} has no such letter.`)
  return asked
}

/** Null: something else stands at its place. */
const eventOf = async (
  store: Pick<EventStore, 'readAll'>,
  { after, eventId }: DeadLetter,
): Promise<RecordedEvent | null> => {
  for await (const event of store.readAll({ ...(after === null ? {} : { from: after }), limit: 1 }))
    return event.id === eventId ? event : null
  return null
}
