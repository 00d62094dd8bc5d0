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
    expect(since).toEqual(rows.slice(0, -2).toReversed())
  })
})
