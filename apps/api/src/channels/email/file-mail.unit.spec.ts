import { interactionStream, type MailId, threadStream } from '@centralino/domain'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CannotBeFiledError, createFileMail } from './file-mail.ts'
import { incomingMail, type MailWorld, mailWorld } from './testing/mail-world.ts'
import type { IncomingMail } from './to-command.ts'

let world: MailWorld
let notices: (readonly [string, Readonly<Record<string, string | number>>])[]
beforeEach(async () => {
  world = await mailWorld()
  notices = []
})
afterEach(() => world[Symbol.asyncDispose]())

const filing = (receive = (mail: IncomingMail) => world.rooms().receive(mail)) =>
  createFileMail({ receive, notices: { report: (code, facts = {}) => void notices.push([code, facts]) } })

/** Of more than the 1 MiB that one event may have. */
const HUGE = 'n'.repeat(1_500_000)
const hostile = () => incomingMail({ to: [{ name: HUGE, address: 'support@linfa.test' }] })

describe('a mail that the log refuses for good', () => {
  test('is filed as broken, with its sender and its raw form, in the interaction that was opened for it', async () => {
    const mail = hostile()
    const { interactionId, threadId } = await filing()(mail)
    const interaction = await world.rooms().handlers.interaction.state(interactionStream(interactionId))
    expect(interaction).toMatchObject({ status: 'queued', contactPoint: mail.contactPoint })
    const received = (await world.log()).filter(({ type }) => type === 'MailReceived')
    expect(received).toMatchObject([
      {
        stream: threadStream(threadId),
        data: {
          mailId: mail.mailId,
          from: { address: 'clara@posta.example' },
          to: [],
          subject: '',
          raw: mail.content.raw,
          defects: ['brokenMime'],
        },
      },
    ])
    expect((await world.types()).filter((type) => type === 'InteractionOpened')).toHaveLength(1)
  })

  test('is told to the operator by its id and the reason, without a word of it', async () => {
    const mail = hostile()
    await filing()(mail)
    expect(notices).toEqual([['MAIL_FILED_BROKEN', { mail: mail.mailId, cause: 'INVALID_EVENT' }]])
  })

  test('and brought again changes nothing', async () => {
    const first = await filing()(hostile())
    const before = await world.types()
    await world.restart()
    expect(await filing()(hostile())).toEqual(first)
    expect(await world.types()).toEqual(before)
  })

  test('is filed as broken too when its subject or its sender’s name is what is refused', async () => {
    await filing()(incomingMail({ subject: HUGE }))
    await filing()(incomingMail({ from: { name: HUGE, address: 'dora@posta.example' }, messageId: '<x@x>' }))
    expect((await world.types()).filter((type) => type === 'InteractionQueued')).toHaveLength(2)
  })

  test('even without its details cannot be filed at all, and says so', async () => {
    const seen: MailId[] = []
    const refuse = async (mail: IncomingMail) => {
      seen.push(mail.mailId)
      throw new Error('a bug that this mail meets')
    }
    const mail = incomingMail()
    await expect(filing(refuse)(mail)).rejects.toBeInstanceOf(CannotBeFiledError)
    expect(seen).toEqual([mail.mailId, mail.mailId])
  })
})

test.each(['STORE_UNAVAILABLE', 'DISK_FULL', 'NO_MAIL_QUEUE'])(
  'a mail that %s keeps out is left as it is, to be brought again',
  async (code) => {
    const failure = Object.assign(new Error(code), { code })
    const attempt = filing(() => Promise.reject(failure))(incomingMail())
    await expect(attempt).rejects.toBe(failure)
    expect(notices).toEqual([])
  },
)
