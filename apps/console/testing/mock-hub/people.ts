import { randomUUID } from 'node:crypto'

/** Fixed people, queues and contacts, with times counted from `now`. Objects are what GraphQL's default resolvers read. */
export type Made = ReturnType<typeof makePeople>

export const ago = (now: number, minutes: number) => new Date(now - minutes * 60_000).toISOString()

const page = <T>(nodes: readonly T[]) => ({
  edges: nodes.map((node, index) => ({ cursor: String(index), node })),
  pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
})

export const fact = (facts: Record<string, string | number>) =>
  Object.entries(facts).map(([name, value]) => ({ name, value: String(value) }))

export function makePeople(now: number) {
  const agent = (
    id: string,
    name: string,
    skills: string[],
    status: string,
    minutes: number,
    reason?: string,
  ) => ({
    __typename: 'Agent',
    id: `agent-${id}`,
    name,
    skills,
    mailInHand:
      id === 'luca'
        ? { interactionId: 'mail-luca', subject: 'Voltura contratto', since: ago(now, minutes) }
        : null,
    presence: {
      status,
      reason: reason ?? null,
      since: ago(now, minutes),
      until: status === 'WRAP_UP' ? new Date(now + 38_000).toISOString() : null,
    },
  })
  const agents = {
    sofia: agent('sofia', 'Sofia Marchetti', ['lang-it', 'lang-pl', 'billing'], 'READY', 6.7),
    davide: agent('davide', 'Davide Conti', ['lang-it', 'billing', 'contracts'], 'READY', 2.2),
    elena: agent('elena', 'Elena Serra', ['lang-it', 'billing'], 'READY', 1.5),
    chiara: agent('chiara', 'Chiara Neri', ['lang-it', 'billing'], 'READY', 0.7),
    hannah: agent('hannah', 'Hannah Doyle', ['lang-en', 'billing'], 'READY', 9),
    matteo: agent('matteo', 'Matteo Rinaldi', ['lang-it', 'billing'], 'RESERVED', 0.1),
    luca: agent('luca', 'Luca Bianchi', ['lang-it', 'billing'], 'ENGAGED', 11.6),
    sara: agent('sara', 'Sara Riva', ['lang-it', 'billing'], 'WRAP_UP', 0.5),
    anna: agent('anna', 'Anna Ricci', ['lang-it', 'billing'], 'NOT_READY', 9.3, 'BREAK'),
    karol: agent('karol', 'Karol Malinowski', ['lang-pl'], 'NOT_READY', 41, 'TRAINING'),
  }
  const queue = (id: string, name: string, requiredSkills: string[], points: Record<string, string>) => ({
    __typename: 'Queue',
    id: `queue-${id}`,
    name,
    requiredSkills,
    offerTimeoutSeconds: 20,
    wrapUpSeconds: 45,
    entryPoints: Object.keys(points),
    entryPointsDisplay: Object.values(points),
  })
  const queues = {
    billing: queue('billing', 'Billing', ['lang-it', 'billing'], {
      '+390655500100': '+39 06 5550 0100',
      'bollette-e-pagamenti@linfa.example': 'bollette-e-pagamenti@linfa.example',
    }),
    polish: queue('polish', 'Obsługa klienta', ['lang-pl'], { '+48125550100': '+48 12 555 01 00' }),
    english: { ...queue('english', 'English desk', ['lang-en', 'contracts'], {}), wrapUpSeconds: 90 },
  }
  const phone = (value: string, display: string) => ({ kind: 'phone', value, display })
  const mail = (value: string) => ({ kind: 'email', value, display: value })
  type Point = ReturnType<typeof phone>
  const customer = (
    id: string,
    name: string | null,
    language: string | null,
    place: string | null,
    since: string | null,
    contactPoints: Point[],
  ) => {
    const made = {
      __typename: 'Customer',
      id: `customer-${id}`,
      known: name !== null,
      name,
      language,
      place,
      customerSince: since,
      createdAt: ago(now, 60 * 24 * 40),
      lastContactAt: ago(now, 60 * 24 * 3),
      contactPoints,
      entries: [] as unknown[],
      contacts: [] as { openedAt: string }[],
      timeline: () => page(made.entries.toReversed()),
      interactions: () => page(made.contacts.toSorted((a, b) => (a.openedAt < b.openedAt ? 1 : -1))),
      contactsSince: ({ since }: { since: string }) =>
        made.contacts.filter((one) => one.openedAt >= since).length,
    }
    return made
  }
  const home = phone('+39065550142', '+39 06 5550 142')
  const customers = {
    giulia: customer('giulia', 'Giulia Ferrante', 'it', 'Rome', '2019-03', [
      home,
      phone('+393475550188', '+39 347 555 0188'),
      mail('giulia.ferrante@posta.example'),
    ]),
    marco: customer('marco', 'Marco Ferrante', 'it', 'Rome', '2020-06', [home]),
    piotr: customer('piotr', 'Piotr Zieliński', 'pl', 'Kraków', '2022', [
      phone('+48125550198', '+48 12 555 01 98'),
      mail('piotr.zielinski@poczta.example'),
    ]),
    james: customer('james', 'James Okafor', 'en', 'London', '2021', [mail('james.okafor@mail.example')]),
    stranger: customer('stranger', null, null, null, null, [phone('+393331234567', '+39 333 123 4567')]),
  }
  return { agents, queues, customers, page, id: randomUUID }
}
