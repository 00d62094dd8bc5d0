import { interactionStream, parseId, parseInstant, threadStream } from '@centralino/domain'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  BILLING_ADDRESS,
  by,
  emailPoint,
  incomingMail,
  type MailWorld,
  mailWorld,
  SUPPORT_ADDRESS,
} from './testing/mail-world.ts'

// Each life has a log of its own on disk, and every append is waited for.
vi.setConfig({ testTimeout: 60_000 })

let world: MailWorld
beforeEach(async () => {
  world = await mailWorld()
})
afterEach(() => world[Symbol.asyncDispose]())

const receive = (mail: ReturnType<typeof incomingMail>) => world.rooms().receive(mail)
const interactionOf = (interactionId: ReturnType<typeof parseId<'interaction'>>) =>
  world.rooms().handlers.interaction.state(interactionStream(interactionId))
const reply = (followed: string, mail: Parameters<typeof incomingMail>[0] = {}) =>
  incomingMail({ messageId: '<two@posta.example>', inReplyTo: followed, references: [followed], ...mail })

const FIRST = incomingMail()
const WHOLE_STORY = [
  'ContactPointLinked',
  'ContactPointUsed',
  'ProvisionalCustomerCreated',
  'MailMessageFiled',
  'InteractionOpened',
  'ThreadOpened',
  'MailReceived',
  'InteractionQueued',
]

test('a mail from somebody new makes a provisional customer, a thread, and an interaction that waits in the queue', async () => {
  const { interactionId } = await receive(FIRST)
  expect(await world.types()).toEqual(WHOLE_STORY)
  expect(await interactionOf(interactionId)).toMatchObject({ status: 'queued', queueId: 'support' })
})

test('a mail from an address that a customer has is that customer’s', async () => {
  const customerId = parseId('customer', 'clara')
  await world.rooms().identification.registerCustomer(
    {
      customerId,
      profile: { name: 'Clara', language: 'it', place: null, customerSince: null },
      contactPoints: [emailPoint('clara@posta.example')],
    },
    parseInstant('2026-11-23T09:00:00.000Z'),
    by,
  )
  const { interactionId, threadId } = await receive(
    incomingMail({ from: { name: null, address: 'Clara@POSTA.example' } }),
  )
  expect(await interactionOf(interactionId)).toMatchObject({ customerId })
  expect(await world.rooms().correspondence.thread.state(threadStream(threadId))).toMatchObject({
    customerId,
  })
})

describe('where a mail is queued', () => {
  const queueOf = async (mail: Parameters<typeof incomingMail>[0]) =>
    interactionOf((await receive(incomingMail(mail))).interactionId)

  test('is said by the address it was written to, in any case of letters', async () => {
    const to = [{ name: null, address: BILLING_ADDRESS.toUpperCase() }]
    expect(await queueOf({ to })).toMatchObject({ queueId: 'billing' })
  })

  test('is said first by what the delivering server noted', async () => {
    expect(await queueOf({ deliveredTo: [BILLING_ADDRESS] })).toMatchObject({ queueId: 'billing' })
  })

  test('is said by the sender where the server noted only the mailbox that an alias leads to', async () => {
    const to = [{ name: null, address: BILLING_ADDRESS }]
    expect(await queueOf({ to, deliveredTo: [SUPPORT_ADDRESS] })).toMatchObject({ queueId: 'billing' })
  })

  test('is the support address’s queue when nobody of ours is named', async () => {
    expect(await queueOf({ to: [{ name: null, address: 'undisclosed@elsewhere.example' }] })).toMatchObject({
      queueId: 'support',
    })
    expect(await queueOf({ messageId: '<x@x>', to: [] })).toMatchObject({ queueId: 'support' })
  })

  test('is nowhere while no queue takes mail: the mail is refused untouched, and the operator told', async () => {
    await using empty = await mailWorld({ queues: false })
    await expect(empty.rooms().receive(FIRST)).rejects.toMatchObject({ code: 'NO_MAIL_QUEUE' })
    expect(await empty.types()).toEqual([])
    expect(empty.notices).toEqual(['MAIL_QUEUE_MISSING'])
  })
})

describe('a customer’s next mail', () => {
  test('joins the thread and the interaction that is open', async () => {
    const first = await receive(FIRST)
    expect(await receive(reply('<one@posta.example>'))).toEqual(first)
    await world.handle(first.interactionId)
    expect(await receive(reply('<two@posta.example>', { messageId: '<three@x>' }))).toEqual(first)
    expect((await world.types()).slice(WHOLE_STORY.length)).toEqual([
      'MailMessageFiled',
      'InteractionChased',
      'MailReceived',
      'InteractionOffered',
      'InteractionHandlingStarted',
      'MailMessageFiled',
      'InteractionChased',
      'MailReceived',
    ])
  })

  test('finds its thread by any Message-ID of its history', async () => {
    const { threadId } = await receive(FIRST)
    const late = incomingMail({
      messageId: '<nine@x>',
      inReplyTo: '<lost@x>',
      references: ['<one@posta.example>', '<other@x>', '<lost@x>'],
    })
    expect(await receive(late)).toMatchObject({ threadId })
  })

  test('after the interaction was closed opens another one in the same thread, and queues it', async () => {
    const first = await receive(FIRST)
    await world.handle(first.interactionId)
    await world.close(first.interactionId)
    const second = await receive(reply('<one@posta.example>'))
    expect(second.threadId).toBe(first.threadId)
    expect(second.interactionId).not.toBe(first.interactionId)
    expect(await interactionOf(second.interactionId)).toMatchObject({ status: 'queued', queueId: 'support' })
    // Ids are hashes, and their order is not that of the mails.
    for (const nth of Array(6).keys())
      expect(await receive(reply('<two@posta.example>', { messageId: `<${nth}@x>` }))).toEqual(second)
  })

  test('that follows nothing begins a thread of its own', async () => {
    const first = await receive(FIRST)
    const second = await receive(incomingMail({ messageId: '<other@posta.example>' }))
    expect(second.threadId).not.toBe(first.threadId)
    expect(second.interactionId).not.toBe(first.interactionId)
  })

  test('with other words under a Message-ID that was used before is another mail', async () => {
    await receive(FIRST)
    await receive(incomingMail({ subject: 'Other words' }))
    expect((await world.types()).filter((type) => type === 'MailReceived')).toHaveLength(2)
  })
})

test('a stranger who quotes a Message-ID does not get into somebody else’s thread', async () => {
  const first = await receive(FIRST)
  const strange = await receive(
    reply('<one@posta.example>', { from: { name: 'Clara', address: 'clara@evil.example' } }),
  )
  expect(strange.threadId).not.toBe(first.threadId)
  expect(strange.interactionId).not.toBe(first.interactionId)
  const [mine, theirs] = await Promise.all([
    interactionOf(first.interactionId),
    interactionOf(strange.interactionId),
  ])
  expect(mine).not.toMatchObject({ customerId: 'customerId' in theirs ? theirs.customerId : '' })
})

test('a mail without a sender is of a customer whom nobody knows, each of its own', async () => {
  const one = await receive(incomingMail({ from: null, defects: ['noSender'] }))
  const other = await receive(incomingMail({ from: null, defects: ['noSender'], messageId: '<x@x>' }))
  const states = await Promise.all([interactionOf(one.interactionId), interactionOf(other.interactionId)])
  expect(states).toMatchObject([
    { status: 'queued', contactPoint: { kind: 'noSender' } },
    { status: 'queued', contactPoint: { kind: 'noSender' } },
  ])
  const [a, b] = states.map((state) => (state.status === 'none' ? null : state.customerId))
  expect(a).not.toBe(b)
})

test('a mail without a Message-ID gets one of ours, the same each time', () => {
  const made = incomingMail({ messageId: null }).content.headers.messageId
  expect(made).toMatch(/^<[0-9a-f]{32}@no-message-id\.invalid>$/)
  expect(incomingMail({ messageId: null }).content.headers.messageId).toBe(made)
  expect(incomingMail({ messageId: null }, 'later').content.headers.messageId).not.toBe(made)
})

describe('a mail brought again', () => {
  test('changes nothing, while it waits, is handled, or is long closed', async () => {
    const first = await receive(FIRST)
    const again = async () => {
      const before = await world.types()
      expect(await receive(FIRST)).toEqual(first)
      await world.restart()
      expect(await receive(FIRST)).toEqual(first)
      expect(await world.types()).toEqual(before)
    }
    await again()
    await world.handle(first.interactionId)
    await again()
    await world.close(first.interactionId)
    await again()
  })

  test('twice at once is one mail', async () => {
    const found = await Promise.all([receive(FIRST), receive(FIRST), receive(FIRST)])
    expect(new Set(found.map(({ interactionId }) => interactionId)).size).toBe(1)
    expect(await world.types()).toEqual(WHOLE_STORY)
  })

  test('after a crash behind any of its appends is completed and leaves the same log', async () => {
    // Linked and used are one append, and so are opened and received.
    const appends = WHOLE_STORY.length - 2
    for (let point = 1; point <= appends; point += 1) {
      await using mortal = await mailWorld()
      mortal.life().dieAfterAppends(point)
      await expect(mortal.rooms().receive(FIRST)).rejects.toMatchObject({ code: 'STORE_CLOSED' })
      await mortal.restart()
      await mortal.rooms().receive(FIRST)
      expect({ point, types: await mortal.types() }).toEqual({ point, types: WHOLE_STORY })
    }
  })

  test('after a crash while it was joining an open interaction joins it once', async () => {
    for (const point of [1, 2, 3]) {
      await using mortal = await mailWorld()
      const first = await mortal.rooms().receive(FIRST)
      mortal.life().dieAfterAppends(point)
      await expect(mortal.rooms().receive(reply('<one@posta.example>'))).rejects.toMatchObject({
        code: 'STORE_CLOSED',
      })
      await mortal.restart()
      expect(await mortal.rooms().receive(reply('<one@posta.example>'))).toEqual(first)
      expect(await mortal.types()).toEqual([
        ...WHOLE_STORY,
        'MailMessageFiled',
        'InteractionChased',
        'MailReceived',
      ])
    }
  })

  test('that came into an interaction just after it was closed opens another, a crash in between or not', async () => {
    for (const point of [null, 2, 3, 4]) {
      await using mortal = await mailWorld()
      const first = await mortal.rooms().receive(FIRST)
      await mortal.handle(first.interactionId)
      const before = (await mortal.types()).length
      // The mail is filed and chases, two appends close the interaction, then come the mail's others.
      mortal.beforeNextReceived(() => mortal.close(first.interactionId))
      if (point !== null) mortal.life().dieAfterAppends(3 + point)
      const receiving = mortal.rooms().receive(reply('<one@posta.example>'))
      if (point === null) await receiving
      else await expect(receiving).rejects.toMatchObject({ code: 'STORE_CLOSED' })
      await mortal.restart()
      await mortal.rooms().receive(reply('<one@posta.example>'))
      expect({ point, types: (await mortal.types()).slice(before) }).toEqual({
        point,
        types: [
          ...['MailMessageFiled', 'InteractionChased'],
          ...['InteractionHandlingEnded', 'InteractionWrappedUp', 'InteractionClosed'],
          ...['MailReceived', 'InteractionOpened', 'InteractionQueued'],
        ],
      })
    }
  })

  test('that the agent had before closing is not queued again', async () => {
    const first = await receive(FIRST)
    await world.handle(first.interactionId)
    world.life().dieAfterAppends(3)
    await expect(receive(reply('<one@posta.example>'))).rejects.toMatchObject({ code: 'STORE_CLOSED' })
    await world.restart()
    await world.close(first.interactionId)
    await receive(reply('<one@posta.example>'))
    expect((await world.types()).slice(-2)).toEqual(['InteractionWrappedUp', 'InteractionClosed'])
  })
})

describe('a mail that is delivered to two of our addresses', () => {
  const to = [SUPPORT_ADDRESS, BILLING_ADDRESS].map((address) => ({ name: null, address }))
  const one = incomingMail({ to, deliveredTo: [SUPPORT_ADDRESS] })
  const other = incomingMail({ to, deliveredTo: [BILLING_ADDRESS] })
  const AGAIN = [...WHOLE_STORY, 'MailMessageDeliveredAgain']

  test('is one contact, and the log knows of both deliveries', async () => {
    expect(other.mailId).not.toBe(one.mailId)
    const first = await receive(one)
    expect(await receive(other)).toEqual(first)
    expect(await receive(other)).toEqual(first)
    expect(await receive(one)).toEqual(first)
    expect(await world.types()).toEqual(AGAIN)
    expect((await world.log()).at(-1)?.data).toMatchObject({
      filedAs: one.mailId,
      mailId: other.mailId,
      raw: other.content.raw,
      addressedTo: [BILLING_ADDRESS, SUPPORT_ADDRESS],
    })
  })

  test('is one contact however late the other delivery comes', async () => {
    const first = await receive(one)
    await receive(reply('<one@posta.example>'))
    await world.handle(first.interactionId)
    await world.close(first.interactionId)
    expect(await receive(other)).toEqual(first)
    expect((await world.types()).slice(-1)).toEqual(['MailMessageDeliveredAgain'])
  })

  test('is one contact when both come at once', async () => {
    const found = await Promise.all([receive(one), receive(other), receive(one)])
    expect(new Set(found.map(({ interactionId }) => interactionId)).size).toBe(1)
    expect(await world.types()).toEqual(AGAIN)
  })

  test('is one contact when a crash leaves the first delivery unfinished and the other comes before it', async () => {
    for (let point = 1; point <= WHOLE_STORY.length - 2; point += 1) {
      await using mortal = await mailWorld()
      mortal.life().dieAfterAppends(point)
      await expect(mortal.rooms().receive(one)).rejects.toMatchObject({ code: 'STORE_CLOSED' })
      await mortal.restart()
      const found = [await mortal.rooms().receive(other), await mortal.rooms().receive(one)]
      expect(found[1]).toEqual(found[0])
      const types = await mortal.types()
      expect({ point, types: types.filter((type) => type === 'InteractionQueued') }).toEqual({
        point,
        types: ['InteractionQueued'],
      })
      expect(types.filter((type) => type === 'MailReceived')).toHaveLength(1)
      expect(types.filter((type) => type === 'MailMessageDeliveredAgain')).toHaveLength(1)
    }
  })
})
