import { parseId } from '@centralino/domain'
import { describe, expect, it } from 'vitest'
import { aCustomer, anAgent, anEntry } from './testing/fake-read-models.ts'
import { type Answer, aViewer, codeOf, globalId, graphQLClient } from './testing/graphql-client.ts'

const AGENT = aViewer('agent')
const SOFIA = parseId('agent', 'sofia')
const GIULIA = parseId('customer', 'giulia')
const PRESENCE = 'subscription { desk { agent { presence { status } } } }'
const statusIn = (answer: Answer | 'complete') => /"status":"(\w+)"/.exec(JSON.stringify(answer))?.[1]

/** Lets everything that is ready run; what has not happened then, happens not. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 20))

describe('live views', () => {
  it('show the desk at once, then after each change that touches it', async () => {
    const client = graphQLClient()
    const desk = await client.subscribe(AGENT, PRESENCE)
    expect(statusIn(await desk.next())).toBe('READY')
    const next = desk.next()
    client.readModels.rows.agents = [anAgent({ presence: 'wrapUp' })]
    client.readModels.commit({ agentIds: new Set([SOFIA]) })
    expect(statusIn(await next)).toBe('WRAP_UP')
    await desk.stop()
  })

  it('leave out what touches something else', async () => {
    const client = graphQLClient()
    const desk = await client.subscribe(AGENT, PRESENCE)
    await desk.next()
    const next = desk.next()
    client.readModels.commit({ agentIds: new Set([parseId('agent', 'luca')]) })
    client.readModels.commit({ customerIds: new Set([parseId('customer', 'nobody')]) })
    client.readModels.commit({ queueIds: new Set([parseId('queue', 'other')]) })
    client.readModels.rows.agents = [anAgent({ presence: 'engaged' })]
    client.readModels.commit({ customerIds: new Set([GIULIA]) })
    expect(statusIn(await next)).toBe('ENGAGED')
    await desk.stop()
  })

  it('follow the queues that the agent has the skills for', async () => {
    const client = graphQLClient()
    const desk = await client.subscribe(AGENT, 'subscription { desk { waiting { id } } }')
    await desk.next()
    const next = desk.next()
    client.readModels.rows.interactions = []
    client.readModels.commit({ queueIds: new Set([parseId('queue', 'billing')]) })
    expect(await next).toEqual({ data: { desk: { waiting: [] } } })
    await desk.stop()
  })

  it('make one of all the changes that came while a browser was slow', async () => {
    const client = graphQLClient()
    let loads = 0
    const { agent } = client.readModels
    client.readModels.agent = (id) => {
      loads += 1
      return agent(id)
    }
    const desk = await client.subscribe(AGENT, PRESENCE)
    await desk.next()
    for (let i = 0; i < 1_000; i++) client.readModels.commit({ agentIds: new Set([SOFIA]) })
    await desk.next()
    await settle()
    expect(loads).toBeLessThanOrEqual(4)
    await desk.stop()
  })

  it('miss no change that is committed while they are being read', async () => {
    const client = graphQLClient()
    const { agent } = client.readModels
    let meanwhile: (() => void) | null = () => {
      client.readModels.rows.agents = [anAgent({ presence: 'engaged' })]
      client.readModels.commit({ agentIds: new Set([SOFIA]) })
    }
    client.readModels.agent = async (id) => {
      const row = await agent(id)
      meanwhile?.()
      meanwhile = null
      return row
    }
    const desk = await client.subscribe(AGENT, PRESENCE)
    expect(statusIn(await desk.next())).toBe('READY')
    expect(statusIn(await desk.next())).toBe('ENGAGED')
    await desk.stop()
  })

  it('send every entry of a customer’s timeline once, in order, from a position on', async () => {
    const client = graphQLClient()
    client.readModels.rows.entries = ['1', '2', '3'].map((position) => anEntry(position))
    const timeline = await client.subscribe(
      AGENT,
      'subscription ($id: ID!) { timeline(customerId: $id, after: "1") { position } }',
      { id: globalId('Customer', 'giulia') },
    )
    const positions = async () => /"position":"(\w+)"/.exec(JSON.stringify(await timeline.next()))?.[1]
    expect([await positions(), await positions()]).toEqual(['2', '3'])
    const next = positions()
    client.readModels.commit({ customerIds: new Set([parseId('customer', 'marco')]) })
    client.readModels.rows.entries.push(anEntry('4'))
    client.readModels.commit({ customerIds: new Set([GIULIA]) })
    expect(await next).toBe('4')
    await timeline.stop()
  })

  it('refuse to begin at what is no position', async () => {
    const client = graphQLClient()
    const question = `subscription { timeline(customerId: "${globalId('Customer', 'giulia')}", after: "x") { id } }`
    const timeline = await client.subscribe(AGENT, question)
    expect(JSON.stringify(await timeline.next())).toContain('"BAD_CURSOR"')
    await timeline.stop()
  })

  it('send the entries of a contact that came to a timeline, and those that left it with their new customer', async () => {
    const client = graphQLClient()
    client.readModels.rows.entries = ['1', '2', '3'].map((position) => anEntry(position))
    const follow = (customerId: string) =>
      client.subscribe(
        AGENT,
        'subscription ($id: ID!) { timeline(customerId: $id) { position customer { id } } }',
        { id: globalId('Customer', customerId) },
      )
    const marco = parseId('customer', 'marco')
    client.readModels.rows.customers.push(aCustomer({ customer_id: marco, name: 'Marco Ferrante' }))
    const [old, now] = await Promise.all([follow('giulia'), follow('marco')])
    const told = [old.next(), now.next()]
    client.readModels.move('2', marco)
    client.readModels.commit({ customerIds: new Set([GIULIA, marco]) })
    for (const answer of await Promise.all(told))
      expect(answer).toEqual({
        data: { timeline: { position: '2', customer: { id: globalId('Customer', 'marco') } } },
      })
    await Promise.all([old.stop(), now.stop()])
  })

  it('stop listening when the browser goes', async () => {
    const client = graphQLClient()
    const desk = await client.subscribe(AGENT, PRESENCE)
    await desk.next()
    expect(client.readModels.listeners()).toBe(1)
    await desk.stop()
    await settle()
    expect(client.readModels.listeners()).toBe(0)
  })

  it('end when the session ends, and no other’s', async () => {
    const client = graphQLClient()
    const desk = await client.subscribe(AGENT, PRESENCE)
    const board = await client.subscribe(aViewer('supervisor'), 'subscription { board { at } }')
    await desk.next()
    await board.next()
    client.endSession(AGENT.sessionId)
    expect(await desk.next()).toBe('complete')
    const next = board.next()
    client.readModels.commit({ queueIds: new Set([parseId('queue', 'billing')]) })
    expect(await next).not.toBe('complete')
    await board.stop()
  })

  it('are refused before they start to who may not see them', async () => {
    const client = graphQLClient()
    const refused = await client.subscribe(aViewer('marketer'), 'subscription { board { at } }')
    expect(codeOf((await refused.next()) as Answer)).toBe('FORBIDDEN')
    expect(client.readModels.listeners()).toBe(0)
  })

  it('are bounded for each session', async () => {
    const client = graphQLClient()
    const open = await Promise.all(Array.from({ length: 25 }, () => client.subscribe(AGENT, PRESENCE)))
    const first = await Promise.all(open.map((one) => one.next()))
    expect(first.map((answer) => codeOf(answer as Answer)).filter(Boolean)).toEqual([
      'TOO_MANY_SUBSCRIPTIONS',
    ])
    await Promise.all(open.map((one) => one.stop()))
    await settle()
    const again = await client.subscribe(AGENT, PRESENCE)
    expect(statusIn(await again.next())).toBe('READY')
    await again.stop()
  })
})
