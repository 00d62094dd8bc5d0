import type {
  AgentId,
  Channel,
  CustomerId,
  Instant,
  InteractionId,
  OfferId,
  QueueId,
  RecordedEvent,
} from '@centralino/domain'

/** What an event is about, as far as its data says. */
export type EventFacts = {
  readonly channel: Channel | null
  readonly customerId: CustomerId | null
  readonly interactionId: InteractionId | null
  readonly agentId: AgentId | null
  readonly queueId: QueueId | null
  readonly offerId: OfferId | null
  /** Words of the field that its sentence needs: how, why, whose leg … */
  readonly words: Readonly<Record<string, string>>
}

/** An event of a period, as it is listed; `number` counts the period's events from 1. */
export type ReplayedEvent = EventFacts & {
  readonly number: number
  readonly position: string
  readonly eventId: string
  readonly type: string
  readonly occurredAt: Instant
  readonly recordedAt: Instant
  readonly actor: RecordedEvent['metadata']['actor']
}

/** Lengths, and never what somebody wrote: that stands in the record of the customer. */
const WORDS = ['how', 'why', 'while', 'reason', 'disposition', 'by', 'treatment', 'subject', 'day'] as const

type Fields = Readonly<Record<string, unknown>>

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {}
const textOf = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

const VOICE = /^(Call|Leg|Treatment|Digit)/
const MAIL = /^(Mail|Reply|Thread)/

const channelOf = (type: string, data: Fields): Channel | null => {
  const told = data['channel'] ?? fieldsOf(data['work'])['channel']
  if (told === 'call' || told === 'email') return told
  return VOICE.test(type) ? 'call' : MAIL.test(type) ? 'email' : null
}

const wordsOf = (data: Fields): Record<string, string> => {
  const words: Record<string, string> = {}
  for (const name of WORDS) {
    const text = textOf(data[name])
    if (text !== null) words[name] = text
  }
  const by = textOf(fieldsOf(data['cause'])['by'])
  if (by !== null) words['by'] = by
  const party = textOf(fieldsOf(data['party'])['kind'])
  if (party !== null) words['party'] = party
  const name =
    textOf(fieldsOf(data['profile'])['name']) ??
    textOf(fieldsOf(data['settings'])['name']) ??
    textOf(fieldsOf(data['account'])['name'])
  if (name !== null) words['name'] = name
  const { considered } = data
  if (Array.isArray(considered)) {
    words['considered'] = String(considered.length)
    words['eligible'] = String(considered.filter((one) => fieldsOf(one)['eligible'] === true).length)
  }
  if (typeof data['size'] === 'number') words['size'] = String(data['size'])
  return words
}

export const factsOf = ({ type, data, metadata }: RecordedEvent): EventFacts => {
  const fields = fieldsOf(data)
  const work = fieldsOf(fields['work'])
  const party = fieldsOf(fields['party'])
  return {
    channel: channelOf(type, fields),
    customerId: (textOf(fields['customerId']) ?? textOf(metadata.customerId)) as CustomerId | null,
    interactionId: textOf(fields['interactionId'] ?? work['interactionId']) as InteractionId | null,
    agentId: textOf(fields['agentId'] ?? party['agentId']) as AgentId | null,
    queueId: textOf(fields['queueId'] ?? work['queueId']) as QueueId | null,
    offerId: textOf(fields['offerId']) as OfferId | null,
    words: wordsOf(fields),
  }
}
