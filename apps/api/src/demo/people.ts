import {
  type AgentId,
  type CustomerId,
  type CustomerProfile,
  parseId,
  type QueueId,
  type QueueSettings,
} from '@centralino/domain'
import type { Role } from '../auth/roles.ts'

/** Everybody of the demo: an energy company, its floor, and the customers who call. All names and numbers are made up. */
export const DEMO_PASSWORD = 'linfa-demo'

export type DemoAgent = {
  readonly agentId: AgentId
  readonly name: string
  readonly email: string
  readonly skills: readonly string[]
}

export const DEMO_AGENTS: readonly DemoAgent[] = [
  {
    agentId: parseId('agent', 'sofia-marchetti'),
    name: 'Sofia Marchetti',
    email: 'sofia@linfa.example',
    skills: ['billing', 'support', 'lang-it', 'lang-en'],
  },
  {
    agentId: parseId('agent', 'luca-bianchi'),
    name: 'Luca Bianchi',
    email: 'luca@linfa.example',
    skills: ['billing', 'lang-it'],
  },
  {
    agentId: parseId('agent', 'ewa-mazur'),
    name: 'Ewa Mazur',
    email: 'ewa@linfa.example',
    skills: ['billing', 'support', 'lang-pl', 'lang-en'],
  },
]

export type DemoLogin = {
  readonly email: string
  readonly name: string
  readonly role: Role
  readonly agentId: AgentId | null
}

export const DEMO_LOGINS: readonly DemoLogin[] = [
  ...DEMO_AGENTS.map(({ email, name, agentId }) => ({ email, name, agentId, role: 'agent' as const })),
  { email: 'elena@linfa.example', name: 'Elena Serra', role: 'supervisor', agentId: null },
  { email: 'matteo@linfa.example', name: 'Matteo Rinaldi', role: 'marketer', agentId: null },
  { email: 'nadia@linfa.example', name: 'Nadia Conti', role: 'auditor', agentId: null },
  { email: 'admin@linfa.example', name: 'Tomasz Lis', role: 'admin', agentId: null },
]

export type DemoQueue = { readonly queueId: QueueId; readonly settings: QueueSettings }

export const BILLING: DemoQueue = {
  queueId: parseId('queue', 'billing'),
  settings: {
    name: 'Billing',
    requiredSkills: ['billing'],
    offerTimeoutSeconds: 20,
    wrapUpSeconds: 60,
    entryPoints: ['+390655500100', 'billing@linfa.example'],
  },
}
export const SUPPORT: DemoQueue = {
  queueId: parseId('queue', 'support'),
  settings: {
    name: 'Support',
    requiredSkills: ['support'],
    offerTimeoutSeconds: 20,
    wrapUpSeconds: 60,
    entryPoints: ['+390655500200', 'support@linfa.example'],
  },
}
export const DEMO_QUEUES: readonly DemoQueue[] = [BILLING, SUPPORT]

/** The numbers to call, for the banner. */
export const DEMO_NUMBERS = [
  { number: '+390655500100', queue: BILLING.settings.name },
  { number: '+390655500200', queue: SUPPORT.settings.name },
] as const

export type DemoCustomer = {
  readonly customerId: CustomerId
  readonly profile: CustomerProfile
  /** E.164. */
  readonly phones: readonly string[]
  readonly emails: readonly string[]
}

const customer = (
  id: string,
  name: string,
  language: CustomerProfile['language'],
  place: string,
  customerSince: string,
  reach: { readonly phones?: readonly string[]; readonly emails?: readonly string[] },
): DemoCustomer => ({
  customerId: parseId('customer', id),
  profile: { name, language, place, customerSince },
  phones: reach.phones ?? [],
  emails: reach.emails ?? [],
})

/** Giulia and Marco Ferrante share their home's number. */
export const DEMO_CUSTOMERS = {
  giulia: customer('giulia-ferrante', 'Giulia Ferrante', 'it', 'Roma', '2019-03', {
    phones: ['+39065550142', '+393475550188'],
    emails: ['giulia.ferrante@posta.example'],
  }),
  marco: customer('marco-ferrante', 'Marco Ferrante', 'it', 'Roma', '2021-06', { phones: ['+39065550142'] }),
  piotr: customer('piotr-zielinski', 'Piotr Zieliński', 'pl', 'Kraków', '2022-01', {
    phones: ['+48125550198'],
    emails: ['piotr.zielinski@poczta.example'],
  }),
  amelia: customer('amelia-whitcombe', 'Amelia Whitcombe', 'en', 'London', '2020-09', {
    phones: ['+442079460142'],
    emails: ['amelia.whitcombe@mail.example'],
  }),
  rosa: customer('rosa-de-luca', 'Rosa De Luca', 'it', 'Napoli', '2017-11', { phones: ['+39081555017'] }),
  james: customer('james-okafor', 'James Okafor', 'en', 'Milano', '2023-02', {
    phones: ['+393495550163'],
    emails: ['james.okafor@mail.example'],
  }),
  lorenzo: customer('lorenzo-villa', 'Lorenzo Villa', 'it', 'Bergamo', '2024-05', {
    phones: ['+390355550109'],
    emails: ['lorenzo.villa@posta.example'],
  }),
  anna: customer('anna-nowak', 'Anna Nowak', 'pl', 'Gdańsk', '2021-10', {
    phones: ['+48585550177'],
    emails: ['anna.nowak@poczta.example'],
  }),
  bassi: customer('studio-legale-bassi', 'Studio Legale Bassi', 'it', 'Bologna', '2018-04', {
    phones: ['+390515550120'],
    emails: ['segreteria@studiobassi.example'],
  }),
  farmacia: customer('farmacia-san-biagio', 'Farmacia San Biagio', 'it', 'Verona', '2016-07', {
    phones: ['+390455550133'],
    emails: ['farmacia@sanbiagio.example'],
  }),
} as const satisfies Record<string, DemoCustomer>

export type DemoCustomerName = keyof typeof DEMO_CUSTOMERS
