import { makeContact, makeHistory, tell } from './contacts.ts'
import { makeThread } from './mails.ts'
import { ago, makePeople } from './people.ts'
import { makeAccounts } from './staff.ts'

/** Moments of a working day that the console must show well. */
export const SCENARIOS = [
  'idle',
  'offer',
  'call',
  'held',
  'wrapUp',
  'mail',
  'stranger',
  'missed',
  'empty',
  'firstDay',
] as const
export type Scenario = (typeof SCENARIOS)[number]

const seconds = (now: number, count: number) => new Date(now + count * 1000).toISOString()

const VERDICTS = {
  sofia: ['LONGEST_READY', true],
  davide: ['READY_LATER', true],
  elena: ['READY_LATER', true],
  chiara: ['READY_LATER', true],
  hannah: ['SKILL_MISSING', false],
  matteo: ['RESERVED', false],
  luca: ['ENGAGED', false],
  sara: ['WRAP_UP', false],
  anna: ['NOT_READY', false],
} as const

/** The whole floor at one such moment. */
export function makeWorld(scenario: Scenario, now: number) {
  const made = makePeople(now)
  const { agents, queues, customers } = made
  makeHistory(now, made)
  const { sofia } = agents
  const base = { queue: queues.billing, minutesAgo: 0.2 } as const
  const caller = scenario === 'stranger' ? customers.stranger : customers.giulia
  const call = makeContact(now, { ...base, id: 'call-now', channel: 'CALL', customer: caller }, {})
  tell(call, 'InteractionOpened', call.openedAt)
  tell(call, 'CallReceived', call.openedAt)
  tell(call, 'InteractionQueued', call.openedAt, { queue: 'Billing' })
  if (scenario !== 'stranger') {
    call.candidates = [
      { customer: customers.giulia, rank: 1, why: 'lastContact' },
      { customer: customers.marco, rank: 2, why: 'linkedFirst' },
    ]
  }
  const mail = makeContact(
    now,
    { id: 'mail-now', channel: 'EMAIL', customer: customers.piotr, queue: queues.polish, minutesAgo: 96 },
    {
      status: 'HANDLING',
      agent: sofia,
      subject: 'Faktura za październik, korekta',
      excerpt: 'w załączonej fakturze nadal jest stary adres i błędny NIP.',
      handlingStartedAt: ago(now, 30),
      thread: makeThread(now, made),
    },
  )
  tell(mail, 'InteractionOpened', mail.openedAt)
  tell(mail, 'MailReceived', mail.openedAt, { subject: mail.subject ?? '', excerpt: mail.excerpt ?? '' })
  const waiting = makeContact(
    now,
    { id: 'mail-wait', channel: 'EMAIL', customer: customers.james, queue: queues.billing, minutesAgo: 306 },
    { subject: 'Direct debit taken twice', excerpt: 'Hello, you took the money twice.' },
  )
  const desk = {
    now: () => new Date().toISOString(),
    agent: sofia,
    offer: null as unknown,
    current: null as unknown,
    mine: [] as unknown[],
    waiting: [] as unknown[],
  }
  const isFirstDay = scenario === 'firstDay'
  const world = {
    scenario,
    ...made,
    desk,
    call,
    mail,
    accounts: makeAccounts(made, isFirstDay),
    queueList: isFirstDay ? [] : Object.values(queues),
    /** Entries that live timelines have not been told yet. */
    news: [] as { readonly customerId: string; readonly entry: unknown }[],
  }
  desk.waiting = [waiting]
  desk.mine = [mail]

  const be = (status: string, minutes: number, more: Record<string, unknown> = {}) => {
    sofia.presence = { ...sofia.presence, status, since: ago(now, minutes), ...more }
  }
  const offered = () => {
    be('RESERVED', 0.12)
    call.status = 'OFFERED'
    tell(call, 'InteractionOffered', ago(now, 0.12), { offerSeconds: 20 }, sofia)
    desk.offer = {
      __typename: 'Offer',
      id: 'offer-now',
      interaction: call,
      queue: queues.billing,
      agent: sofia,
      status: 'open',
      offeredAt: ago(now, 0.12),
      expiresAt: seconds(now, 13),
      endedAt: null,
      policyVersion: 7,
      seed: 48_213,
      considered: Object.entries(VERDICTS).map(([key, [why, eligible]]) => ({
        agent: agents[key as keyof typeof VERDICTS],
        why,
        eligible,
      })),
    }
  }
  const talking = (heldAt: string | null) => {
    call.agent = sofia
    call.handlingStartedAt = ago(now, 4.2)
    call.openedAt = ago(now, 4.4)
    call.status = 'HANDLING'
    tell(
      call,
      'InteractionHandlingStarted',
      ago(now, 4.2),
      { answeredAfterSeconds: 8, waitedSeconds: 11 },
      sofia,
    )
    tell(call, 'LegHeld', ago(now, 3), { by: 'agent' }, sofia)
    tell(call, 'LegResumed', ago(now, 2.7), { by: 'agent', heldSeconds: 21 }, sofia)
    call.call = {
      id: 'call',
      fromDisplay: '+39 06 5550 142',
      to: '',
      receivedAt: call.openedAt,
      answeredAt: call.handlingStartedAt,
      endedAt: null,
      legs: [
        leg('customer', null, heldAt === null ? 'ANSWERED' : 'HELD', heldAt),
        leg('agent', sofia, 'ANSWERED', null),
      ],
    }
    be('ENGAGED', 4.2)
    desk.current = call
    desk.mine = [call, mail]
  }
  const arrange: Record<Scenario, () => void> = {
    empty: () => {
      desk.waiting = []
      desk.mine = []
    },
    idle: () => {},
    firstDay: () => {},
    mail: () => {
      be('ENGAGED', 30)
      desk.current = mail
    },
    missed: () => be('NOT_READY', 0.1, { reason: 'MISSED_OFFER' }),
    offer: offered,
    stranger: offered,
    call: () => talking(null),
    held: () => talking(ago(now, 0.35)),
    wrapUp: () => {
      talking(null)
      call.status = 'WRAP_UP'
      call.handlingEndedAt = ago(now, 0.1)
      be('WRAP_UP', 0.1, { until: seconds(now, 38) })
    },
  }
  arrange[scenario]()
  return world
}

const leg = (party: string, agent: unknown, status: string, heldAt: string | null) => ({
  id: `leg-${party}`,
  party,
  agent,
  status,
  muted: false,
  heldAt,
  heldBy: heldAt === null ? [] : ['agent'],
  answeredAt: null,
  endedAt: null,
})

export type World = ReturnType<typeof makeWorld>
