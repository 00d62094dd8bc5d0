import { describe, expect, it } from 'vitest'
import { specify } from '../kernel/decider-specification.ts'
import type { Instant } from '../kernel/instant.ts'
import { after, agent, customer, interaction, mail, thread } from '../kernel/testing.ts'
import { correspondenceDecider } from './decide.ts'
import { DELIVERY_ACTIONS, type DeliveryAction, deliveryTroubleOf } from './delivery-report.ts'
import type { CorrespondenceEvent, StoredFile } from './events.ts'
import { isFiledMessage, mailMessageDecider } from './mail-message.ts'

const given = specify(correspondenceDecider)
const threadId = thread('t1')
const customerId = customer('anna')
const interactionId = interaction('i1')
const mailId = mail('in')
const replyId = mail('out')
const at = after(0)
const file: StoredFile = { sha256: 'ab'.repeat(32), bytes: 12 }
const anna = { name: 'Anna', address: 'anna@example.it' }
const us = { name: null, address: 'support@example.com' }

const incoming = {
  threadId,
  mailId,
  interactionId,
  customerId,
  headers: { messageId: '<1@example.it>', inReplyTo: null, references: [] },
  from: anna,
  to: [us],
  cc: [],
  subject: 'My order',
  excerpt: 'Where is it?',
  text: file,
  html: null,
  attachments: [],
  raw: file,
  defects: [],
  at,
}
const outgoing = {
  threadId,
  mailId: replyId,
  interactionId,
  customerId,
  agentId: agent('giulia'),
  headers: { messageId: '<2@example.com>', inReplyTo: '<1@example.it>', references: ['<1@example.it>'] },
  from: us,
  to: [anna],
  subject: 'Re: My order',
  excerpt: 'It is on its way.',
  text: file,
  at,
}
const opened: CorrespondenceEvent = {
  type: 'ThreadOpened',
  data: { threadId, customerId, subject: 'My order', at },
}
const received: CorrespondenceEvent = { type: 'MailReceived', data: incoming }
const submitted: CorrespondenceEvent = { type: 'ReplySubmitted', data: outgoing }
const sent: CorrespondenceEvent = {
  type: 'MailSent',
  data: { threadId, mailId: replyId, interactionId, customerId, response: '250 OK', at },
}
const failed = (attempt: number, retryAt: Instant | null): CorrespondenceEvent => ({
  type: 'MailSendFailed',
  data: {
    threadId,
    mailId: replyId,
    interactionId,
    customerId,
    attempt,
    code: 'ECONNREFUSED',
    permanent: retryAt === null,
    retryAt,
    at,
  },
})

describe('receiving a mail', () => {
  it('opens the thread with the first', () => {
    given([])
      .when({ type: 'ReceiveMail', ...incoming })
      .then([opened, received])
  })

  it('joins the thread with the next', () => {
    const next = { ...incoming, mailId: mail('in2') }
    given([opened, received])
      .when({ type: 'ReceiveMail', ...next })
      .then([{ type: 'MailReceived', data: next }])
  })

  it('does nothing for a mail that is there', () => {
    given([opened, received])
      .when({ type: 'ReceiveMail', ...incoming })
      .thenNothing()
  })
})

describe('replying', () => {
  const submit = { type: 'SubmitReply', ...outgoing } as const

  it('submits the reply once', () => {
    given([opened, received]).when(submit).then([submitted])
    given([opened, received, submitted]).when(submit).thenNothing()
  })

  it('needs a thread, a text and a recipient', () => {
    given([]).when(submit).thenRefused('THREAD_UNKNOWN', { threadId })
    given([opened, received])
      .when({ ...submit, text: { ...file, bytes: 0 } })
      .thenRefused('REPLY_EMPTY', { threadId })
    given([opened, received])
      .when({ ...submit, excerpt: ' \n' })
      .thenRefused('REPLY_EMPTY', { threadId })
    given([opened, received])
      .when({ ...submit, to: [] })
      .thenRefused('REPLY_HAS_NO_RECIPIENT', { threadId })
  })
})

describe('sending', () => {
  const recordSent = { type: 'RecordSent', threadId, mailId: replyId, response: '250 OK', at } as const
  const recordFailure = {
    type: 'RecordSendFailure',
    threadId,
    mailId: replyId,
    code: 'ECONNREFUSED',
    permanent: false,
    retryAt: after(60),
    at,
  } as const

  it('is recorded once, with what the reply belongs to', () => {
    given([opened, received, submitted]).when(recordSent).then([sent])
    given([opened, received, submitted, sent]).when(recordSent).thenNothing()
  })

  it('numbers its failures', () => {
    given([opened, received, submitted])
      .when(recordFailure)
      .then([failed(1, after(60))])
    given([opened, received, submitted, failed(1, after(60))])
      .when({ ...recordFailure, retryAt: after(120) })
      .then([failed(2, after(120))])
  })

  it('is given up when no further try is planned', () => {
    given([opened, received, submitted, failed(1, after(60))])
      .when({ ...recordFailure, permanent: true, retryAt: null })
      .thenState((state) =>
        expect(state.status === 'open' && state.mails.get(replyId)).toMatchObject({
          status: 'givenUp',
          attempts: 2,
        }),
      )
  })

  it('may succeed after it was given up', () => {
    given([opened, received, submitted, failed(1, null)])
      .when(recordSent)
      .then([sent])
  })

  it('does not fail any more once it is out', () => {
    given([opened, received, submitted, sent]).when(recordFailure).thenNothing()
  })

  it('is refused for a mail that we were sent, and for one that is not there', () => {
    given([opened, received])
      .when({ ...recordSent, mailId })
      .thenRefused('MAIL_UNKNOWN', { threadId, mailId })
    given([opened, received]).when(recordFailure).thenRefused('MAIL_UNKNOWN', { threadId, mailId: replyId })
    given([]).when(recordSent).thenRefused('THREAD_UNKNOWN', { threadId })
  })
})

describe('a delivery report', () => {
  const report = (action: DeliveryAction, status: string | null = null) =>
    ({
      threadId,
      mailId: replyId,
      reportId: mail('report'),
      raw: file,
      action,
      status,
      recipients: [anna.address],
      at,
    }) as const
  const record = (...of: Parameters<typeof report>) =>
    ({ type: 'RecordDeliveryReport', ...report(...of) }) as const
  const reported = (...of: Parameters<typeof report>) =>
    ({ type: 'MailDeliveryReported', data: { ...report(...of), interactionId, customerId } }) as const

  it('is told of a reply that is out, with what the reply belongs to', () => {
    given([opened, received, submitted, sent])
      .when(record('failed', '5.1.1'))
      .then([reported('failed', '5.1.1')])
  })

  it('may overtake the news that the reply is out', () => {
    const bounced = [opened, received, submitted, reported('failed')]
    given([opened, received, submitted])
      .when(record('failed'))
      .then([reported('failed')])
    given(bounced)
      .when({ type: 'RecordSent', threadId, mailId: replyId, response: '250 OK', at })
      .thenNothing()
    given(bounced)
      .when({
        type: 'RecordSendFailure',
        threadId,
        mailId: replyId,
        code: 'ETIMEDOUT',
        permanent: false,
        retryAt: after(60),
        at,
      })
      .thenNothing()
  })

  it('of a delay leaves the reply sent, and a failure may follow', () => {
    given([opened, received, submitted, sent, reported('delayed', '4.4.1')])
      .when(record('failed', '5.4.7'))
      .thenState((state) =>
        expect(state.status === 'open' && state.mails.get(replyId)).toMatchObject({ status: 'bounced' }),
      )
  })

  it('says nothing new once the reply has come back', () => {
    for (const action of DELIVERY_ACTIONS)
      given([opened, received, submitted, sent, reported('failed')])
        .when(record(action))
        .thenNothing()
  })

  it('is refused for what was not sent from here', () => {
    given([]).when(record('failed')).thenRefused('THREAD_UNKNOWN', { threadId })
    given([opened, received])
      .when({ ...record('failed'), mailId })
      .thenRefused('MAIL_UNKNOWN', { threadId, mailId })
  })
})

describe('an enhanced status code (RFC 3463)', () => {
  it.each([
    ['5.1.1', 'noSuchMailbox'],
    ['5.1.10', 'noSuchDomain'],
    ['5.1.2', 'noSuchDomain'],
    ['5.1.3', 'noSuchMailbox'],
    ['5.2.1', 'mailboxClosed'],
    ['4.2.2', 'mailboxFull'],
    ['5.2.3', 'tooLarge'],
    ['5.3.4', 'tooLarge'],
    ['4.4.1', 'notReached'],
    ['5.4.6', 'loop'],
    ['4.4.7', 'tookTooLong'],
    ['5.6.7', 'contentRefused'],
    ['5.7.26', 'notAllowed'],
    ['5.0.0', 'unknown'],
    ['5.9.9', 'unknown'],
    [null, 'unknown'],
  ] as const)('%s is told as %s', (status, trouble) => {
    expect(deliveryTroubleOf(status)).toBe(trouble)
  })
})

describe('a Message-ID', () => {
  const givenFiled = specify(mailMessageDecider)
  const file = {
    type: 'FileMailMessage',
    messageId: '<1@example.it>',
    threadId,
    mailId,
    customerId,
    contentSha256: 'c'.repeat(64),
    at,
  } as const
  const { type: _file, ...filing } = file
  const filed = { type: 'MailMessageFiled', data: filing } as const

  it('belongs to the thread that it was filed under first', () => {
    givenFiled([]).when(file).then([filed])
    givenFiled([filed])
      .when({ ...file, threadId: thread('t2') })
      .thenNothing()
  })

  const delivery = {
    messageId: '<1@example.it>',
    mailId: mail('again'),
    addressedTo: ['billing@hub.example'],
    raw: { sha256: 'd'.repeat(64), bytes: 9 },
    at,
  }
  const record = { type: 'RecordDelivery', ...delivery } as const
  const again = {
    type: 'MailMessageDeliveredAgain',
    data: { ...delivery, filedAs: mailId, customerId },
  } as const

  it('tells no more of a mail that goes round without end', () => {
    const rounds = Array.from({ length: 100 }, (_, round) => ({
      type: 'MailMessageDeliveredAgain' as const,
      data: { ...again.data, mailId: mail(`round-${round}`) },
    }))
    givenFiled([filed, ...rounds.slice(1)])
      .when(record)
      .then([again])
    givenFiled([filed, ...rounds])
      .when(record)
      .thenNothing()
  })

  it('remembers each delivery of its message once, and the filed one as that', () => {
    givenFiled([filed]).when(record).then([again])
    givenFiled([filed, again]).when(record).thenNothing()
    givenFiled([filed])
      .when({ ...record, mailId })
      .thenNothing()
    givenFiled([]).when(record).thenRefused('MESSAGE_NOT_FILED', { mailId: record.mailId })
  })

  it('stands for the same content only', () => {
    const { contentSha256 } = file
    givenFiled([filed]).thenState((state) => {
      expect(isFiledMessage(state, { mailId: record.mailId, contentSha256 })).toBe(true)
      expect(isFiledMessage(state, { mailId: record.mailId, contentSha256: 'e'.repeat(64) })).toBe(false)
      expect(isFiledMessage(state, { mailId, contentSha256: null })).toBe(true)
    })
    const unread = { ...filed, data: { ...filing, contentSha256: null } }
    givenFiled([unread]).thenState((state) =>
      expect(isFiledMessage(state, { mailId: record.mailId, contentSha256: null })).toBe(false),
    )
  })
})
