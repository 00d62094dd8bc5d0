import { parseId } from '@centralino/domain'
import { describe, expect, it } from 'vitest'
import { aMail, anAgent, anEntry, anInteraction, aQueue } from './testing/fake-read-models.ts'
import { aViewer, codeOf, globalId, graphQLClient } from './testing/graphql-client.ts'

const AGENT = aViewer('agent')

describe('questions', () => {
  it('answers the desk: the offer that stands, what is mine and what waits', async () => {
    const client = graphQLClient()
    client.readModels.rows.agents = [anAgent({ presence: 'reserved', offer_id: parseId('offer', 'o1') })]
    const answer = await client.ask(
      AGENT,
      `{ desk { now agent { presence { status since } } current { id } mine { id } waiting { queue { name } }
         offer { considered { agent { name } eligible why } interaction { contactPoint { display } } } } }`,
    )
    expect(answer).toEqual({
      data: {
        desk: {
          now: '2026-11-24T05:00:00.000Z',
          agent: { presence: { status: 'RESERVED', since: '2026-11-24T05:00:00.000Z' } },
          current: null,
          mine: [],
          waiting: [{ queue: { name: 'Billing' } }],
          offer: {
            considered: [{ agent: { name: 'Sofia Marchetti' }, eligible: true, why: 'LONGEST_READY' }],
            interaction: { contactPoint: { display: '+39 06 555 0142' } },
          },
        },
      },
    })
  })

  it('reads a row once however often an answer names it', async () => {
    const client = graphQLClient()
    client.readModels.rows.interactions = Array.from({ length: 20 }, (_, i) =>
      anInteraction({ interaction_id: parseId('interaction', `i${i}`) }),
    )
    await client.ask(AGENT, '{ desk { waiting { customer { name } queue { name } } } }')
    expect(client.readModels.asked.filter((row) => row === 'customer giulia')).toHaveLength(1)
  })

  it('pages the timeline newest first, and finds an entry again by its id', async () => {
    const client = graphQLClient()
    client.readModels.rows.entries = ['1', '2', '3'].map((position) => anEntry(position))
    const question = `query ($id: ID!, $after: String) { customer(id: $id) { timeline(first: 2, after: $after) {
      edges { node { id position } } pageInfo { hasNextPage endCursor } } } }`
    type Page = {
      customer: {
        timeline: {
          edges: { node: { id: string; position: string } }[]
          pageInfo: { hasNextPage: boolean; endCursor: string }
        }
      }
    }
    const ask = async (after: string | null) => {
      const { data } = await client.ask(AGENT, question, { id: globalId('Customer', 'giulia'), after })
      return (data as Page).customer.timeline
    }
    const first = await ask(null)
    expect(first.edges.map(({ node }) => node.position)).toEqual(['3', '2'])
    const second = await ask(first.pageInfo.endCursor)
    expect([second.edges.map(({ node }) => node.position), second.pageInfo.hasNextPage]).toEqual([
      ['1'],
      false,
    ])

    const again = `{ node(id: "${first.edges[1]?.node.id}") { ... on TimelineEntry { position } } }`
    expect(await client.ask(AGENT, again)).toEqual({ data: { node: { position: '2' } } })
  })

  it('shows an agent of the past by the id', async () => {
    const client = graphQLClient()
    client.readModels.rows.interactions = [anInteraction({ agent_id: parseId('agent', 'gone') })]
    const question = `{ interaction(id: "${globalId('Interaction', 'i1')}") { agent { name presence { status } } } }`
    expect(await client.ask(AGENT, question)).toEqual({
      data: { interaction: { agent: { name: 'gone', presence: { status: 'OFFLINE' } } } },
    })
  })

  it('links a mail’s files to where they are downloaded', async () => {
    const client = graphQLClient()
    const question = `{ node(id: "${globalId('Mail', 'm1')}") { ... on Mail {
      text safeHtml blockedImages rawUrl attachments { filename url } } } }`
    expect(await client.ask(AGENT, question)).toEqual({
      data: {
        node: {
          text: 'the body',
          safeHtml: '<p>the body</p>',
          blockedImages: 1,
          rawUrl: `/files/${'a'.repeat(64)}/message.eml`,
          attachments: [{ filename: 'a/b.pdf', url: '/files/ab/a_b.pdf' }],
        },
      },
    })
  })

  it('names what of a mail is not shown, and of its body to none but its readers', async () => {
    const client = graphQLClient()
    client.readModels.rows.mails = [aMail({ defects: '["attachmentsLeftOut"]' })]
    const question = `{ node(id: "${globalId('Mail', 'm1')}") { ... on Mail { defects } } }`
    const defects = async (role: 'agent' | 'marketer') => (await client.ask(aViewer(role), question)).data
    expect(await defects('agent')).toEqual({ node: { defects: ['attachmentsLeftOut', 'textCut'] } })
    expect(await defects('marketer')).toEqual({ node: { defects: ['attachmentsLeftOut'] } })
  })

  it('says whom an answer to a mail goes to', async () => {
    const client = graphQLClient()
    const answers_to = '[{"name":null,"address":"desk@agency.example"}]'
    client.readModels.rows.mails = [aMail({ answers_to })]
    const question = `{ node(id: "${globalId('Mail', 'm1')}") { ... on Mail { answersTo { name address } } } }`
    expect(await client.ask(AGENT, question)).toEqual({
      data: { node: { answersTo: [{ name: null, address: 'desk@agency.example' }] } },
    })
  })

  it('shows who leads the floor the mail in an agent’s hand, and its subject to who may read contacts', async () => {
    const client = graphQLClient()
    const interaction_id = parseId('interaction', 'i1')
    client.readModels.rows.agents = [anAgent({ presence: 'engaged', interaction_id })]
    const question = '{ board { agents { mailInHand { interactionId subject } } } }'
    const inHand = async (role: 'supervisor' | 'admin') =>
      ((await client.ask(aViewer(role), question)).data as { board: { agents: unknown[] } }).board.agents
    client.readModels.rows.interactions = [anInteraction({ channel: 'call' })]
    expect(await inHand('supervisor')).toEqual([{ mailInHand: null }])
    client.readModels.rows.interactions = [anInteraction({ channel: 'email', subject: 'Doppio addebito' })]
    const interactionId = globalId('Interaction', 'i1')
    expect(await inHand('supervisor')).toEqual([
      { mailInHand: { interactionId, subject: 'Doppio addebito' } },
    ])
    expect(await inHand('admin')).toEqual([{ mailInHand: { interactionId, subject: null } }])
  })

  it('counts "today" from the floor’s own midnight', async () => {
    const asked: string[] = []
    const client = graphQLClient()
    client.readModels.queueBoard = async (midnight) => {
      asked.push(midnight)
      return []
    }
    await client.ask(aViewer('supervisor'), '{ board { queues { waiting } } }')
    expect(asked).toEqual(['2026-11-23T23:00:00.000Z'])
  })

  it('shows what leads to a queue as people read it, a number grouped and an address as it is', async () => {
    const client = graphQLClient()
    const points = '["+390655500100","bills+390655500100@linfa.example"]'
    client.readModels.rows.queues = [aQueue({ entry_points: points })]
    const answer = await client.ask(aViewer('admin'), '{ queues { entryPointsDisplay } }')
    expect(answer).toEqual({
      data: {
        queues: [{ entryPointsDisplay: ['+39 06 5550 0100', 'bills+390655500100@linfa.example'] }],
      },
    })
  })

  it('tells the operator what is connected and what went wrong', async () => {
    const client = graphQLClient()
    client.services.notices.report('SMTP_DOWN', { tries: 3 })
    const question =
      '{ health { edge mailbox notices { code count facts { name value } } undelivered { subject } } }'
    expect(await client.ask(aViewer('admin'), question)).toEqual({
      data: {
        health: {
          edge: 'up',
          mailbox: 'off',
          notices: [{ code: 'SMTP_DOWN', count: 1, facts: [{ name: 'tries', value: '3' }] }],
          undelivered: [{ subject: 'Doppio addebito' }],
        },
      },
    })
  })
})

describe('errors', () => {
  it('hide what they are about, and stand in the log by the same reference', async () => {
    const hidden: unknown[] = []
    const client = graphQLClient()
    client.services.log.error = (given: object) => hidden.push(given)
    client.readModels.queues = async () => {
      throw new Error('SELECT from a table of giulia@posta.example')
    }
    const { errors } = await client.ask(AGENT, '{ queues { name } }')
    const { code, reference } = errors?.[0]?.extensions ?? {}
    expect([code, errors?.[0]?.path]).toEqual(['INTERNAL', ['queues']])
    expect(JSON.stringify(errors)).not.toMatch(/SELECT|giulia/)
    expect(hidden).toMatchObject([{ reference, error: expect.any(Error) }])
    expect(client.services.notices.list()).toMatchObject([{ code: 'UNEXPECTED_ERROR' }])
  })

  it('pass when they are GraphQL’s own', async () => {
    const client = graphQLClient()
    expect((await client.ask(AGENT, '{ nonsense }')).errors?.[0]?.message).toContain('nonsense')
    expect(codeOf(await client.ask(AGENT, '{ queues { name }'))).toBe('BAD_INPUT')
  })
})

describe('limits', () => {
  const deep = (levels: number) =>
    `{ interaction(id: "x") ${'{ customer { interactions(first: 1) { edges { node '.repeat(levels)}{ id }${'}}}}'.repeat(levels)} }`

  it.each([
    ['too deep', deep(4)],
    ['too deep through fragments', `{ queues { ...a } } ${fragments(15)}`],
    [
      'too wide',
      '{ customers(first: 100) { edges { node { timeline(first: 100) { edges { node { id type at } } } } } } }',
    ],
    [
      'too wide by aliases',
      `{ ${Array.from({ length: 450 }, (_, i) => `q${i}: customers { edges { cursor } }`).join(' ')} }`,
    ],
  ])('refuse a question that is %s', async (_, question) => {
    expect(codeOf(await graphQLClient().ask(AGENT, question))).toBe('TOO_COMPLEX')
  })

  it('let the console’s largest questions pass', async () => {
    const row =
      'id channel status subject excerpt queuedAt customer { id name known contactPoints { display } } queue { name } agent { name }'
    const question = `{ desk { now agent { id presence { status until } } mine { ${row} } waiting { ${row} }
      current { ${row} call { legs { status muted } } thread { mails { id text attachments { url } } } }
      offer { considered { agent { name } why } interaction { ${row} } } }
      customer(id: "${globalId('Customer', 'giulia')}") { timeline(first: 50) { edges { node {
        id type at facts { name value } interaction { id note disposition } agent { name } } } } } }`
    expect((await graphQLClient().ask(AGENT, question)).errors).toBeUndefined()
  })

  it.each([
    ['customers', '{ customers(after: "nobody") { edges { cursor } } }'],
    ['customers', '{ customers(after: "no id!") { edges { cursor } } }'],
    [
      'timeline',
      `{ customer(id: "${globalId('Customer', 'giulia')}") { timeline(after: "x") { edges { cursor } } } }`,
    ],
    [
      'interactions',
      `{ customer(id: "${globalId('Customer', 'giulia')}") { interactions(after: "yesterday|i1") { edges { cursor } } } }`,
    ],
  ])('refuse a cursor that is none of the %s', async (_list, question) => {
    expect(codeOf(await graphQLClient().ask(AGENT, question))).toBe('BAD_CURSOR')
  })

  it('take each cursor that they gave', async () => {
    const client = graphQLClient()
    client.readModels.rows.entries = [anEntry('0000000000000001')]
    const list = (after = '') => `customers${after && `(after: "${after}")`} { edges { cursor } }`
    const customer = globalId('Customer', 'giulia')
    const of = (field: string, after = '') =>
      `customer(id: "${customer}") { ${field}${after && `(after: "${after}")`} { edges { cursor } } }`
    type Edges = { edges: { cursor: string }[] }
    const cursor = async (question: string, at: (data: never) => Edges) => {
      const { data, errors } = await client.ask(AGENT, `{ ${question} }`)
      expect(errors).toBeUndefined()
      return at(data as never).edges[0]?.cursor ?? ''
    }
    const everyone = await cursor(list(), (data: { customers: Edges }) => data.customers)
    expect((await client.ask(AGENT, `{ ${list(everyone)} }`)).errors).toBeUndefined()
    for (const field of ['timeline', 'interactions']) {
      const given = await cursor(of(field), (data: { customer: Record<string, Edges> }) => {
        const edges = data.customer[field]
        if (edges === undefined) throw new Error('no such field')
        return edges
      })
      expect(given).not.toBe('')
      expect((await client.ask(AGENT, `{ ${of(field, given)} }`)).errors).toBeUndefined()
    }
  })

  it('count contacts from an instant on, and refuse what is no instant', async () => {
    const client = graphQLClient()
    const count = (since: string) =>
      client.ask(
        AGENT,
        `query ($since: Instant!) { customer(id: "${globalId('Customer', 'giulia')}") { contactsSince(since: $since) } }`,
        { since },
      )
    expect(await count('2026-11-24T06:00:00+01:00')).toEqual({ data: { customer: { contactsSince: 1 } } })
    expect(await count('2026-11-24T05:00:00.001Z')).toEqual({ data: { customer: { contactsSince: 0 } } })
    expect(codeOf(await count('yesterday'))).toBe('BAD_INPUT')
  })

  it('refuse a page that is too large', async () => {
    expect(codeOf(await graphQLClient().ask(AGENT, '{ customers(first: 101) { edges { cursor } } }'))).toBe(
      'BAD_INPUT',
    )
  })

  it('end on fragments that spread each other', async () => {
    const question = '{ queues { ...a } } fragment a on Queue { ...b } fragment b on Queue { ...a }'
    expect((await graphQLClient().ask(AGENT, question)).errors?.[0]?.message).toContain('Cannot spread')
  })
})

function fragments(levels: number): string {
  const all = Array.from(
    { length: levels },
    (_, i) => `fragment ${'a'.repeat(i + 1)} on Queue { node { ...${'a'.repeat(i + 2)} } }`,
  )
  return `${all.join(' ')} fragment ${'a'.repeat(levels + 1)} on Queue { name }`
}
