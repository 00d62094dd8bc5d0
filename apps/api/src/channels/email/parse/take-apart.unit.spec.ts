import { describe, expect, test } from 'vitest'
import { HEADER_BYTES, LARGEST_SHOWN_BYTES } from './defects.ts'
import { takeApart } from './take-apart.ts'

const mail = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'), 'utf8')
const apart = (raw: Buffer, totalBytes = raw.byteLength) => takeApart(raw, totalBytes)
const words = (bytes: Uint8Array | null): string | null =>
  bytes === null ? null : Buffer.from(bytes).toString('utf8')

const HEAD = [
  'From: Giulia Ferrante <giulia@posta.example>',
  'To: Support <support@linfa.test>',
  'Message-ID: <one@posta.example>',
  'Date: Tue, 24 Nov 2026 09:14:00 +0100',
  'Subject: Invoice',
] as const
const plain = (...lines: readonly string[]) => mail(...HEAD, '', ...lines)

describe('headers', () => {
  test('encoded words in subject and names are read (RFC 2047)', async () => {
    const found = await apart(
      mail(
        'From: =?iso-8859-2?Q?Piotr_Zieli=F1ski?= <piotr@poczta.example>',
        'To: =?utf-8?B?WmHFvMOzxYLEhw==?= <support@linfa.test>, billing@linfa.test',
        'Cc: Accounts: ana@a.example, <bo@b.example>;',
        'Message-ID: <a@b>',
        'Subject: =?utf-8?Q?Faktura_za_pa=C5=BA?=',
        ' =?utf-8?Q?dziernik?=',
        '',
        'x',
      ),
    )
    expect(found).toMatchObject({
      subject: 'Faktura za październik',
      from: { name: 'Piotr Zieliński', address: 'piotr@poczta.example' },
      to: [
        { name: 'Zażółć', address: 'support@linfa.test' },
        { name: null, address: 'billing@linfa.test' },
      ],
      cc: [
        { name: null, address: 'ana@a.example' },
        { name: null, address: 'bo@b.example' },
      ],
      defects: [],
    })
  })

  test('the Message-IDs a mail follows come with their brackets, oldest first, whatever stands between them', async () => {
    const found = await apart(
      mail(
        ...HEAD,
        'In-Reply-To: Your message of Monday <two@linfa.test> (fwd)',
        'References: <zero@x>\r\n\t<one@x>,<two@linfa.test> garbage',
        '',
        'x',
      ),
    )
    expect(found.inReplyTo).toBe('<two@linfa.test>')
    expect(found.references).toEqual(['<zero@x>', '<one@x>', '<two@linfa.test>'])
  })

  test('of endless references the newest hundred are kept', async () => {
    const ids = Array.from({ length: 250 }, (_, nth) => `<${nth}@x>`)
    const found = await apart(mail(...HEAD, `References: ${ids.join('\r\n ')}`, '', 'x'))
    expect(found.references).toEqual(ids.slice(150))
  })

  test('Reply-To and the addresses that servers noted are kept', async () => {
    const found = await apart(
      mail(
        'Delivered-To: support@linfa.test',
        'X-Original-To: billing@linfa.example',
        ...HEAD,
        'Reply-To: Studio <studio@bassi.example>',
        '',
        'x',
      ),
    )
    expect(found.deliveredTo).toEqual(['support@linfa.test', 'billing@linfa.example'])
    expect(found.replyTo).toEqual([{ name: 'Studio', address: 'studio@bassi.example' }])
  })

  test('without From the Sender stands in; without both the mail has the defect noSender', async () => {
    const rest = ['Message-ID: <a@b>', 'Subject: x', '', 'x']
    expect(await apart(mail('Sender: desk@posta.example', ...rest))).toMatchObject({
      from: { name: null, address: 'desk@posta.example' },
      defects: [],
    })
    expect(await apart(mail(...rest))).toMatchObject({ from: null, defects: ['noSender'] })
    expect(await apart(mail('From: nobody in particular', ...rest))).toMatchObject({
      from: null,
      defects: ['noSender'],
    })
  })

  test('a Message-ID that is missing or none at all is a defect', async () => {
    expect((await apart(mail('From: a@b.example', '', 'x'))).defects).toEqual(['noMessageId'])
    expect((await apart(mail('From: a@b.example', 'Message-ID: what', '', 'x'))).defects).toEqual([
      'noMessageId',
    ])
  })

  test('a date is told as an ISO instant, an unreadable one as none', async () => {
    expect((await apart(plain('x'))).date).toBe('2026-11-24T08:14:00.000Z')
    expect((await apart(mail('From: a@b.example', 'Date: yesterday-ish', '', 'x'))).date).toBeNull()
  })

  test('a subject keeps no line breaks and no more than 998 characters (RFC 5322 §2.1.1)', async () => {
    const found = await apart(mail('From: a@b.example', 'Subject: =?utf-8?Q?a=0D=0ABcc:_x?=', '', 'x'))
    expect(found.subject).toBe('a Bcc: x')
    const long = await apart(mail('From: a@b.example', `Subject: ${'s'.repeat(5_000)}`, '', 'x'))
    expect(long.subject).toHaveLength(998)
  })
})

describe('how much of a header is kept', () => {
  const rest = ['Message-ID: <a@b>', '', 'x'] as const

  test('of a name 200 characters, on one line and never half of one', async () => {
    const found = await apart(
      mail(
        `From: "${'n'.repeat(1_500_000)}" <a@b.example>`,
        `To: "${'😀'.repeat(150)}" <c@d.example>`,
        ...rest,
      ),
    )
    expect(found.from).toEqual({ name: 'n'.repeat(200), address: 'a@b.example' })
    expect(found.to).toEqual([{ name: '😀'.repeat(100), address: 'c@d.example' }])
    const odd = await apart(mail('From: =?utf-8?Q?Ana=0D=0ABcc=00_x?= <a@b.example>', ...rest))
    expect(odd.from?.name).toBe('Ana Bcc x')
    const cut = await apart(mail(`From: "a${'😀'.repeat(150)}" <a@b.example>`, ...rest))
    expect(cut.from?.name).toBe(`a${'😀'.repeat(99)}`)
  })

  test('an address of more than 254 octets is left out, and that is a defect (RFC 5321 §4.5.3.1.3)', async () => {
    const of = (octets: number) => `${'x'.repeat(octets - '@b.example'.length)}@b.example`
    const kept = await apart(mail('From: a@b.example', `To: ${of(254)}`, ...rest))
    expect(kept).toMatchObject({ to: [{ address: of(254) }], defects: [] })
    const long = await apart(
      mail('From: a@b.example', `To: ${of(255)}, c@d.example`, `Cc: ${of(900_000)}`, ...rest),
    )
    expect(long).toMatchObject({ to: [{ address: 'c@d.example' }], cc: [], defects: ['addressLeftOut'] })
    const wide = await apart(mail('From: a@b.example', `To: ${'ż'.repeat(140)}@b.example`, ...rest))
    expect(wide).toMatchObject({ to: [], defects: ['addressLeftOut'] })
  })

  test('without a sender’s address that can be kept the mail has no sender', async () => {
    expect(await apart(mail(`From: ${'x'.repeat(300)}@b.example`, ...rest))).toMatchObject({
      from: null,
      defects: ['noSender', 'addressLeftOut'],
    })
  })

  test('a Message-ID of more than 992 octets is none', async () => {
    const ids = [`<${'i'.repeat(990)}>`, `<${'i'.repeat(991)}>`, `<${'ż'.repeat(600)}>`]
    const found = await apart(
      mail(
        'From: a@b.example',
        `Message-ID: ${ids[2]}`,
        `In-Reply-To: ${ids[1]}`,
        `References: ${ids.join(' ')}`,
        '',
        'x',
      ),
    )
    expect(found).toMatchObject({ messageId: null, inReplyTo: null, references: [ids[0]] })
  })

  test('of what servers noted twenty addresses that can be one', async () => {
    const noted = Array.from({ length: 50 }, (_, nth) => `Delivered-To: a${nth}@b.example`)
    const found = await apart(
      mail(`Delivered-To: ${'x'.repeat(100_000)}@b.example`, ...noted, 'From: a@b.example', ...rest),
    )
    expect(found.deliveredTo).toEqual(Array.from({ length: 20 }, (_, nth) => `a${nth}@b.example`))
  })

  test('all that a mail can hold stays below what the log takes as one event', async () => {
    const many = (of: string) =>
      Array.from({ length: 210 }, (_, nth) => `"${'漢'.repeat(300)}" <${nth}${of}>`)
    const address = `${'ż'.repeat(120)}@b.example`
    const found = await apart(
      mail(
        `From: "${'ę'.repeat(400)}" <${address}>`,
        ...['To', 'Cc', 'Reply-To'].map((name) => `${name}: ${many(address).join(',\r\n ')}`),
        `Subject: ${'ę'.repeat(5_000)}`,
        `Message-ID: <${'\\'.repeat(990)}>`,
        `References: ${Array.from({ length: 110 }, () => `<${'\\'.repeat(990)}>`).join('\r\n ')}`,
        'MIME-Version: 1.0',
        'Content-Type: multipart/mixed; boundary=cut',
        '',
        ...Array.from({ length: 210 }, () => [
          '--cut',
          `Content-Type: application/${'p'.repeat(127)}`,
          `Content-Disposition: attachment; filename*=UTF-8''${encodeURIComponent('ę'.repeat(400))}`,
          '',
          'x',
        ]).flat(),
        '--cut--',
      ),
    )
    expect(found.to).toHaveLength(200)
    expect(found.attachments).toHaveLength(200)
    expect(found.defects).toContain('attachmentsLeftOut')
    const hashes = found.attachments.map((attachment) => ({ ...attachment, content: 'h'.repeat(100) }))
    const { text: _text, html: _html, ...kept } = found
    const bytes = Buffer.byteLength(JSON.stringify({ ...kept, attachments: hashes }))
    expect(bytes).toBeGreaterThan(500_000)
    expect(bytes).toBeLessThan(1_000_000)
  })
})

describe('bodies', () => {
  test('of multipart/alternative both forms are kept', async () => {
    const found = await apart(
      mail(
        ...HEAD,
        'MIME-Version: 1.0',
        'Content-Type: multipart/alternative; boundary="cut"',
        '',
        '--cut',
        'Content-Type: text/plain; charset=utf-8',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        'Due addebiti di 96,40 =E2=82=AC',
        '--cut',
        'Content-Type: text/html; charset=iso-8859-1',
        'Content-Transfer-Encoding: 8bit',
        '',
        '<p>Due addebiti</p>',
        '--cut--',
        '',
      ),
    )
    expect(words(found.text)?.trim()).toBe('Due addebiti di 96,40 €')
    expect(words(found.html)?.trim()).toBe('<p>Due addebiti</p>')
    expect(found).toMatchObject({ attachments: [], defects: [], excerpt: 'Due addebiti di 96,40 €' })
  })

  test('a body in another charset becomes UTF-8', async () => {
    const head = mail(...HEAD, 'Content-Type: text/plain; charset=windows-1250', '', '')
    const found = await apart(Buffer.concat([head, Buffer.from([0x9c, 0x77, 0x69, 0x61, 0x74])]))
    expect(words(found.text)?.trim()).toBe('świat')
  })

  test('an unknown charset is no reason to lose a mail', async () => {
    const found = await apart(mail(...HEAD, 'Content-Type: text/plain; charset=klingon-8', '', 'Hello'))
    expect(words(found.text)).toContain('Hello')
  })

  test('the excerpt is of the words: no quoted lines, no marks, no scripts, no more than 500 characters', async () => {
    const quoted = await apart(
      plain('Thanks,  it', 'works.', 'On Monday Linfa wrote:', '> Did it', '>> work?', '', 'Giulia'),
    )
    expect(quoted.excerpt).toBe('Thanks, it works. Giulia')
    const html = await apart(
      mail(
        ...HEAD,
        'Content-Type: text/html',
        '',
        '<head><style>p{}</style></head><p>A &amp; B</p><script>x()</script>',
      ),
    )
    expect(html.excerpt).toBe('A & B')
    expect((await apart(plain('w'.repeat(2_000)))).excerpt).toHaveLength(500)
  })

  test('what an HTML mail quotes stays out of the excerpt', async () => {
    const found = await apart(
      mail(
        ...HEAD,
        'Content-Type: text/html',
        '',
        '<p>Thank you.</p><blockquote type="cite"><p>We have refunded you.</p></blockquote>',
      ),
    )
    expect(found.excerpt).toBe('Thank you.')
  })
})

describe('attachments', () => {
  const withAttachments = (...parts: readonly (readonly string[])[]) =>
    mail(
      ...HEAD,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=cut',
      '',
      ...['--cut', 'Content-Type: text/plain', '', 'see there'],
      ...parts.flatMap((part) => ['--cut', ...part]),
      '--cut--',
    )

  test('keep their bytes, their name and their type', async () => {
    const bytes = Buffer.from(Array.from({ length: 256 }, (_, nth) => nth))
    const found = await apart(
      withAttachments([
        'Content-Type: application/pdf',
        "Content-Disposition: attachment; filename*=UTF-8''delega%20%C3%A8.pdf",
        'Content-Transfer-Encoding: base64',
        '',
        bytes.toString('base64'),
      ]),
    )
    const [attachment] = found.attachments
    expect(attachment).toMatchObject({ filename: 'delega è.pdf', contentType: 'application/pdf' })
    expect(Buffer.from(attachment?.content ?? []).equals(bytes)).toBe(true)
    expect(words(found.text)?.trim()).toBe('see there')
  })

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['C:\\\\Windows\\\\system.ini', 'system.ini'],
    ['..', 'attachment-1'],
    ['bills/', 'attachment-1'],
    ['a\u0000b\u0007.txt', 'ab.txt'],
    ['x'.repeat(400), 'x'.repeat(200)],
  ])('the name %j becomes %j', async (given, kept) => {
    const found = await apart(
      withAttachments([
        'Content-Type: application/octet-stream',
        `Content-Disposition: attachment; filename="${given}"`,
        '',
        'x',
      ]),
    )
    expect(found.attachments.map(({ filename }) => filename)).toEqual([kept])
  })

  test('a name cannot turn its reading direction around to hide what a file is', async () => {
    const found = await apart(
      withAttachments([
        'Content-Type: application/octet-stream',
        "Content-Disposition: attachment; filename*=UTF-8''bill%E2%80%AEfdp.exe",
        '',
        'x',
      ]),
    )
    expect(found.attachments[0]?.filename).toBe('billfdp.exe')
  })

  test('one without a name gets one, one with a nonsense type is unknown bytes', async () => {
    const found = await apart(
      withAttachments(['Content-Type: what ever/<script>', 'Content-Disposition: attachment', '', 'x']),
    )
    expect(found.attachments).toMatchObject([
      { filename: 'attachment-1', contentType: 'application/octet-stream' },
    ])
  })

  test('a type whose names are over 127 characters is unknown bytes (RFC 6838 §4.2)', async () => {
    const types = [`application/${'p'.repeat(127)}`, `application/${'p'.repeat(128)}`]
    const found = await apart(
      withAttachments(
        ...types.map((type) => [`Content-Type: ${type}`, 'Content-Disposition: attachment', '', 'x']),
      ),
    )
    expect(found.attachments.map(({ contentType }) => contentType)).toEqual([
      types[0],
      'application/octet-stream',
    ])
  })

  test('a forwarded mail (message/rfc822) is kept and its headers are not taken for ours', async () => {
    const found = await apart(
      withAttachments([
        'Content-Type: message/rfc822',
        'Content-Disposition: attachment; filename=forwarded.eml',
        '',
        'From: somebody@else.example',
        'Subject: Inner',
        'Message-ID: <inner@else.example>',
        '',
        'inner words',
      ]),
    )
    expect(found).toMatchObject({
      subject: 'Invoice',
      messageId: '<one@posta.example>',
      from: { address: 'giulia@posta.example' },
      defects: [],
    })
    expect(found.attachments).toHaveLength(1)
    expect(Buffer.from(found.attachments[0]?.content ?? []).toString()).toContain('inner words')
  })
})

describe('what is broken', () => {
  const multipart = (type: string, ...body: readonly string[]) =>
    apart(mail(...HEAD, `Content-Type: ${type}`, '', ...body))

  test.each<[string, string, readonly string[]]>([
    ['a multipart without a boundary', 'multipart/mixed', ['--x', '', 'words', '--x--']],
    ['a boundary that never comes', 'multipart/mixed; boundary=cut', ['words']],
    ['a mail that was cut off', 'multipart/mixed; boundary=cut', ['--cut', '', 'words', '--cut', '']],
  ])('%s has the defect brokenMime and its subject is shown', async (_what, type, body) => {
    expect(await multipart(type, ...body)).toMatchObject({ subject: 'Invoice', defects: ['brokenMime'] })
  })

  test('of a mail that was cut off the part that came is shown', async () => {
    const found = await multipart('multipart/mixed; boundary=cut', '--cut', '', 'the words that came')
    expect(words(found.text)).toContain('the words that came')
  })

  test.each([
    ['nothing at all', Buffer.alloc(0)],
    ['bytes that are no mail', Buffer.from(Array.from({ length: 4_096 }, (_, nth) => (nth * 31 + 7) % 256))],
    ['one line without a colon', Buffer.from('hello')],
  ])('%s is taken for what it is', async (_what, raw) => {
    expect((await apart(raw)).defects).toEqual(['brokenMime', 'noMessageId', 'noSender'])
  })

  test('parts nested without end neither throw nor hang', async () => {
    const depth = 600
    const lines = Array.from({ length: depth }, (_, nth) => [
      `Content-Type: multipart/mixed; boundary=b${nth}`,
      '',
      `--b${nth}`,
    ]).flat()
    const found = await apart(mail(...HEAD, ...lines, 'Content-Type: text/plain', '', 'x', '--b0--'))
    expect(found.subject).toBe('Invoice')
    expect(found.defects).toContain('brokenMime')
  })
})

describe('what is too large to show', () => {
  test('a mail over 25 MiB keeps its headers and nothing of its body is taken apart', async () => {
    const beginning = Buffer.concat([plain('words '.repeat(100)), Buffer.alloc(HEADER_BYTES, 0x61)])
    const found = await apart(beginning.subarray(0, HEADER_BYTES), 40 * 1024 * 1024)
    expect(found).toMatchObject({
      messageId: '<one@posta.example>',
      subject: 'Invoice',
      from: { name: 'Giulia Ferrante', address: 'giulia@posta.example' },
      text: null,
      html: null,
      attachments: [],
      excerpt: '',
      defects: ['tooLargeToShow'],
    })
  })

  test('one of just 25 MiB is shown', async () => {
    expect((await apart(plain('x'), LARGEST_SHOWN_BYTES)).defects).toEqual([])
    expect((await apart(plain('x'), LARGEST_SHOWN_BYTES + 1)).defects).toEqual(['tooLargeToShow'])
  })
})
