import { type InteractionId, parseId } from '@centralino/domain'
import { sha256Hex } from '@centralino/event-store'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createSubmitReply, REPLY_LIMIT, referencesOfReply, subjectOfReply } from './submit-reply.ts'
import {
  BILLING_ADDRESS,
  by,
  incomingMail,
  type MailWorld,
  mailWorld,
  SUPPORT_ADDRESS,
  sofia,
} from './testing/mail-world.ts'

describe('the references of an answer', () => {
  const references = (
    headers: Partial<Parameters<typeof referencesOfReply>[0]['headers']>,
    defects: never[] = [],
  ) =>
    referencesOfReply({
      headers: { messageId: '<p@x>', inReplyTo: null, references: [], ...headers },
      defects,
    })

  test('are the parent’s and the parent (RFC 5322 §3.6.4)', () => {
    expect(references({ references: ['<a@x>', '<b@x>'], inReplyTo: '<b@x>' })).toEqual([
      '<a@x>',
      '<b@x>',
      '<p@x>',
    ])
  })
  test('begin with what the parent answered when it had none', () => {
    expect(references({ inReplyTo: '<a@x>' })).toEqual(['<a@x>', '<p@x>'])
  })
  test('name nothing twice', () => {
    expect(references({ references: ['<p@x>', '<a@x>', '<a@x>'] })).toEqual(['<p@x>', '<a@x>'])
  })
  test('keep the first and the nearest of too many', () => {
    const many = Array.from({ length: 99 }, (_, nth) => `<${nth}@x>`)
    const kept = references({ references: many })
    expect(kept).toHaveLength(30)
    expect(kept[0]).toBe('<0@x>')
    expect(kept.slice(-2)).toEqual(['<98@x>', '<p@x>'])
  })
  test('do not name a mail that came without a Message-ID: nobody but us knows the one we gave it', () => {
    expect(
      referencesOfReply({
        headers: { messageId: '<1@no-message-id.invalid>', inReplyTo: null, references: ['<a@x>'] },
        defects: ['noMessageId'],
      }),
    ).toEqual(['<a@x>'])
  })
})

test.each([
  ['Invoice', 'Re: Invoice'],
  ['Re: Invoice', 'Re: Invoice'],
  ['RE:Invoice', 'RE:Invoice'],
  ['Regarding the invoice', 'Re: Regarding the invoice'],
  ['', 'Re:'],
])('the answer to %j is titled %j', (subject, title) => {
  expect(subjectOfReply(subject)).toBe(title)
})

describe('an agent’s answer', () => {
  let world: MailWorld
  beforeEach(async () => {
    world = await mailWorld()
  })
  afterEach(() => world[Symbol.asyncDispose]())

  const submit = (interactionId: InteractionId, text = 'Hello', agentId = sofia) => {
    const { handlers, correspondence } = world.rooms()
    const put = async (content: unknown) => ({
      sha256: sha256Hex(String(content)),
      bytes: Buffer.byteLength(String(content)),
    })
    return createSubmitReply({
      store: world.life().store,
      handlers,
      correspondence,
      blobs: { put },
      address: SUPPORT_ADDRESS,
      clock: world.clock,
    })({ actor: by.actor, agentId }, interactionId, text)
  }
  const handled = async (mail: Parameters<typeof incomingMail>[0] = {}) => {
    const { interactionId } = await world.rooms().receive(incomingMail(mail))
    await world.handle(interactionId)
    return interactionId
  }
  const submitted = async () =>
    (await world.log()).filter(({ type }) => type === 'ReplySubmitted').map(({ data }) => data)

  test('is taken from the agent who has the mail, and from nobody else', async () => {
    const interactionId = await handled()
    expect(await submit(interactionId, 'Hello', parseId('agent', 'luca'))).toEqual({
      ok: false,
      code: 'NOT_YOURS',
    })
    expect(await submitted()).toEqual([])
    expect(await submit(interactionId)).toEqual({ ok: true })
    expect(await submitted()).toHaveLength(1)
  })

  test('is not taken before the mail is in hand, nor after it is closed', async () => {
    const { interactionId } = await world.rooms().receive(incomingMail())
    expect(await submit(interactionId)).toEqual({ ok: false, code: 'WRONG_STATUS' })
    await world.handle(interactionId)
    await world.close(interactionId)
    expect(await submit(interactionId)).toEqual({ ok: false, code: 'WRONG_STATUS' })
    expect(await submit(parseId('interaction', 'none'))).toEqual({ ok: false, code: 'INTERACTION_UNKNOWN' })
  })

  test('has words, and not too many', async () => {
    const interactionId = await handled()
    expect(await submit(interactionId, ' \n\t ')).toEqual({ ok: false, code: 'REPLY_EMPTY' })
    expect(await submit(interactionId, 'x'.repeat(REPLY_LIMIT + 1))).toEqual({
      ok: false,
      code: 'REPLY_TOO_LONG',
    })
    expect(await submitted()).toEqual([])
  })

  test('goes where the customer wants answers (Reply-To), from the address that was written to', async () => {
    const studio = { name: 'Studio', address: 'studio@bassi.example' }
    const interactionId = await handled({
      replyTo: [studio],
      to: [{ name: null, address: BILLING_ADDRESS }],
    })
    await submit(interactionId)
    expect(await submitted()).toMatchObject([{ to: [studio], from: { address: BILLING_ADDRESS } }])
  })

  test('to a mail without a sender has nowhere to go', async () => {
    const interactionId = await handled({ from: null, defects: ['noSender'] })
    expect(await submit(interactionId)).toEqual({ ok: false, code: 'REPLY_HAS_NO_RECIPIENT' })
  })

  test('answers the newest mail of the customer', async () => {
    const interactionId = await handled()
    await submit(interactionId)
    const next = {
      messageId: '<two@x>',
      inReplyTo: '<one@posta.example>',
      references: ['<one@posta.example>'],
    }
    await world.rooms().receive(incomingMail(next))
    await submit(interactionId)
    expect(await submitted()).toMatchObject([
      { headers: { inReplyTo: '<one@posta.example>' } },
      { headers: { inReplyTo: '<two@x>', references: ['<one@posta.example>', '<two@x>'] } },
    ])
  })

  test('answers what a person wrote, and not the answering machine that came later', async () => {
    const interactionId = await handled()
    await submit(interactionId)
    const [{ headers }] = (await submitted()) as [{ headers: { messageId: string } }]
    await world.rooms().receive(
      incomingMail({
        messageId: '<away@x>',
        inReplyTo: headers.messageId,
        from: { name: null, address: 'away@posta.example' },
        automatic: 'autoReply',
      }),
    )
    await submit(interactionId)
    expect((await submitted()).at(-1)).toMatchObject({
      to: [{ address: 'clara@posta.example' }],
      headers: { inReplyTo: '<one@posta.example>' },
    })
  })

  test('is a mail that the customer’s answer finds its thread by', async () => {
    const interactionId = await handled({ messageId: null, defects: ['noMessageId'] })
    await submit(interactionId)
    const [reply] = (await submitted()) as { headers: { messageId: string; inReplyTo: string | null } }[]
    expect(reply?.headers.inReplyTo).toBeNull()
    const followed = reply?.headers.messageId ?? ''
    const joined = await world
      .rooms()
      .receive(incomingMail({ messageId: '<two@x>', inReplyTo: followed, references: [followed] }))
    expect(joined.interactionId).toBe(interactionId)
  })
})
