import { Readable } from 'node:stream'
import { interactionStream } from '@centralino/domain'
import { sha256Hex } from '@centralino/event-store'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Reactor } from '../../../reactors/reactor.ts'
import { stateInMemory } from '../../../reactors/testing/state-in-memory.ts'
import { createSubmitReply } from '../submit-reply.ts'
import { by, incomingMail, type MailWorld, mailWorld, SUPPORT_ADDRESS, sofia } from '../testing/mail-world.ts'
import type { HandOver, OutgoingMail } from './mail-transport.ts'
import { createOutbox } from './outbox.ts'

const SENT: HandOver = { outcome: 'sent', response: '250 queued', refusedRecipients: 0 }
const DOWN: HandOver = { outcome: 'failed', code: 'ECONNREFUSED', permanent: false }

vi.setConfig({ testTimeout: 60_000 })

let world: MailWorld
let outbox: Reactor
let answers: HandOver[]
let handedOver: OutgoingMail[]
let tried: object[]
let checkpoint = stateInMemory<string>()
/** Called when a mail is at the server, before the server's answer is written down. */
let onHandedOver: () => void
const texts = new Map<string, string>()
const blobs = {
  put: async (content: unknown) => {
    const text = String(content)
    texts.set(sha256Hex(text), text)
    return { sha256: sha256Hex(text), bytes: Buffer.byteLength(text) }
  },
  get: async (sha256: string) => Readable.from([Buffer.from(texts.get(sha256) ?? '')]),
}

const open = async () => {
  outbox = createOutbox({
    store: world.life().store,
    correspondence: world.rooms().correspondence,
    blobs,
    transport: {
      handsTo: 'server',
      send: async (mail) => {
        const answer = answers.shift() ?? SENT
        handedOver.push(mail)
        onHandedOver()
        return answer
      },
      [Symbol.asyncDispose]: async () => {},
    },
    checkpoint,
    clock: world.clock,
    onTried: (one) => tried.push(one),
    onFailure: () => {},
  })
  await outbox.start()
}

beforeEach(async () => {
  world = await mailWorld()
  answers = []
  handedOver = []
  tried = []
  checkpoint = stateInMemory()
  onHandedOver = () => {}
  await open()
})
afterEach(async () => {
  await outbox[Symbol.asyncDispose]()
  await world[Symbol.asyncDispose]()
})

const restart = async () => {
  await world.restart()
  await outbox[Symbol.asyncDispose]()
  await open()
}

/** An agent answers a mail from Clara. */
const reply = async (text = 'We have refunded you.') => {
  const { handlers, correspondence, receive } = world.rooms()
  const { interactionId } = await receive(incomingMail())
  const state = await handlers.interaction.state(interactionStream(interactionId))
  if (state.status !== 'handling') await world.handle(interactionId)
  const submit = createSubmitReply({
    store: world.life().store,
    handlers,
    correspondence,
    blobs,
    address: SUPPORT_ADDRESS,
    clock: world.clock,
  })
  expect(await submit({ actor: by.actor, agentId: sofia }, interactionId, text)).toEqual({ ok: true })
}

const outcomes = async () =>
  (await world.log())
    .filter(({ type }) => type === 'MailSent' || type === 'MailSendFailed')
    .map(({ type, data }) => {
      const { code, attempt, retryAt, permanent } = data as Record<string, unknown>
      return type === 'MailSent' ? 'sent' : { code, attempt, retryAt, permanent }
    })
const until = async (count: number) => {
  await expect.poll(async () => (await outcomes()).length, { timeout: 10_000, interval: 5 }).toBe(count)
  // The reaction to the last of them has armed its timer, or ended.
  await expect.poll(() => tried.length, { timeout: 10_000, interval: 5 }).toBe(count)
}
/** Sooner than any retry. */
const CHECKPOINT_MILLISECONDS = 500
/** Waits for the retry to be armed, and lets its time come. */
const pass = async (milliseconds: number) => {
  await expect
    .poll(() => world.clock.pending(CHECKPOINT_MILLISECONDS), { timeout: 10_000, interval: 5 })
    .toBe(1)
  world.clock.advance(milliseconds)
}

test('a reply goes to the server once, with its identity, its thread and its words', async () => {
  await reply('Grüße, è fatto.')
  await until(1)
  expect(handedOver).toMatchObject([
    {
      messageId: expect.stringMatching(/^<[0-9a-f-]{36}@linfa\.test>$/),
      inReplyTo: '<one@posta.example>',
      references: ['<one@posta.example>'],
      from: { address: SUPPORT_ADDRESS },
      to: [{ name: 'Clara', address: 'clara@posta.example' }],
      subject: 'Re: Invoice',
      text: 'Grüße, è fatto.',
      date: '2026-11-24T09:00:00.000Z',
    },
  ])
  expect(await outcomes()).toEqual(['sent'])
  expect(tried).toEqual([{ outcome: 'sent', attempt: 1, refusedRecipients: 0 }])
})

test('a server that is away is tried again with growing waits until the mail is through, always the same mail', async () => {
  answers = [DOWN, DOWN, { outcome: 'failed', code: 'SMTP_451', permanent: false }]
  await reply()
  await until(1)
  await pass(5_000)
  await until(2)
  await pass(15_000)
  await until(3)
  await pass(60_000)
  await until(4)
  expect(await outcomes()).toEqual([
    { code: 'ECONNREFUSED', attempt: 1, retryAt: '2026-11-24T09:00:05.000Z', permanent: false },
    { code: 'ECONNREFUSED', attempt: 2, retryAt: '2026-11-24T09:00:20.000Z', permanent: false },
    { code: 'SMTP_451', attempt: 3, retryAt: '2026-11-24T09:01:20.000Z', permanent: false },
    'sent',
  ])
  expect(new Set(handedOver.map(({ messageId }) => messageId)).size).toBe(1)
  expect(tried.at(-1)).toEqual({ outcome: 'sent', attempt: 4, refusedRecipients: 0 })
})

test('before its time a retry does not go', async () => {
  answers = [DOWN]
  await reply()
  await until(1)
  await pass(4_999)
  expect(world.clock.pending()).toBe(1)
  expect(handedOver).toHaveLength(1)
  world.clock.advance(1)
  await until(2)
})

test('what the server refuses for good is given up at once and told', async () => {
  answers = [{ outcome: 'failed', code: 'SMTP_550', permanent: true }]
  await reply()
  await until(1)
  expect(await outcomes()).toEqual([{ code: 'SMTP_550', attempt: 1, retryAt: null, permanent: true }])
  expect(tried).toEqual([{ outcome: 'failed', code: 'SMTP_550', attempt: 1, permanent: true, givenUp: true }])
  await restart()
  await outbox.settled((await world.log()).at(-1)?.position ?? '')
  expect(handedOver).toHaveLength(1)
})

describe('after a crash', () => {
  test('a mail whose sending is written down never goes twice, even with the checkpoint lost', async () => {
    await reply()
    await until(1)
    checkpoint = stateInMemory()
    await restart()
    await outbox.settled((await world.log()).at(-1)?.position ?? '')
    expect(handedOver).toHaveLength(1)
    expect(await outcomes()).toEqual(['sent'])
  })

  test('between the server’s yes and ours the mail goes again under the same Message-ID and is noted once', async () => {
    onHandedOver = () => world.life().kill()
    await reply()
    await expect.poll(() => handedOver.length, { timeout: 10_000 }).toBe(1)
    onHandedOver = () => {}
    await restart()
    await until(1)
    expect(handedOver).toHaveLength(2)
    expect(handedOver[1]).toEqual(handedOver[0])
    expect(await outcomes()).toEqual(['sent'])
  })

  test('a retry that was waiting goes at its time, and at once when that has passed', async () => {
    answers = [DOWN, DOWN]
    await reply()
    await until(1)
    await restart()
    await pass(5_000)
    await until(2)
    await world.restart()
    await outbox[Symbol.asyncDispose]()
    world.clock.advance(3_600_000)
    await open()
    const dueNow = () => {
      world.clock.advance(0)
      return handedOver.length
    }
    await expect.poll(dueNow, { timeout: 10_000, interval: 5 }).toBe(3)
    await until(3)
    expect((await outcomes()).at(-1)).toBe('sent')
    expect(handedOver).toHaveLength(3)
  })

  test('a reply that was in the log and not yet tried goes', async () => {
    await outbox[Symbol.asyncDispose]()
    await reply()
    expect(handedOver).toHaveLength(0)
    await open()
    await until(1)
    expect(handedOver).toHaveLength(1)
  })
})

test('one mail that cannot go does not hold up the next', async () => {
  answers = [DOWN]
  await reply('first')
  await until(1)
  await reply('second')
  await until(2)
  expect(handedOver.map(({ text }) => text)).toEqual(['first', 'second'])
  expect((await outcomes()).at(-1)).toBe('sent')
})
