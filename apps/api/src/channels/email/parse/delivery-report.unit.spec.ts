import { describe, expect, test } from 'vitest'
import { takeApart } from './take-apart.ts'

const reportOf = async (...lines: readonly (string | Buffer)[]) => {
  const raw = Buffer.concat(lines.map((line) => Buffer.concat([Buffer.from(line), Buffer.from('\r\n')])))
  return (await takeApart(raw, raw.byteLength)).deliveryReport
}

const HEAD = [
  'From: Mail Delivery System <MAILER-DAEMON@mx.posta.example>',
  'To: support@linfa.test',
  'Subject: Undelivered Mail Returned to Sender',
  'Message-ID: <bounce-1@mx.posta.example>',
] as const
const WORDS = ['--cut', 'Content-Type: text/plain', '', 'It did not arrive.'] as const
const RETURNED = [
  '--cut',
  'Content-Type: message/rfc822',
  '',
  'From: support@linfa.test',
  'Message-ID: <reply-1@linfa.test>',
  'Subject: Re: Invoice',
  '',
  'words',
] as const
const STATUS = ['--cut', 'Content-Type: message/delivery-status', ''] as const
const report = (type: string, ...parts: readonly (readonly string[])[]) =>
  reportOf(...HEAD, `Content-Type: ${type}`, '', ...parts.flat(), '--cut--')
const dsn = (...fields: readonly string[]) =>
  report(
    'multipart/report; report-type=delivery-status; boundary=cut',
    WORDS,
    [...STATUS, ...fields],
    RETURNED,
  )
const OF_MESSAGE = [
  'Reporting-MTA: dns; mx.posta.example',
  'Arrival-Date: Tue, 24 Nov 2026 09:14:00 +0100',
  '',
]

describe('a delivery status notification (RFC 3464)', () => {
  test('as Postfix writes it: action, status, whom it is about, and the mail that it returns', async () => {
    const found = await dsn(
      'Reporting-MTA: dns; mail.linfa.test',
      'X-Postfix-Queue-ID: 4D7A1',
      'X-Postfix-Sender: rfc822; support@linfa.test',
      'Arrival-Date: Tue, 24 Nov 2026 09:14:00 +0100 (CET)',
      '',
      'Final-Recipient: rfc822; giulia@posta.example',
      'Original-Recipient: rfc822;giulia@posta.example',
      'Action: failed',
      'Status: 5.1.1',
      'Remote-MTA: dns; mx.posta.example',
      'Diagnostic-Code: smtp; 550 5.1.1 <giulia@posta.example>: Recipient address rejected:',
      '    User unknown in virtual mailbox table',
    )
    expect(found).toEqual({
      action: 'failed',
      status: '5.1.1',
      recipients: ['giulia@posta.example'],
      messageIds: ['<reply-1@linfa.test>'],
    })
  })

  test('with the headers of the mail alone (text/rfc822-headers)', async () => {
    const found = await report(
      'multipart/report; report-type="delivery-status"; boundary="cut"',
      WORDS,
      [...STATUS, ...OF_MESSAGE, 'Final-Recipient: rfc822;a@b.example', 'Action: delayed', 'Status: 4.4.1'],
      [
        '--cut',
        'Content-Type: text/rfc822-headers',
        '',
        'Subject: Re: Invoice',
        'Message-ID:',
        ' <reply-2@linfa.test>',
      ],
    )
    expect(found).toMatchObject({ action: 'delayed', status: '4.4.1', messageIds: ['<reply-2@linfa.test>'] })
  })

  test('without the mail is known by the envelope id that we gave (RFC 3461)', async () => {
    const found = await report('multipart/report; report-type=delivery-status; boundary=cut', WORDS, [
      ...STATUS,
      'Original-Envelope-Id: reply-3@linfa.test',
      ...OF_MESSAGE,
      'Final-Recipient: rfc822; a@b.example',
      'Action: failed',
      'Status: 5.2.2',
    ])
    expect(found).toMatchObject({ action: 'failed', messageIds: ['<reply-3@linfa.test>'] })
  })

  test('with neither names whom it was for, as the sender wrote it, and not where it was forwarded', async () => {
    const found = await report('multipart/report; report-type=delivery-status; boundary=cut', WORDS, [
      ...STATUS,
      ...OF_MESSAGE,
      'Original-Recipient: rfc822;Giulia@Posta.Example',
      'Final-Recipient: rfc822; <g.ferrante@elsewhere.example>',
      'Action: failed',
      'Status: 5.0.0',
    ])
    expect(found).toMatchObject({ recipients: ['giulia@posta.example'], messageIds: [] })
  })

  test('of several recipients tells the worst news, and whom that is of', async () => {
    const of = (address: string, action: string, status: string) => [
      `Final-Recipient: rfc822; ${address}`,
      `Action: ${action}`,
      `Status: ${status}`,
      '',
    ]
    const found = await dsn(
      ...OF_MESSAGE,
      ...of('one@b.example', 'relayed', '2.0.0'),
      ...of('two@b.example', 'failed', '5.2.1'),
      ...of('three@b.example', 'delayed', '4.4.1'),
      ...of('four@b.example', 'failed', '5.1.1'),
    )
    expect(found).toMatchObject({
      action: 'failed',
      status: '5.2.1',
      recipients: ['two@b.example', 'four@b.example'],
    })
  })

  test('in capitals, with comments, and with the status that the other server said', async () => {
    const found = await dsn(
      ...OF_MESSAGE,
      'FINAL-RECIPIENT: RFC822; A@B.EXAMPLE',
      'ACTION: Failed (user unknown)',
      'STATUS: 5.0.0 (permanent failure)',
      'DIAGNOSTIC-CODE: smtp; 552 5.2.2 Mailbox full',
    )
    expect(found).toMatchObject({ action: 'failed', status: '5.2.2', recipients: ['a@b.example'] })
  })

  test('without the empty line between its groups, and without an action, is read by its status', async () => {
    const found = await dsn(
      'Reporting-MTA: dns; x.example',
      'Final-Recipient: rfc822; a@b.example',
      'Status: 4.2.2',
    )
    expect(found).toMatchObject({ action: 'delayed', status: '4.2.2' })
  })

  test('that was encoded, or is in another script (RFC 6533), is read as well', async () => {
    const fields = [
      ...OF_MESSAGE,
      'Final-Recipient: utf-8; żaneta@poczta.example',
      'Action: failed',
      'Status: 5.1.1',
    ]
    const found = await report('multipart/report; report-type=delivery-status; boundary=cut', [
      '--cut',
      'Content-Type: message/global-delivery-status',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(fields.join('\n')).toString('base64'),
    ])
    expect(found).toMatchObject({ action: 'failed', recipients: ['żaneta@poczta.example'] })
  })

  test.each([
    ['a failure', '550 5.7.1 refused by policy', 'failed', '5.7.1'],
    ['a delay', 'still trying, 4.4.1 no answer', 'delayed', '4.4.1'],
    ['a failure when there is no code', 'it cannot be delivered to 10.5.1.1', 'failed', null],
  ])('that only returns the mail is %s by its words', async (_what, words, action, status) => {
    const found = await report(
      'multipart/report; report-type=delivery-status; boundary=cut',
      ['--cut', 'Content-Type: text/plain', '', words],
      RETURNED,
    )
    expect(found).toEqual({ action, status, recipients: [], messageIds: ['<reply-1@linfa.test>'] })
  })
})

describe('what is no delivery status notification', () => {
  test('a mail to which somebody attached one', async () => {
    const found = await report(
      'multipart/mixed; boundary=cut',
      WORDS,
      [...STATUS, ...OF_MESSAGE, 'Final-Recipient: rfc822; a@b.example', 'Action: failed'],
      RETURNED,
    )
    expect(found).toBeNull()
  })

  test('a report of another kind (RFC 8098, RFC 5965)', async () => {
    for (const kind of ['disposition-notification', 'feedback-report'])
      expect(await report(`multipart/report; report-type=${kind}; boundary=cut`, WORDS, RETURNED)).toBeNull()
  })

  test('a report that says nothing and returns nothing', async () => {
    expect(
      await report('multipart/report; report-type=delivery-status; boundary=cut', WORDS, [
        ...STATUS,
        ...OF_MESSAGE,
      ]),
    ).toBeNull()
  })

  test('fields without end neither throw nor grow', async () => {
    const many = Array.from({ length: 20_000 }, (_, nth) => [
      `Final-Recipient: rfc822; a${nth}@b.example`,
      'Action: failed',
      '',
    ]).flat()
    expect((await dsn(...OF_MESSAGE, ...many))?.recipients).toHaveLength(200)
  })
})
