import {
  type CustomerId,
  type Instant,
  type InteractionId,
  parseId,
  parseInstant,
  toInstant,
} from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import { fromJson, type Moment, type ReadModels, stateAsOf } from '@centralino/projections'
import { rawIdOf } from '../graphql/ids.ts'
import { CannotDo, type CommandIO, UsageError } from './command.ts'
import { openLogForReading } from './open-log.ts'
import { durationOf, tableOf, timeOf, wordsOf } from './table.ts'

export type What = {
  readonly floor?: boolean | undefined
  readonly customer?: string | undefined
  readonly interaction?: string | undefined
}

/** Prints what stood at a moment of the past, from the log alone: the floor unless told otherwise. */
export const asOf = async (moment: string, what: What, io: CommandIO): Promise<number> => {
  const asked = [what.floor === true, what.customer !== undefined, what.interaction !== undefined]
  if (asked.filter(Boolean).length > 1) {
    throw new UsageError('one of --floor, --customer and --interaction at a time')
  }
  await using store = await openLogForReading(io.config)
  const until = momentOf(moment, io.config.timeZone, await digitsOfPositions(store))
  const { models, last, events } = await stateAsOf({ readAll: store.readAll(), until })
  await using stood = models
  if (last === null) {
    io.say('The log was empty then.')
    return 0
  }
  // A position is its event's instant; an instant asked for is later than the last event before it.
  const at = 'instant' in until ? until.instant : last.recordedAt
  io.say(`As of ${timeOf(at, io.config.timeZone)} (position ${last.position}, ${events} events)`)
  io.say('')
  if (what.customer !== undefined) await printCustomer(stood, idOf('customer', 'Customer', what.customer), io)
  else if (what.interaction !== undefined) {
    await printInteraction(stood, idOf('interaction', 'Interaction', what.interaction), io)
  } else await printFloor(stood, at, io)
  return 0
}

/**
 * Digits are a position, with or without its leading zeros; anything else an ISO 8601 instant, or a day and time on the
 * floor's own clock (a day alone: its midnight). Throws a `UsageError` for what is none of them, and for a local time
 * that the change of the clocks left out or made twice.
 */
export const momentOf = (text: string, timeZone: string, digits = 16): Moment => {
  if (/^\d+$/.test(text) && text.length <= digits) return { position: text.padStart(digits, '0') }
  try {
    return { instant: parseInstant(text) }
  } catch {
    return { instant: localInstant(text, timeZone) }
  }
}

const localInstant = (text: string, timeZone: string): Instant => {
  const local = localTime(text)
  try {
    return toInstant(local.toZonedDateTime(timeZone, { disambiguation: 'reject' }).toInstant())
  } catch {
    throw new UsageError(
      `The clocks of ${timeZone} changed then: ${JSON.stringify(text)} needs an offset such as +01:00`,
    )
  }
}

const localTime = (text: string): Temporal.PlainDateTime => {
  try {
    return Temporal.PlainDateTime.from(text)
  } catch {
    throw new UsageError(
      `${JSON.stringify(text)} is no position, no instant such as 2026-11-24T14:05:00+01:00 and no local time such as 2026-11-24T14:05`,
    )
  }
}

/** How long this store's positions are: they are compared as text. */
const digitsOfPositions = async (store: EventStore): Promise<number | undefined> => {
  for await (const { position } of store.readAll({ limit: 1 })) return position.length
  return undefined
}

const idOf = <Of extends string>(of: Of, typename: string, text: string) => {
  try {
    return parseId(of, rawIdOf(typename, text))
  } catch {
    throw new UsageError(`${JSON.stringify(text)} is not the id of a ${of}`)
  }
}

const printFloor = async (models: ReadModels, at: string, { config, say }: CommandIO): Promise<void> => {
  const { timeZone } = config
  const midnight = Temporal.Instant.from(at).toZonedDateTimeISO(timeZone).startOfDay().toInstant()
  const agents = (await models.agents()).filter((agent) => agent.left_at === null)
  say('Agents')
  const presence = agents.map((agent) => [
    agent.name,
    wordsOf(agent.presence) + (agent.presence_reason === null ? '' : `, ${wordsOf(agent.presence_reason)}`),
    agent.presence_since === null ? '—' : durationOf(Date.parse(at) - Date.parse(agent.presence_since)),
    fromJson(agent.skills).join(', '),
  ])
  for (const line of tableOf(['name', 'state', 'for', 'skills'], presence)) say(`  ${line}`)
  say('')
  say('Queues')
  const queues = (await models.queueBoard(midnight.toString({ smallestUnit: 'millisecond' }))).map((row) => [
    row.queue.name,
    String(row.waiting),
    row.longestWaitingSince === null ? '—' : durationOf(Date.parse(at) - Date.parse(row.longestWaitingSince)),
    String(row.readyAgents),
    String(row.answeredToday),
    String(row.abandonedToday),
  ])
  const header = ['name', 'waiting', 'longest', 'ready', 'answered that day', 'abandoned that day']
  for (const line of tableOf(header, queues)) say(`  ${line}`)
}

const TIMELINE_ENTRIES = 30

const printCustomer = async (
  models: ReadModels,
  id: CustomerId,
  { config, say }: CommandIO,
): Promise<void> => {
  const customer = await models.customer(id)
  if (customer === null) throw new CannotDo('There was no such customer then.')
  say(customer.name ?? 'A caller whom nobody had named yet')
  for (const point of await models.contactPoints(id)) say(`  ${point.kind.padEnd(8)} ${point.value}`)
  const { rows, hasNextPage } = await models.timeline(id, { first: TIMELINE_ENTRIES })
  say('')
  say('Timeline, newest first')
  for (const entry of rows) {
    const facts = Object.entries(fromJson(entry.facts)).map(([name, value]) => `${name} ${value}`)
    say(
      `  ${timeOf(entry.at, config.timeZone)}  ${entry.type}${facts.length > 0 ? `  (${facts.join(', ')})` : ''}`,
    )
  }
  if (hasNextPage) say('  … and older ones')
}

const printInteraction = async (
  models: ReadModels,
  id: InteractionId,
  { config, say }: CommandIO,
): Promise<void> => {
  const row = await models.interaction(id)
  if (row === null) throw new CannotDo('There was no such contact then.')
  const { timeZone } = config
  const [customer, agent, queues] = await Promise.all([
    models.customer(row.customer_id),
    row.agent_id === null ? null : models.agent(row.agent_id),
    models.queues(),
  ])
  const facts: [string, string | null | undefined][] = [
    ['channel', row.channel],
    ['status', wordsOf(row.status)],
    ['customer', customer?.name ?? fromJson(row.contact_point).value],
    ['subject', row.subject],
    ['queue', queues.find((queue) => queue.queue_id === row.queue_id)?.name],
    ['agent', agent?.name],
    ['opened', timeOf(row.opened_at, timeZone)],
    ['queued', row.queued_at && timeOf(row.queued_at, timeZone)],
    ['handled from', row.handling_started_at && timeOf(row.handling_started_at, timeZone)],
    ['handled until', row.handling_ended_at && timeOf(row.handling_ended_at, timeZone)],
    ['closed', row.closed_at && `${timeOf(row.closed_at, timeZone)}, ${wordsOf(row.closed_how ?? '')}`],
    ['disposition', row.disposition && wordsOf(row.disposition)],
    ['note', row.note],
  ]
  for (const [name, value] of facts) if (value) say(`${name.padEnd(14)} ${value}`)
}
