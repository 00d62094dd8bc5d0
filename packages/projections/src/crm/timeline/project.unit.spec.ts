import { describe, expect, it } from 'vitest'
import { fromJson } from '../../read-model-store/json.ts'
import { id, phone, Story } from '../../testing/story.ts'

const customerId = id.customer('c')
const interactionId = id.interaction('i')
const callId = id.call('i-call')
const legId = id.leg('i-leg')
const agentId = id.agent('sofia')

/** Type, agent and facts of each entry, oldest first. */
const told = async (story: Story, customer = 'c') => {
  await using models = await story.told()
  const { rows } = await models.timeline(id.customer(customer), { first: 100 })
  return rows.toReversed().map((entry) => [entry.type, entry.agent_id, fromJson(entry.facts)])
}
const last = async (story: Story) => (await told(story)).at(-1)
const handled = () =>
  new Story()
    .queue('billing')
    .call('i', 'c')
    .queued('i', 'billing')
    .pass(11)
    .offered('i', 'o', 'sofia')
    .pass(8)
    .accepted('i', 'o', 'sofia')

describe('the timeline', () => {
  it('reads like what happened', async () => {
    const story = new Story()
      .queue('billing')
      .customer('c', 'Giulia')
      .call('i', 'c')
      .queued('i', 'billing')
      .pass(11)
    story.offered('i', 'o', 'sofia').pass(8).accepted('i', 'o', 'sofia')
    story.add('LegOffered', { callId, legId: id.leg('i-leg-2'), party: { kind: 'agent', agentId } })
    story
      .add('LegAnswered', { callId, legId })
      .add('LegsBridged', { callId, legIds: [legId, id.leg('i-leg-2')] })
    story.pass(40).add('LegHeld', { callId, legId, by: 'agent' }).pass(21)
    story.add('LegResumed', { callId, legId, by: 'agent' }).pass(60)
    story.add('CallEnded', { callId, cause: { q850: 16, sipStatus: 200, by: 'customer' } })
    story.add('InteractionHandlingEnded', { interactionId, agentId, how: 'customerLeft' })
    story.add('InteractionWrappedUp', { interactionId, agentId, disposition: 'solved', note: 'Done' })
    story.add('InteractionClosed', { interactionId, how: 'wrappedUp' })
    const queue = { queueId: 'billing', queue: 'BILLING' }
    expect(await told(story)).toEqual([
      ['CustomerRegistered', null, { name: 'Giulia' }],
      [
        'InteractionOpened',
        null,
        { direction: 'inbound', kind: 'phone', value: '+390655509', entryPoint: '+390655501', candidates: 0 },
      ],
      ['CallReceived', null, { from: '+390655509', to: '+390655501' }],
      ['InteractionQueued', null, queue],
      ['InteractionOffered', 'sofia', { offerId: 'o', offerSeconds: 20 }],
      [
        'InteractionHandlingStarted',
        'sofia',
        { offerId: 'o', waitedSeconds: 19, answeredAfterSeconds: 8, ...queue },
      ],
      ['LegHeld', 'sofia', { by: 'agent' }],
      ['LegResumed', 'sofia', { by: 'agent', heldSeconds: 21 }],
      ['CallEnded', 'sofia', { by: 'customer', q850: 16, sipStatus: 200, talkSeconds: 121 }],
      ['InteractionHandlingEnded', 'sofia', { how: 'customerLeft', handledSeconds: 121 }],
      ['InteractionWrappedUp', 'sofia', { disposition: 'solved', note: 'Done' }],
      ['InteractionClosed', null, { how: 'wrappedUp', disposition: 'solved' }],
    ])
  })

  it('leaves out what no person reads', async () => {
    const story = handled()
    const before = await told(story)
    story.add('TreatmentStarted', { callId, legId, treatment: 'music' })
    story.add('DigitReceived', { callId, legId, digit: '1' }).add('LegMuted', { callId, legId })
    expect(await told(story)).toEqual(before)
  })

  it('says how long an abandoned caller waited', async () => {
    const story = new Story().queue('billing').call('i', 'c').queued('i', 'billing').pass(33)
    story.add('InteractionAbandoned', { interactionId, while: 'waiting' })
    const facts = { while: 'waiting', waitedSeconds: 33, queueId: 'billing', queue: 'BILLING' }
    expect(await last(story)).toEqual(['InteractionAbandoned', null, facts])
  })

  it('does not blame an agent for the hold of the customer', async () => {
    expect(await last(handled().add('LegHeld', { callId, legId, by: 'customer' }))).toEqual([
      'LegHeld',
      null,
      { by: 'customer' },
    ])
  })

  it('quotes the beginning of a mail', async () => {
    const story = new Story().mailInteraction('m', 'c').mail('m1', 'm', 'c', 'a'.repeat(300))
    expect(await last(story)).toEqual([
      'MailReceived',
      null,
      {
        mailId: 'm1',
        threadId: 't1',
        subject: 'Doppio addebito',
        excerpt: `${'a'.repeat(200)}…`,
        from: 'giulia@posta.example',
        fromName: 'Giulia',
        attachments: 1,
      },
    ])
  })

  it('says whom a reply did not reach, and why', async () => {
    const story = new Story().mailInteraction('m', 'c').add('MailDeliveryReported', {
      threadId: id.thread('t1'),
      mailId: id.mail('out'),
      interactionId: id.interaction('m'),
      customerId,
      reportId: id.mail('report'),
      raw: { sha256: 'ab', bytes: 3 },
      action: 'failed',
      status: '5.2.2',
      recipients: ['giulia@posta.example'],
    })
    expect(await last(story)).toEqual([
      'MailDeliveryReported',
      null,
      { mailId: 'out', threadId: 't1', action: 'failed', trouble: 'mailboxFull', to: 'giulia@posta.example' },
    ])
  })

  it('tells a provisional customer by the contact point', async () => {
    const story = new Story().add('ProvisionalCustomerCreated', { customerId, contactPoint: phone('+3906') })
    expect(await last(story)).toEqual(['ProvisionalCustomerCreated', null, { kind: 'phone', value: '+3906' }])
  })

  it('carries the channel and the interaction of each entry', async () => {
    await using models = await new Story().customer('c', 'G').call('i', 'c').mailInteraction('m', 'c').told()
    const { rows } = await models.timeline(customerId, { first: 10 })
    expect(rows.map((entry) => [entry.channel, entry.interaction_id])).toEqual([
      ['email', 'm'],
      ['call', 'i'],
      ['call', 'i'],
      [null, null],
    ])
  })
})

describe('when the interaction is of somebody else', () => {
  const chosen = () =>
    new Story()
      .customer('c', 'Marco')
      .customer('d', 'Giulia')
      .call('i', 'c')
      .call('other', 'c')
      .queued('i', 'billing')
      .add('InteractionCustomerChosen', { interactionId, from: customerId, to: id.customer('d'), agentId })

  it('its entries move to that customer, and nothing else does', async () => {
    const story = chosen()
    expect((await told(story)).map(([type]) => type)).toEqual([
      'CustomerRegistered',
      'InteractionOpened',
      'CallReceived',
    ])
    expect((await told(story, 'd')).map(([type]) => type)).toEqual([
      'CustomerRegistered',
      'InteractionOpened',
      'CallReceived',
      'InteractionQueued',
      'InteractionCustomerChosen',
    ])
  })

  it('what happens next is theirs, and so is the interaction', async () => {
    const story = chosen().add('CallEnded', { callId, cause: { q850: 16, sipStatus: null, by: 'hub' } })
    expect((await told(story, 'd')).at(-1)?.[0]).toBe('CallEnded')
    await using models = await story.told()
    expect((await models.interactions(id.customer('d'), { first: 5 })).rows).toMatchObject([
      { interaction_id: 'i', customer_id: 'd' },
    ])
  })

  it('can be taken back', async () => {
    const story = chosen()
    const back = { interactionId, from: id.customer('d'), to: customerId, agentId }
    expect((await told(story.add('InteractionCustomerChosen', back), 'd')).map(([type]) => type)).toEqual([
      'CustomerRegistered',
    ])
    expect((await told(story)).map(([type]) => type)).toEqual([
      'CustomerRegistered',
      'InteractionOpened',
      'CallReceived',
      'InteractionOpened',
      'CallReceived',
      'InteractionQueued',
      'InteractionCustomerChosen',
      'InteractionCustomerChosen',
    ])
  })
})

describe('reading on', () => {
  it('pages from the newest back by position', async () => {
    await using models = await handled().told()
    const whole = await models.timeline(customerId, { first: 100 })
    const first = await models.timeline(customerId, { first: 2 })
    expect(first.hasNextPage).toBe(true)
    const second = await models.timeline(customerId, { first: 100, after: first.rows.at(-1)?.position })
    expect([...first.rows, ...second.rows]).toEqual(whole.rows)
    expect(second.hasNextPage).toBe(false)
  })

  it('gives what came after a position, oldest first', async () => {
    await using models = await handled().told()
    const { rows } = await models.timeline(customerId, { first: 100 })
    const since = await models.timelineSince(customerId, rows.at(-2)?.position ?? '')
    expect(since.entries).toEqual(rows.slice(0, -2).toReversed())
    expect(since.position).toBe(await models.checkpoint())
    expect((await models.timelineSince(customerId, since.position)).entries).toEqual([])
  })

  describe('when an interaction gets another customer', () => {
    const giulia = id.customer('d')
    const before = () =>
      new Story()
        .customer('c', 'Marco')
        .customer('d', 'Giulia')
        .call('i', 'c')
        .call('other', 'c')
        .queued('i', 'billing')
    const choose = (story: Story) =>
      story.add('InteractionCustomerChosen', { interactionId, from: customerId, to: giulia, agentId })
    const isOf = (customer: string, types: readonly string[]) => types.map((type) => [customer, type])
    const MOVED = ['InteractionOpened', 'CallReceived', 'InteractionQueued', 'InteractionCustomerChosen']
    /** Customer and type of what is told after `position`, oldest first. */
    const toldSince = async (story: Story, customer: typeof customerId, position: string) => {
      await using models = await story.told()
      const { entries } = await models.timelineSince(customer, position)
      return entries.map((entry) => [entry.customer_id, entry.type])
    }
    const positionOf = async (story: Story) => {
      await using models = await story.told()
      return (await models.checkpoint()) ?? ''
    }

    it('whoever follows the new one is given all that came over', async () => {
      const story = before()
      const position = await positionOf(story)
      expect(await toldSince(choose(story), giulia, position)).toEqual(isOf('d', MOVED))
    })

    it('whoever follows the old one is given them as another customer’s', async () => {
      const story = before()
      const position = await positionOf(story)
      expect(await toldSince(choose(story), customerId, position)).toEqual(isOf('d', MOVED))
    })

    it('it is told once', async () => {
      const story = choose(before())
      const position = await positionOf(story)
      story.add('CallEnded', { callId, cause: { q850: 16, sipStatus: null, by: 'hub' } })
      expect(await toldSince(story, giulia, position)).toEqual([['d', 'CallEnded']])
      expect(await toldSince(story, customerId, position)).toEqual([])
    })

    it('and back again, everything is where it was', async () => {
      const story = before()
      const position = await positionOf(story)
      choose(story).add('InteractionCustomerChosen', {
        interactionId,
        from: giulia,
        to: customerId,
        agentId,
      })
      const back = isOf('c', [...MOVED, 'InteractionCustomerChosen'])
      expect(await toldSince(story, giulia, position)).toEqual(back)
      expect(await toldSince(story, customerId, position)).toEqual(back)
    })
  })

  it('further behind than a thousand entries, tells what moved when it comes to it', async () => {
    const story = new Story().customer('d', 'Giulia').customer('c', 'Marco').call('i', 'c')
    await using start = await story.told()
    let position = (await start.checkpoint()) ?? ''
    for (let n = 0; n < 1_200; n++)
      story.add('CustomerProfileChanged', {
        customerId,
        profile: { name: `Marco ${n}`, language: null, place: null, customerSince: null },
      })
    story.add('InteractionCustomerChosen', {
      interactionId,
      from: customerId,
      to: id.customer('d'),
      agentId,
    })
    await using models = await story.told()
    const batches: string[][] = []
    for (;;) {
      const since = await models.timelineSince(customerId, position)
      if (since.entries.length === 0) break
      position = since.position
      batches.push(since.entries.map((entry) => entry.customer_id))
    }
    expect(batches).toEqual([Array(1_000).fill('c'), ['d', 'd', ...Array(200).fill('c'), 'd']])
  })
})
