import type { Desk, InteractionLine, OnTheLine } from '../features/desk/desk-types.ts'

/** The smallest desk that is one, for tests of rules; `over` says what matters. */
export const aLine = (id: string, over: Partial<OnTheLine> = {}): OnTheLine => ({
  id,
  channel: 'CALL',
  direction: 'INBOUND',
  status: 'QUEUED',
  customer: { id: 'customer', known: true, name: 'Giulia Ferrante', language: 'it' },
  contactPoint: { kind: 'phone', display: '+39 06 5550 142' },
  queue: null,
  agent: null,
  subject: null,
  excerpt: null,
  openedAt: '2026-11-23T13:05:22.000Z',
  queuedAt: null,
  handlingStartedAt: null,
  handlingEndedAt: null,
  reopenedWhy: null,
  chasers: 0,
  disposition: null,
  note: null,
  call: null,
  ...over,
})

export const ME = { id: 'me', name: 'Sofia Marchetti' }

export const mine = (id: string, over: Partial<OnTheLine> = {}): OnTheLine =>
  aLine(id, { agent: ME, status: 'HANDLING', ...over })

export const aDesk = (over: Partial<Desk> = {}): Desk => ({
  now: '2026-11-23T13:05:32.000Z',
  agent: { ...ME, skills: [], presence: { status: 'READY', reason: null, since: null, until: null } },
  offer: null,
  current: null,
  mine: [],
  waiting: [],
  ...over,
})

export const anOffer = (interaction: InteractionLine): NonNullable<Desk['offer']> => ({
  id: 'offer',
  status: 'open',
  offeredAt: '2026-11-23T13:05:25.000Z',
  expiresAt: '2026-11-23T13:05:45.000Z',
  policyVersion: 7,
  interaction,
  queue: { id: 'q', name: 'Billing', requiredSkills: [], offerTimeoutSeconds: 20, wrapUpSeconds: 45 },
  agent: ME,
  considered: [],
})
