import { ago, fact, type Made } from './people.ts'

type Customer = Made['customers']['giulia']
type Agent = Made['agents']['sofia']
type Queue = Made['queues']['billing']

export type Contact = ReturnType<typeof makeContact>

let position = 1000

/** One contact as the schema shows it; what a test needs otherwise goes in `over`. */
export function makeContact(
  now: number,
  about: { id: string; channel: 'CALL' | 'EMAIL'; customer: Customer; queue: Queue; minutesAgo: number },
  over: Record<string, unknown> = {},
) {
  const { id, channel, customer, queue, minutesAgo } = about
  const contact = {
    __typename: 'Interaction',
    id: `interaction-${id}`,
    channel,
    direction: 'INBOUND',
    status: 'QUEUED',
    customer,
    candidates: [{ customer, rank: 1, why: 'onlyMatch' }],
    contactPoint: customer.contactPoints.find((one) => one.kind === (channel === 'CALL' ? 'phone' : 'email')),
    entryPoint: channel === 'CALL' ? '+390655500100' : 'billing@linfa.example',
    queue,
    agent: null as Agent | null,
    subject: null as string | null,
    excerpt: null as string | null,
    openedAt: ago(now, minutesAgo),
    queuedAt: ago(now, minutesAgo - 0.05),
    handlingStartedAt: null as string | null,
    handlingEndedAt: null as string | null,
    chasers: 0,
    closedAt: null as string | null,
    closedHow: null as string | null,
    disposition: null as string | null,
    note: null as string | null,
    call: null as unknown,
    thread: null as unknown,
    offers: [],
    ...over,
  }
  customer.contacts.push(contact)
  return contact
}

/** Adds an event of a contact to its customer's timeline, and returns it. */
export function tell(
  contact: Contact,
  type: string,
  at: string,
  facts: Record<string, string | number> = {},
  agent: Agent | null = null,
) {
  position += 1
  const entry = {
    __typename: 'TimelineEntry',
    id: `entry-${position}`,
    position: String(position).padStart(20, '0'),
    type,
    at,
    channel: contact.channel,
    customer: contact.customer,
    agent,
    interaction: contact,
    facts: fact(facts),
  }
  contact.customer.entries.push(entry)
  return entry
}

export function tellCustomer(
  customer: Customer,
  type: string,
  at: string,
  facts: Record<string, string> = {},
) {
  position += 1
  customer.entries.push({
    __typename: 'TimelineEntry',
    id: `entry-${position}`,
    position: String(position).padStart(20, '0'),
    type,
    at,
    channel: null,
    customer,
    agent: null,
    interaction: null,
    facts: fact(facts),
  })
}

/** What Giulia, Piotr and James lived through with us before. */
export function makeHistory(now: number, { agents, queues, customers }: Made) {
  const day = 60 * 24
  const { giulia, piotr } = customers
  tellCustomer(giulia, 'CustomerRegistered', ago(now, day * 200), { name: 'Giulia Ferrante' })
  const mail = makeContact(
    now,
    { id: 'mail-old', channel: 'EMAIL', customer: giulia, queue: queues.billing, minutesAgo: day * 4 + 290 },
    {
      status: 'CLOSED',
      closedHow: 'wrappedUp',
      subject: 'Doppio addebito ottobre',
      excerpt: 'Ho trovato due addebiti di 96,40 € il 4 e il 6 novembre…',
      agent: agents.elena,
    },
  )
  tell(mail, 'InteractionOpened', mail.openedAt)
  tell(mail, 'MailReceived', mail.openedAt, { subject: 'Doppio addebito ottobre' })
  const lost = makeContact(
    now,
    { id: 'call-lost', channel: 'CALL', customer: giulia, queue: queues.billing, minutesAgo: day * 4 + 150 },
    { status: 'CLOSED', closedHow: 'abandoned', closedAt: ago(now, day * 4 + 146.2) },
  )
  tell(lost, 'InteractionOpened', lost.openedAt)
  tell(lost, 'InteractionQueued', lost.openedAt, { queue: 'Billing' })
  tell(lost, 'InteractionAbandoned', ago(now, day * 4 + 146.2), { while: 'waiting', waitedSeconds: 228 })
  const talked = makeContact(
    now,
    { id: 'call-luca', channel: 'CALL', customer: giulia, queue: queues.billing, minutesAgo: day * 3 - 120 },
    {
      status: 'CLOSED',
      closedHow: 'wrappedUp',
      agent: agents.luca,
      handlingStartedAt: ago(now, day * 3 - 121),
      handlingEndedAt: ago(now, day * 3 - 127.2),
      disposition: 'NEEDS_CALLBACK',
      note: 'October invoice charged twice. Luca promised an answer by Tuesday. She was upset, then calm.',
    },
  )
  tell(talked, 'InteractionOpened', talked.openedAt)
  tell(
    talked,
    'InteractionHandlingStarted',
    ago(now, day * 3 - 121),
    { answeredAfterSeconds: 9 },
    agents.luca,
  )
  tell(talked, 'InteractionWrappedUp', ago(now, day * 3 - 128), { disposition: 'needsCallback' }, agents.luca)
  const told = makeContact(
    now,
    { id: 'call-piotr', channel: 'CALL', customer: piotr, queue: queues.polish, minutesAgo: day * 9 },
    {
      status: 'CLOSED',
      closedHow: 'wrappedUp',
      agent: agents.karol,
      handlingStartedAt: ago(now, day * 9 - 1),
      handlingEndedAt: ago(now, day * 9 - 4.85),
      note: 'Told that a correction follows.',
      disposition: 'PASSED_ON',
    },
  )
  tell(told, 'InteractionOpened', told.openedAt)
}
