import {
  AUTOMATIC_MAILS,
  type AutomaticMail,
  interactionStream,
  parseId,
  threadStream,
} from '@centralino/domain'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createSubmitReply } from './submit-reply.ts'
import { by, incomingMail, type MailWorld, mailWorld, SUPPORT_ADDRESS, sofia } from './testing/mail-world.ts'

// Each life has a log of its own on disk, and every append is waited for.
vi.setConfig({ testTimeout: 60_000 })

let world: MailWorld
beforeEach(async () => {
  world = await mailWorld()
})
afterEach(() => world[Symbol.asyncDispose]())

const receive = (mail: Parameters<typeof incomingMail>[0], seen = '') =>
  world.rooms().receive(incomingMail(mail, seen))
const statusOf = async (interactionId: ReturnType<typeof parseId<'interaction'>>) =>
  (await world.rooms().handlers.interaction.state(interactionStream(interactionId))).status
const since = async (before: readonly string[]) => (await world.types()).slice(before.length)

/** A contact of Clara's, answered and closed, and the Message-ID of the answer. */
const answered = async () => {
  const { receive: receiveMail, handlers, correspondence } = world.rooms()
  const filed = await receiveMail(incomingMail())
  await world.handle(filed.interactionId)
  await createSubmitReply({
    store: world.life().store,
    handlers,
    correspondence,
    blobs: { put: async () => ({ sha256: 'a'.repeat(64), bytes: 5 }) },
    address: SUPPORT_ADDRESS,
    clock: world.clock,
  })({ actor: by.actor, agentId: sofia }, filed.interactionId, 'Hello')
  await world.close(filed.interactionId)
  const submitted = (await world.log()).findLast(({ type }) => type === 'ReplySubmitted')
  if (submitted === undefined) throw new Error('the reply was not taken')
  const { headers, mailId } = submitted.data as { headers: { messageId: string }; mailId: string }
  return { ...filed, messageId: headers.messageId, mailId }
}

const away = (more: Parameters<typeof incomingMail>[0]) => ({
  messageId: '<away@posta.example>',
  subject: 'Away',
  automatic: 'autoReply' as const,
  ...more,
})

describe('an automatic reply', () => {
  test('stands in the thread of the reply that set it off, and opens nothing again', async () => {
    const { interactionId, threadId, messageId } = await answered()
    const before = await world.types()
    expect(await receive(away({ inReplyTo: messageId }))).toEqual({ interactionId, threadId })
    expect(await since(before)).toEqual(['MailMessageFiled', 'MailReceived'])
    expect(await statusOf(interactionId)).toBe('closed')
    expect((await world.log()).at(-1)?.data).toMatchObject({ automatic: 'autoReply', interactionId })
  })

  test('from where the customer’s mail is forwarded to makes nobody a customer', async () => {
    const { interactionId, threadId, messageId } = await answered()
    const before = await world.types()
    const from = { name: null, address: 'maria@studio.example' }
    expect(await receive(away({ from, references: [messageId] }))).toEqual({ interactionId, threadId })
    expect(await since(before)).toEqual(['MailMessageFiled', 'MailReceived'])
  })

  test('does not get a stranger into a correspondence by the customer’s own Message-ID', async () => {
    const { threadId } = await answered()
    const from = { name: null, address: 'stranger@else.example' }
    expect((await receive(away({ from, inReplyTo: '<one@posta.example>' }))).threadId).not.toBe(threadId)
  })

  test('leaves the next mail of the customer to agents, as a new contact of the thread', async () => {
    const { interactionId, threadId, messageId } = await answered()
    await receive(away({ inReplyTo: messageId }))
    const next = await receive({ messageId: '<two@posta.example>', inReplyTo: messageId })
    expect(next.threadId).toBe(threadId)
    expect(next.interactionId).not.toBe(interactionId)
    expect(await statusOf(next.interactionId)).toBe('queued')
  })
})

test('an automatic mail chases nothing', async () => {
  await receive({})
  await receive(away({ inReplyTo: '<one@posta.example>' }))
  expect(await world.types()).not.toContain('InteractionChased')
})

describe('what no person wrote and nothing set off', () => {
  test('is on its sender’s timeline as a contact that is over, and waits in no queue', async () => {
    const { interactionId } = await receive(away({ automatic: 'bulk' }))
    expect(await world.types()).toEqual([
      'ContactPointLinked',
      'ContactPointUsed',
      'ProvisionalCustomerCreated',
      'MailMessageFiled',
      'InteractionOpened',
      'ThreadOpened',
      'MailReceived',
      'InteractionClosed',
    ])
    expect(await world.rooms().handlers.interaction.state(interactionStream(interactionId))).toMatchObject({
      status: 'closed',
      how: 'automatic',
    })
  })

  test('is one contact when it is brought again, after a crash behind any of its appends too', async () => {
    const mail = incomingMail(away({ automatic: 'bulk' }))
    for (let point = 1; point <= 6; point += 1) {
      await using mortal = await mailWorld()
      mortal.life().dieAfterAppends(point)
      await expect(mortal.rooms().receive(mail)).rejects.toMatchObject({ code: 'STORE_CLOSED' })
      await mortal.restart()
      await mortal.rooms().receive(mail)
      await mortal.rooms().receive(mail)
      expect(await mortal.types()).toHaveLength(8)
      expect((await mortal.types()).at(-1)).toBe('InteractionClosed')
    }
  })

  test('is offered all the same where it is told so, and only that', async () => {
    const queued: AutomaticMail[] = []
    for (const automatic of AUTOMATIC_MAILS) {
      const { interactionId } = await receive({ messageId: `<${automatic}@x>`, automatic })
      if ((await statusOf(interactionId)) === 'queued') queued.push(automatic)
    }
    expect(queued).toEqual(['answersUnwanted'])
  })
})

describe('our own reply that comes round to us', () => {
  test('is another delivery of it and no contact, however often it comes', async () => {
    const { interactionId, threadId, messageId, mailId } = await answered()
    const before = await world.types()
    const from = { name: null, address: SUPPORT_ADDRESS.toUpperCase() }
    for (const round of ['first', 'second'])
      expect(await receive({ messageId, from, subject: 'Re: Invoice' }, round)).toEqual({
        interactionId,
        threadId,
      })
    expect(await since(before)).toEqual(['MailMessageDeliveredAgain', 'MailMessageDeliveredAgain'])
    const thread = await world.rooms().correspondence.thread.state(threadStream(threadId))
    expect(thread.status === 'open' && thread.mails.get(parseId('mail', mailId))?.status).toBe('submitted')
  })

  test('under its Message-ID from somebody else is a mail of theirs', async () => {
    const { interactionId, messageId } = await answered()
    const other = await receive({ messageId, subject: 'Re: Invoice' })
    expect(other.interactionId).not.toBe(interactionId)
    expect(await statusOf(other.interactionId)).toBe('queued')
  })
})
