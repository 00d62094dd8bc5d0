import {
  type AgentId,
  type CustomerId,
  type Instant,
  type InteractionId,
  parseId,
  parseInstant,
} from '@centralino/domain'
import type {
  AgentTable,
  CustomerTable,
  InteractionTable,
  LookTable,
  MailTable,
  MailThreadTable,
  OfferTable,
  QueueTable,
  ReadModelChange,
  ReadModels,
  ReplayTable,
  TimelineEntryTable,
} from '@centralino/projections'

export const AT: Instant = parseInstant('2026-11-24T05:00:00Z')

/** Rows to start from; each test changes what it is about. */
export const anAgent = (given: Partial<AgentTable> = {}): AgentTable => ({
  agent_id: parseId('agent', 'sofia'),
  name: 'Sofia Marchetti',
  skills: '["billing"]',
  floor_id: parseId('floor', 'main'),
  presence: 'ready',
  presence_reason: null,
  presence_since: AT,
  presence_until: null,
  ready_since: AT,
  interaction_id: null,
  offer_id: null,
  left_at: null,
  ...given,
})

export const aCustomer = (given: Partial<CustomerTable> = {}): CustomerTable => ({
  customer_id: parseId('customer', 'giulia'),
  status: 'known',
  name: 'Giulia Ferrante',
  search_name: 'giulia ferrante',
  language: 'it',
  place: 'Rome',
  customer_since: 'March 2019',
  created_at: AT,
  last_contact_at: AT,
  ...given,
})

export const aQueue = (given: Partial<QueueTable> = {}): QueueTable => ({
  queue_id: parseId('queue', 'billing'),
  name: 'Billing',
  required_skills: '["billing"]',
  offer_timeout_seconds: 20,
  wrap_up_seconds: 60,
  entry_points: '["+390655500100"]',
  ...given,
})

export const anInteraction = (given: Partial<InteractionTable> = {}): InteractionTable => ({
  interaction_id: parseId('interaction', 'i1'),
  customer_id: parseId('customer', 'giulia'),
  channel: 'call',
  direction: 'inbound',
  status: 'queued',
  queue_id: parseId('queue', 'billing'),
  agent_id: null,
  subject: null,
  contact_point: '{"kind":"phone","value":"+39065550142","raw":"065550142"}',
  entry_point: '+390655500100',
  call_id: null,
  thread_id: null,
  opened_at: AT,
  queued_at: AT,
  handling_started_at: null,
  handling_ended_at: null,
  closed_at: null,
  closed_how: null,
  reopened_why: null,
  chasers: 0,
  disposition: null,
  note: null,
  excerpt: null,
  ...given,
})

export const anEntry = (position: string, given: Partial<TimelineEntryTable> = {}): TimelineEntryTable => ({
  position,
  event_id: `event-${position}`,
  customer_id: parseId('customer', 'giulia'),
  interaction_id: null,
  channel: null,
  type: 'InteractionOpened',
  at: AT,
  agent_id: null,
  facts: '{}',
  ...given,
})

export const anOffer = (given: Partial<OfferTable> = {}): OfferTable => ({
  offer_id: parseId('offer', 'o1'),
  interaction_id: parseId('interaction', 'i1'),
  queue_id: parseId('queue', 'billing'),
  agent_id: parseId('agent', 'sofia'),
  policy_version: 1,
  seed: 7,
  considered: '[{"agentId":"sofia","eligible":true,"why":"longestReady"}]',
  offered_at: AT,
  expires_at: AT,
  status: 'open',
  ended_at: null,
  stream: 'floor-main-2026-11-24',
  revision: '3',
  ...given,
})

export const aMail = (given: Partial<MailTable> = {}): MailTable => ({
  mail_id: parseId('mail', 'm1'),
  thread_id: parseId('thread', 't1'),
  interaction_id: parseId('interaction', 'i1'),
  direction: 'inbound',
  message_id: '<1@posta.example>',
  from_name: 'Giulia',
  from_address: 'giulia@posta.example',
  to_addresses: '[]',
  cc_addresses: '[]',
  answers_to: '[]',
  subject: 'Doppio addebito',
  excerpt: 'Ho trovato',
  text_sha256: null,
  html_sha256: null,
  raw_sha256: 'a'.repeat(64),
  attachments: '[{"sha256":"ab","bytes":3,"filename":"a/b.pdf","contentType":"application/pdf"}]',
  defects: '[]',
  automatic: null,
  status: 'received',
  attempts: 0,
  last_error: null,
  retry_at: null,
  reported_action: null,
  reported_status: null,
  agent_id: null,
  at: AT,
  ...given,
})

export const aThread = (given: Partial<MailThreadTable> = {}): MailThreadTable => ({
  thread_id: parseId('thread', 't1'),
  customer_id: parseId('customer', 'giulia'),
  subject: 'Doppio addebito',
  opened_at: AT,
  last_mail_at: AT,
  last_excerpt: null,
  last_interaction_id: null,
  ...given,
})

/** Tables as plain lists, to be changed by a test between questions. */
export type FakeRows = {
  agents: AgentTable[]
  customers: CustomerTable[]
  queues: QueueTable[]
  interactions: InteractionTable[]
  entries: TimelineEntryTable[]
  offers: OfferTable[]
  mails: MailTable[]
  replays: ReplayTable[]
  looks: LookTable[]
  threads: MailThreadTable[]
}

export type FakeReadModels = ReadModels & {
  readonly rows: FakeRows
  /** The entry moves to another customer's timeline. */
  move(position: string, to: CustomerId): void
  /** Tells the listeners, as after a commit. */
  commit(change: Partial<ReadModelChange>): void
  /** How many listen now. */
  listeners(): number
  /** How often each row was asked for. */
  readonly asked: string[]
}

export const fakeReadModels = (given: Partial<FakeRows> = {}): FakeReadModels => {
  const rows: FakeRows = {
    agents: [anAgent()],
    customers: [aCustomer()],
    queues: [aQueue()],
    interactions: [anInteraction()],
    entries: [],
    offers: [anOffer()],
    mails: [aMail()],
    replays: [],
    looks: [],
    threads: [aThread()],
    ...given,
  }
  const listeners = new Set<(change: ReadModelChange) => void>()
  const asked: string[] = []
  const one = async <Row>(what: string, found: Row | undefined): Promise<Row | null> => {
    asked.push(what)
    return found ?? null
  }
  const moves: { readonly at: string; readonly entry: string; readonly between: readonly CustomerId[] }[] = []
  const ofCustomer = (id: CustomerId) => rows.entries.filter((entry) => entry.customer_id === id)
  return {
    rows,
    asked,
    listeners: () => listeners.size,
    move(position, to) {
      const index = rows.entries.findIndex((entry) => entry.position === position)
      const entry = rows.entries[index]
      if (entry === undefined) throw new Error(`there is no entry ${position}`)
      // After the last entry, before the next.
      const at = `${rows.entries.at(-1)?.position}m`
      moves.push({ at, entry: position, between: [entry.customer_id, to] })
      rows.entries[index] = { ...entry, customer_id: to }
    },
    commit(change) {
      const none = { position: '9', customerIds: new Set<never>(), interactionIds: new Set<never>() }
      const more = { agentIds: new Set<never>(), queueIds: new Set<never>(), threadIds: new Set<never>() }
      for (const listener of listeners) listener({ ...none, ...more, ...change })
    },
    statistics: async () => {
      throw new Error('no test asks')
    },
    checkpoint: async () => rows.entries.at(-1)?.position ?? null,
    apply: async () => {},
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    customer: (id) =>
      one(
        `customer ${id}`,
        rows.customers.find((row) => row.customer_id === id),
      ),
    customers: async ({ first }) => ({
      rows: rows.customers.slice(0, first),
      hasNextPage: rows.customers.length > first,
    }),
    contactPoints: async () => [],
    candidates: async (id: InteractionId) => [
      { interaction_id: id, customer_id: parseId('customer', 'giulia'), rank: 1, why: 'onlyMatch' },
    ],
    async timeline(id, { first, after }) {
      const older = ofCustomer(id)
        .filter((entry) => after === undefined || entry.position < after)
        .reverse()
      return { rows: older.slice(0, first), hasNextPage: older.length > first }
    },
    async timelineSince(id, position) {
      const moved = moves
        .filter(({ at, between }) => at > position && between.includes(id))
        .map(({ entry }) => entry)
      const entries = rows.entries.filter(
        (entry) => (entry.customer_id === id && entry.position > position) || moved.includes(entry.position),
      )
      const told = [position, moves.at(-1)?.at ?? '', rows.entries.at(-1)?.position ?? '']
      return { entries, position: told.toSorted().at(-1) ?? position }
    },
    interaction: (id) =>
      one(
        `interaction ${id}`,
        rows.interactions.find((row) => row.interaction_id === id),
      ),
    interactions: async () => ({ rows: rows.interactions, hasNextPage: false }),
    contactsSince: async (_id, since) => rows.interactions.filter((row) => row.opened_at >= since).length,
    inbox: async (id: AgentId) => ({
      mine: rows.interactions.filter((row) => row.agent_id === id),
      waiting: rows.interactions.filter((row) => row.agent_id === null),
    }),
    agents: async () => rows.agents,
    agent: (id) =>
      one(
        `agent ${id}`,
        rows.agents.find((row) => row.agent_id === id),
      ),
    queues: async () => rows.queues,
    queueBoard: async () =>
      rows.queues.map((queue) => ({
        queue,
        waiting: 1,
        longestWaitingSince: AT,
        readyAgents: 1,
        engagedAgents: 0,
        answeredToday: 2,
        abandonedToday: 0,
      })),
    offer: (id) =>
      one(
        `offer ${id}`,
        rows.offers.find((row) => row.offer_id === id),
      ),
    offersOf: async () => rows.offers,
    callOf: async () => null,
    async thread(id) {
      const thread = rows.threads.find((row) => row.thread_id === id)
      return thread ? { thread, mails: rows.mails } : null
    },
    mail: (id) =>
      one(
        `mail ${id}`,
        rows.mails.find((row) => row.mail_id === id),
      ),
    undeliveredMails: async () => rows.mails,
    replays: async () => ({ rows: rows.replays, hasNextPage: false }),
    looksIn: async () => rows.looks,
    [Symbol.asyncDispose]: async () => {},
  }
}
