import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { parseId, parseInstant } from '@centralino/domain'
import { createBlobStore, type EventStore, EventStoreError } from '@centralino/event-store'
import { temporaryEventStore } from '@centralino/event-store/testing'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCommandHandlers } from '../../commands/command-handlers.ts'
import { createIdentification } from '../../identification/identification.ts'
import { createNotices, type Notices } from '../../observability/notices.ts'
import { systemClock } from '../../time/clock.ts'
import { createMailChannel, type MailChannel } from './mail-channel.ts'
import type { MailboxListener, MailboxStatus } from './mailbox/mailbox.ts'
import { createFolderTransport } from './outbox/folder-transport.ts'
import { LARGEST_SHOWN_BYTES } from './parse/defects.ts'

const AT = parseInstant('2026-11-24T09:00:00.000Z')
const ADDRESS = 'support@linfa.test'
const SUPPORT = {
  queueId: parseId('queue', 'support'),
  settings: {
    name: 'Support',
    requiredSkills: [],
    offerTimeoutSeconds: 20,
    wrapUpSeconds: 60,
    entryPoints: [ADDRESS],
  },
}

let dataDir: string
let store: EventStore
let notices: Notices
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'mail-channel-'))
  store = await temporaryEventStore()
  notices = createNotices({})
})
afterEach(async () => {
  await store[Symbol.asyncDispose]()
  await rm(dataDir, { recursive: true })
})

const channel = async (
  given: {
    readonly store?: EventStore
    readonly queue?: typeof SUPPORT | null
    readonly openMailbox?: Parameters<typeof createMailChannel>[0]['openMailbox']
  } = {},
): Promise<MailChannel> => {
  const handlers = createCommandHandlers(given.store ?? store)
  return createMailChannel({
    store: given.store ?? store,
    handlers,
    identification: createIdentification(handlers),
    directory: { queueFor: () => (given.queue === undefined ? SUPPORT : given.queue) },
    blobs: await createBlobStore(join(dataDir, 'blobs')),
    clock: systemClock,
    notices,
    onReactionFailure: () => {},
    dataDir,
    openMailbox: given.openMailbox ?? null,
    transport: createFolderTransport(join(dataDir, 'outbox')),
    address: ADDRESS,
  })
}

test('that the outbox can follow the log no longer is told, so that no reply waits unseen', async () => {
  const broken = Promise.withResolvers<void>()
  await using mail = await channel({
    store: { ...store, subscribe: () => ({ ended: broken.promise, [Symbol.asyncDispose]: async () => {} }) },
  })
  await mail.start()
  broken.reject(new EventStoreError('STORE_CLOSED', { reason: 'THREAD_LOST' }))
  await expect(mail.ended).rejects.toMatchObject({ code: 'STORE_CLOSED' })
})

test('without a mailbox and a server both are off', async () => {
  await using mail = await channel()
  expect([mail.mailboxStatus(), mail.smtpStatus()]).toEqual(['off', 'off'])
})

describe('a mail that comes twice, by two ways', () => {
  const headers = (way: string) =>
    `Received: by ${way}\r\nFrom: a@b.example\r\nTo: ${ADDRESS}\r\nMessage-ID: <1@b>\r\nSubject: s\r\n`
  const whole = (words: string) => `Content-Type: text/plain\r\n\r\n${words}`
  const cutOff = (words: string) =>
    `Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHello\r\n--x\r\n${words}`
  const tooLarge = (words: string) => whole(words.repeat(Math.ceil(LARGEST_SHOWN_BYTES / words.length) + 1))

  test.each([
    ['whole', whole],
    ['cut off in the middle of a part', cutOff],
    ['too large to be shown', tooLarge],
  ])('is one contact, %s, and other words under its Message-ID are another', async (_how, body) => {
    await using mail = await channel()
    const receive = (way: string, words: string) =>
      mail.receive(Buffer.from(`${headers(way)}${body(words)}`), AT)
    const first = await receive('mx1.linfa.test', 'words')
    expect(await receive('a.longer.name.linfa.test', 'words')).toEqual(first)
    expect((await receive('mx1.linfa.test', 'wards'))?.interactionId).not.toBe(first?.interactionId)
  })
})

describe('a mailbox', () => {
  const opened = async (given: Parameters<typeof channel>[0] = {}) => {
    let listener: MailboxListener | undefined
    let status: MailboxStatus = { status: 'connecting' }
    const mail = await channel({
      ...given,
      openMailbox: (told) => {
        listener = told
        return {
          start: () => {
            status = { status: 'up' }
          },
          status: () => status,
          [Symbol.asyncDispose]: async () => {
            status = { status: 'stopped' }
          },
        }
      },
    })
    if (listener === undefined) throw new Error('no mailbox was opened')
    return { mail, ...listener }
  }
  const codes = () => notices.list().map(({ code }) => code)
  const delivery = () => ({
    content: Readable.from([Buffer.from('From: a@b.example\r\nMessage-ID: <1@b>\r\n\r\nwords')]),
    receivedAt: AT,
  })
  const brought = async ({ onMail, onRefused }: MailboxListener) => {
    try {
      await onMail(delivery())
      return 'filed'
    } catch (error) {
      return onRefused(7, error)
    }
  }

  test('is read from the start on, and closed with the channel', async () => {
    const { mail } = await opened()
    expect(mail.mailboxStatus()).toBe('connecting')
    await mail.start()
    expect(mail.mailboxStatus()).toBe('up')
    await mail[Symbol.asyncDispose]()
    expect(mail.mailboxStatus()).toBe('stopped')
  })

  test('has a mail brought again that nothing but the hub’s own state keeps out, and the operator is told until one comes in', async () => {
    const without = await opened({ queue: null })
    expect(await brought(without)).toBe('again')
    expect(codes()).toContain('MAIL_NOT_FILED')
    const withQueue = await opened()
    expect(await brought(withQueue)).toBe('filed')
    expect(codes()).not.toContain('MAIL_NOT_FILED')
    await Promise.all([without.mail, withQueue.mail].map((mail) => mail[Symbol.asyncDispose]()))
  })

  test('has a mail passed over that cannot be filed in any way, and the operator is told which', async () => {
    const refusing = await opened({
      store: {
        ...store,
        append: async () => {
          throw new EventStoreError('INVALID_EVENT', { reason: 'TOO_LARGE', index: 0, path: '' })
        },
      },
    })
    expect(await brought(refusing)).toBe('passOver')
    expect(notices.list()).toMatchObject([{ code: 'MAIL_PASSED_OVER', facts: { uid: 7 } }])
    await refusing.mail[Symbol.asyncDispose]()
  })

  test('that is lost is told to the operator, until it is back', async () => {
    const { mail, onStatus } = await opened()
    onStatus({ status: 'away', code: 'ECONNREFUSED' })
    expect(notices.list()).toMatchObject([{ code: 'MAILBOX_AWAY', facts: { cause: 'ECONNREFUSED' } }])
    onStatus({ status: 'up' })
    expect(codes()).toEqual([])
    await mail[Symbol.asyncDispose]()
  })
})
