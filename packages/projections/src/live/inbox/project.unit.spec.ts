import { describe, expect, it } from 'vitest'
import type { InteractionStatus } from '../../read-model-store/tables.ts'
import { id, Story } from '../../testing/story.ts'

const i = id.interaction('i')
const sofia = id.agent('sofia')
const billing = id.queue('billing')
const handled = () => new Story().call('i', 'c').queued('i', 'billing').offered('i', 'o', 'sofia').pass(4)
const row = async (story: Story, interaction = 'i') => {
  await using models = await story.told()
  return await models.interaction(id.interaction(interaction))
}

describe('an interaction', () => {
  it('goes its way from open to closed', async () => {
    const story = new Story().call('i', 'c')
    const seen: (InteractionStatus | undefined)[] = []
    const look = async () => seen.push((await row(story))?.status)
    await look()
    story.queued('i', 'billing')
    await look()
    story.offered('i', 'o', 'sofia')
    await look()
    story.add('InteractionOfferEnded', {
      interactionId: i,
      offerId: id.offer('o'),
      agentId: sofia,
      how: 'lapsed',
    })
    await look()
    story.offered('i', 'p', 'sofia').accepted('i', 'p', 'sofia')
    await look()
    story.add('InteractionHandlingEnded', { interactionId: i, agentId: sofia, how: 'customerLeft' })
    await look()
    story.add('InteractionClosed', { interactionId: i, how: 'failed' })
    await look()
    expect(seen).toEqual(['open', 'queued', 'offered', 'queued', 'handling', 'wrapUp', 'closed'])
  })

  it('keeps when it began and ended, and what came of it', async () => {
    const story = handled()
    const opened = '2026-11-24T08:00:00.000Z'
    const started = story.now
    story.accepted('i', 'o', 'sofia').pass(60)
    const ended = story.now
    story.add('InteractionHandlingEnded', { interactionId: i, agentId: sofia, how: 'agentLeft' }).pass(9)
    const wrapUp = {
      interactionId: i,
      agentId: sofia,
      disposition: 'needsCallback' as const,
      note: 'At noon',
    }
    story.add('InteractionWrappedUp', wrapUp)
    story.add('InteractionClosed', { interactionId: i, how: 'wrappedUp' })
    expect(await row(story)).toMatchObject({
      customer_id: 'c',
      channel: 'call',
      direction: 'inbound',
      queue_id: 'billing',
      agent_id: 'sofia',
      call_id: 'i-call',
      thread_id: null,
      opened_at: opened,
      queued_at: opened,
      handling_started_at: started,
      handling_ended_at: ended,
      closed_at: story.now,
      closed_how: 'wrappedUp',
      reopened_why: null,
      disposition: 'needsCallback',
      note: 'At noon',
    })
  })

  it('belongs to nobody again, and waits anew, when its agent was lost', async () => {
    const story = handled().accepted('i', 'o', 'sofia').pass(30)
    story.add('InteractionHandlingEnded', { interactionId: i, agentId: sofia, how: 'agentLost' })
    story.add('InteractionReturnedToQueue', {
      interactionId: i,
      queueId: billing,
      place: 'head',
      why: 'agentLost',
    })
    expect(await row(story)).toMatchObject({ status: 'queued', agent_id: null, queued_at: story.now })
  })

  it('belongs to nobody again, and has waited all the time, when it was put back', async () => {
    const story = handled()
    const queued_at = (await row(story))?.queued_at
    story.accepted('i', 'o', 'sofia').pass(30)
    story.add('InteractionHandlingEnded', { interactionId: i, agentId: sofia, how: 'putBack' })
    const returned = { interactionId: i, queueId: billing, place: 'head', why: 'putBack' } as const
    story.add('InteractionReturnedToQueue', returned)
    expect(await row(story)).toMatchObject({ status: 'queued', agent_id: null, queued_at })
  })

  it('waits again, for no agent and with nothing settled, when its answer could not be sent', async () => {
    const story = handled().accepted('i', 'o', 'sofia').pass(30)
    story.add('InteractionHandlingEnded', { interactionId: i, agentId: sofia, how: 'answered' })
    const over = { interactionId: i, agentId: sofia, disposition: 'solved', note: 'Wrote' } as const
    story.add('InteractionWrappedUp', over).add('InteractionClosed', { interactionId: i, how: 'wrappedUp' })
    const mailId = id.mail('m2')
    const reopened = { interactionId: i, queueId: billing, why: 'replyNotSent', mailId } as const
    story.pass(5).add('InteractionReopened', reopened)
    expect(await row(story)).toMatchObject({
      status: 'queued',
      agent_id: null,
      queued_at: story.now,
      closed_at: null,
      closed_how: null,
      disposition: null,
      note: 'Wrote',
      reopened_why: 'replyNotSent',
    })
    story.add('InteractionClosed', { interactionId: i, how: 'wrappedUp' })
    expect(await row(story)).toMatchObject({ reopened_why: null })
  })

  it('counts how often it was chased, until it is answered', async () => {
    const story = new Story().mailInteraction('i', 'c')
    story.add('InteractionChased', { interactionId: i, mailId: id.mail('m2') })
    story.add('InteractionChased', { interactionId: i, mailId: id.mail('m3') })
    expect(await row(story)).toMatchObject({ chasers: 2 })
    story.add('InteractionClosed', { interactionId: i, how: 'wrappedUp' })
    expect(await row(story)).toMatchObject({ chasers: 0 })
  })

  it('quotes what a person wrote, and an answering machine only where nothing else was written', async () => {
    const open = { threadId: id.thread('t1'), customerId: id.customer('c'), subject: 'Doppio addebito' }
    const story = new Story().add('ThreadOpened', open).mailInteraction('i', 'c')
    story.mail('m1', 'i', 'c', 'Away until Monday', { automatic: 'autoReply' })
    expect(await row(story)).toMatchObject({ excerpt: 'Away until Monday' })
    story.mail('m2', 'i', 'c', 'Ciao').mail('m3', 'i', 'c', 'Away until Monday', { automatic: 'autoReply' })
    expect(await row(story)).toMatchObject({ excerpt: 'Ciao' })
  })

  it('quotes the newest mail, whether the mail or the interaction stands first in the log', async () => {
    const open = { threadId: id.thread('t1'), customerId: id.customer('c'), subject: 'Doppio addebito' }
    const before = new Story()
      .add('ThreadOpened', open)
      .mail('m1', 'i', 'c', 'Ciao')
      .mailInteraction('i', 'c')
    expect(await row(before)).toMatchObject({ excerpt: 'Ciao', thread_id: 't1', subject: 'Doppio addebito' })
    const after = new Story().add('ThreadOpened', open).mailInteraction('i', 'c').mail('m1', 'i', 'c', 'Ciao')
    expect(await row(after)).toMatchObject({ excerpt: 'Ciao' })
    after.mail('m2', 'i', 'c', 'E allora?')
    expect(await row(after)).toMatchObject({ excerpt: 'E allora?' })
    const next = after.mailInteraction('j', 'c')
    expect(await row(next, 'j')).toMatchObject({ excerpt: null })
  })

  it('lists everybody it may be of, best first', async () => {
    const candidate = (customer: string, rank: number) => ({
      customerId: id.customer(customer),
      rank,
      why: 'lastContact' as const,
    })
    const story = new Story().call('i', 'b', [candidate('a', 2), candidate('b', 1)])
    await using models = await story.told()
    expect(await models.candidates(i)).toEqual([
      { interaction_id: 'i', customer_id: 'b', rank: 1, why: 'lastContact' },
      { interaction_id: 'i', customer_id: 'a', rank: 2, why: 'lastContact' },
    ])
  })
})

describe("a customer's interactions", () => {
  it('come newest first, page by page', async () => {
    const story = new Story()
    for (const name of ['i1', 'i2', 'i3', 'i4', 'i5']) story.call(name, 'c')
    story.pass(1).call('i0', 'c').call('other', 'd')
    await using models = await story.told()
    const seen: string[] = []
    let after: string | undefined
    let pages = 0
    for (let more = true; more; pages++) {
      const page = await models.interactions(id.customer('c'), { first: 2, after })
      seen.push(...page.rows.map((found) => found.interaction_id))
      const last = page.rows.at(-1)
      after = `${last?.opened_at}|${last?.interaction_id}`
      more = page.hasNextPage
    }
    expect(seen).toEqual(['i0', 'i5', 'i4', 'i3', 'i2', 'i1'])
    expect(pages).toBe(3)
  })

  it('are counted from an instant on, however many there are', async () => {
    const story = new Story()
    for (let nth = 0; nth < 40; nth++) story.call(`early${nth}`, 'c')
    const since = story.pass(60).now
    for (let nth = 0; nth < 40; nth++) story.call(`late${nth}`, 'c')
    story.call('other', 'd')
    await using models = await story.told()
    expect(await models.contactsSince(id.customer('c'), since)).toBe(40)
    expect(await models.contactsSince(id.customer('c'), story.pass(60).now)).toBe(0)
    expect(await models.contactsSince(id.customer('nobody'), since)).toBe(0)
  })
})

describe('the inbox', () => {
  const names = (rows: readonly { interaction_id: string }[]) => rows.map((found) => found.interaction_id)
  const floor = () =>
    new Story()
      .queue('billing', ['billing'])
      .queue('sales', ['sales'])
      .agent('sofia', 'billing')
      .ready('sofia', 'billing')

  it('has what the agent handles or wraps up under mine, and no more once it is closed', async () => {
    const story = floor().call('i', 'c').queued('i', 'billing').offered('i', 'o', 'sofia')
    const mine = async () => {
      await using models = await story.told()
      return names((await models.inbox(sofia)).mine)
    }
    expect(await mine()).toEqual([])
    story.accepted('i', 'o', 'sofia')
    expect(await mine()).toEqual(['i'])
    story.add('InteractionHandlingEnded', { interactionId: i, agentId: sofia, how: 'agentLeft' })
    expect(await mine()).toEqual(['i'])
    story.add('InteractionClosed', { interactionId: i, how: 'wrappedUp' })
    expect(await mine()).toEqual([])
  })

  it('has what waits in the queues of the agent, or is offered to another, in the order of service', async () => {
    const story = floor().agent('luca', 'billing').ready('luca', 'billing')
    story
      .call('first', 'c')
      .queued('first', 'billing')
      .pass(1)
      .call('second', 'c')
      .queued('second', 'billing')
    story.call('elsewhere', 'c').queued('elsewhere', 'sales').pass(1)
    story.call('third', 'c').queued('third', 'billing')
    story.offered('first', 'o', 'luca').offered('second', 'p', 'sofia')
    await using models = await story.told()
    expect(names((await models.inbox(sofia)).waiting)).toEqual(['first', 'third'])
    expect(names((await models.inbox(id.agent('luca'))).waiting)).toEqual(['second', 'third'])
  })

  it('puts returned work before all that was never served', async () => {
    const story = floor().agent('luca', 'billing').ready('luca', 'billing')
    story.call('early', 'c').queued('early', 'billing').pass(1).call('late', 'c').queued('late', 'billing')
    story.offered('late', 'o', 'luca').accepted('late', 'o', 'luca')
    const late = { interactionId: id.interaction('late'), agentId: id.agent('luca') }
    story.floor('WorkReturned', { ...late, place: 'head', why: 'agentLost' })
    await using models = await story.told()
    expect(names((await models.inbox(sofia)).waiting)).toEqual(['late', 'early'])
  })

  it('of somebody unknown is empty', async () => {
    await using models = await floor().call('i', 'c').queued('i', 'billing').told()
    expect(await models.inbox(id.agent('nobody'))).toEqual({ mine: [], waiting: [] })
  })
})
