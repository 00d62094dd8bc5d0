/** One mail that is written badly, or just as the RFC allows and nobody expects, and how a person would read it. */
export type UglyMail = {
  readonly title: string
  readonly raw: Buffer
  readonly reads: {
    readonly subject?: string
    readonly from?: { readonly name: string | null; readonly address: string }
    readonly to?: readonly { readonly name: string | null; readonly address: string }[]
    readonly date?: string
    /** Its words, without the white space around them. */
    readonly text?: string
    readonly files?: readonly string[]
    /** Of the first file, as text. */
    readonly file?: string
    readonly defects?: readonly string[]
  }
}

/** Lines with CRLF between them; a character is a byte, so that a line can hold any. */
const bytes = (...lines: readonly string[]): Buffer => Buffer.from(lines.join('\r\n'), 'latin1')
/** A text as the bytes of its UTF-8, to be a part of `bytes`. */
const utf8 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1')

const HEAD = ['From: Giulia <giulia@posta.example>', 'Message-ID: <ugly@posta.example>'] as const

const withHeader = (header: string): Buffer => bytes(...HEAD, header, '', 'words')
const withBody = (headers: readonly string[], ...lines: readonly string[]): Buffer =>
  bytes(...HEAD, 'Subject: s', ...headers, '', ...lines)
const withFile = (...headers: readonly string[]): Buffer =>
  withBody(
    ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=cut'],
    ...['--cut', 'Content-Type: text/plain', '', 'see there'],
    ...['--cut', ...headers, '', 'bill', '--cut--'],
  )

const ENCODED_WORDS: readonly UglyMail[] = [
  {
    title: 'the space between two encoded words is none (RFC 2047 §6.2)',
    raw: withHeader('Subject: =?utf-8?Q?Za=C5=BC?=\r\n  =?utf-8?Q?=C3=B3=C5=82=C4=87?= ok'),
    reads: { subject: 'Zażółć ok' },
  },
  {
    title: 'a character cut in two by two encoded words, which §5 forbids',
    raw: withHeader('Subject: =?utf-8?Q?Ra=C5?= =?utf-8?Q?=BC?='),
    reads: { subject: 'Raż' },
  },
  {
    title: 'the same in base64',
    raw: withHeader('Subject: =?utf-8?B?UmHF?= =?utf-8?B?vA==?='),
    reads: { subject: 'Raż' },
  },
  {
    title: 'an encoded word in a quoted string, which §5 forbids and everybody sends',
    raw: bytes(
      'From: "=?utf-8?Q?Zieli=C5=84ski=2C_Piotr?=" <piotr@poczta.example>',
      ...HEAD.slice(1),
      '',
      'x',
    ),
    reads: { from: { name: 'Zieliński, Piotr', address: 'piotr@poczta.example' } },
  },
  {
    title: 'small letters, and a language behind the charset (RFC 2231 §5)',
    raw: withHeader('Subject: =?iso-8859-1*it?q?Citt=e0?='),
    reads: { subject: 'Città' },
  },
  {
    title: 'an underscore is a space, and =5F an underscore (RFC 2047 §4.2)',
    raw: withHeader('Subject: =?utf-8?Q?a_b=5Fc?='),
    reads: { subject: 'a b_c' },
  },
  {
    title: 'base64 without its padding',
    raw: withHeader('Subject: =?utf-8?B?WmHFvMOzxYLEhw?='),
    reads: { subject: 'Zażółć' },
  },
  {
    title: 'spaces within an encoded word, which §2 forbids',
    raw: withHeader('Subject: =?utf-8?Q?Fattura di ottobre, citt=C3=A0?='),
    reads: { subject: 'Fattura di ottobre, città' },
  },
  {
    title: 'an encoded word that touches the text before it, which §5 forbids',
    raw: withHeader('Subject: Re:=?utf-8?Q?Citt=C3=A0?='),
    reads: { subject: 'Re:Città' },
  },
  {
    title: 'charsets of more bytes, one of which changes its mode',
    raw: withHeader('Subject: =?ISO-2022-JP?B?GyRCRnxLXBsoQg==?= / =?gb2312?B?1tDOxA==?='),
    reads: { subject: '日本 / 中文' },
  },
  {
    title: 'a charset that nobody knows, by its ASCII',
    raw: withHeader('Subject: =?x-klingon?Q?Qapla?='),
    reads: { subject: 'Qapla' },
  },
  {
    title: 'what only looks like an encoded word stands as it is',
    raw: withHeader('Subject: Is 2 =?= 3? =?utf-8?X?abc?='),
    reads: { subject: 'Is 2 =?= 3? =?utf-8?X?abc?=' },
  },
  {
    title: 'UTF-8 in a header without any encoding (RFC 6532)',
    raw: withHeader(utf8('Subject: Żółw i città')),
    reads: { subject: 'Żółw i città' },
  },
  {
    title: 'Latin 1 in a header without any encoding, as old web forms write it',
    raw: bytes(
      'From: Citt\xe0 di Forl\xec <comune@posta.example>',
      HEAD[1],
      'Subject: Perch\xe9 no?',
      '',
      'x',
    ),
    reads: { subject: 'Perché no?', from: { name: 'Città di Forlì', address: 'comune@posta.example' } },
  },
]

const PARAMETERS: readonly UglyMail[] = [
  {
    title: 'a name in pieces (RFC 2231 §3), the second first',
    raw: withFile(
      'Content-Type: application/pdf',
      'Content-Disposition: attachment;\r\n filename*1="ottobre.pdf";\r\n filename*0="fattura "',
    ),
    reads: { files: ['fattura ottobre.pdf'] },
  },
  {
    title: 'a name in pieces of which some are encoded (§4.1)',
    raw: withFile(
      'Content-Type: application/pdf',
      `Content-Disposition: attachment; filename*0*=UTF-8''citt%C3%A0%20; filename*1*=%C3%A8; filename*2=".pdf"`,
    ),
    reads: { files: ['città è.pdf'] },
  },
  {
    title: 'a name with charset and language (§4)',
    raw: withFile(
      'Content-Type: application/pdf',
      "Content-Disposition: attachment; filename*=iso-8859-1'it'citt%E0.pdf",
    ),
    reads: { files: ['città.pdf'] },
  },
  {
    title: 'of a plain and an encoded name the encoded one counts (RFC 6266 §4.3)',
    raw: withFile(
      'Content-Type: application/pdf; name="citta.pdf"',
      `Content-Disposition: attachment; filename="citta.pdf"; filename*=UTF-8''citt%C3%A0.pdf`,
    ),
    reads: { files: ['città.pdf'] },
  },
  {
    title: 'a name of encoded words, which RFC 2047 §5 forbids and everybody sends',
    raw: withFile(
      'Content-Type: application/pdf',
      'Content-Disposition: attachment; filename="=?utf-8?B?xbzDs8WCxIc=?=\r\n =?utf-8?Q?_1.pdf?="',
    ),
    reads: { files: ['żółć 1.pdf'] },
  },
  {
    title: 'a name that stands with the type alone',
    raw: withFile('Content-Type: application/pdf; NAME = "bill.pdf"', 'Content-Disposition: ATTACHMENT'),
    reads: { files: ['bill.pdf'] },
  },
  {
    title: 'a name with semicolon and quotation marks in it (RFC 2045 §5.1)',
    raw: withFile(
      'Content-Type: application/pdf',
      'Content-Disposition: attachment; filename="a; b \\"c\\".pdf"; size=4',
    ),
    reads: { files: ['a; b "c".pdf'] },
  },
  {
    title: 'a name with spaces and no quotation marks',
    raw: withFile('Content-Type: application/pdf', 'Content-Disposition: attachment; filename=my bill.pdf'),
    reads: { files: ['my bill.pdf'] },
  },
  {
    title: 'a name in UTF-8 without any encoding',
    raw: withFile(
      'Content-Type: application/pdf',
      utf8('Content-Disposition: attachment; filename="città.pdf"'),
    ),
    reads: { files: ['città.pdf'] },
  },
  {
    title: 'a boundary in pieces',
    raw: withBody(
      ['Content-Type: multipart/mixed; boundary*0="one"; boundary*1="two"'],
      ...['--onetwo', 'Content-Type: text/plain', '', 'whole', '--onetwo--'],
    ),
    reads: { text: 'whole', files: [], defects: [] },
  },
]

const BODIES: readonly UglyMail[] = [
  {
    title: 'quoted-printable with soft breaks, small letters, and what is no code (RFC 2045 §6.7)',
    raw: withBody(
      ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: Quoted-Printable'],
      'La citt=c3=a0 =  ',
      'vecchia, 100=ZZ 5=',
    ),
    reads: { text: 'La città vecchia, 100=ZZ 5', defects: [] },
  },
  {
    title: 'base64 in odd lines, without its padding (§6.8)',
    raw: withBody(
      ['Content-Type: text/plain; charset="UTF-8"', 'Content-Transfer-Encoding: BASE64'],
      ' WmH',
      'FvMOz',
      '',
      'xYLEhw',
    ),
    reads: { text: 'Zażółć' },
  },
  {
    title: 'a text without a type, in UTF-8 (§5.2)',
    raw: withBody([], utf8('perché no')),
    reads: { text: 'perché no' },
  },
  {
    title: 'a text without a type, in Latin 1',
    raw: withBody([], 'perch\xe9 no'),
    reads: { text: 'perché no' },
  },
  {
    title: 'a text that says UTF-8 and is Windows 1252',
    raw: withBody(
      ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'],
      'perch\xe9 \x80 5',
    ),
    reads: { text: 'perché € 5' },
  },
  {
    title: 'UTF-8 with one broken character is UTF-8',
    raw: withBody(['Content-Type: text/plain; charset=utf-8'], `${utf8('città')} \xc3 ok`),
    reads: { text: 'città \uFFFD ok' },
  },
  {
    title: 'Latin 1 without a charset beside a file, whose bytes stay what they are',
    raw: withBody(
      ['Content-Type: multipart/mixed; boundary=cut'],
      ...['--cut', 'Content-Type: text/plain', '', 'perch\xe9'],
      ...['--cut', 'Content-Type: text/x-log', 'Content-Disposition: attachment; filename=a.eml', ''],
      ...['Content-Type: text/plain; charset=utf-8', 'x =  ', 'end', '--cut--'],
    ),
    reads: {
      text: 'perché',
      files: ['a.eml'],
      file: 'Content-Type: text/plain; charset=utf-8\nx =  \nend',
    },
  },
  {
    title: 'comments in the fields (RFC 822 §3.4.3)',
    raw: withBody(
      ['MIME-Version: (made by hand) 1.0', 'Content-Type: text/plain (plain); charset=iso-8859-2 (Latin 2)'],
      'pa\xbcdziernik',
    ),
    reads: { text: 'październik' },
  },
  {
    title: 'an encoding that nobody knows is none (RFC 2045 §6.4 would give up)',
    raw: withBody(['Content-Type: text/plain', 'Content-Transfer-Encoding: x-whatever'], 'plain=20words'),
    reads: { text: 'plain=20words' },
  },
  {
    title: 'charsets by the names that mailers give them',
    raw: withBody(
      ['Content-Type: multipart/mixed; boundary=cut'],
      ...['--cut', 'Content-Type: text/plain; charset=utf8', '', utf8('città,')],
      ...['--cut', 'Content-Type: text/plain; charset=cp-1252', '', 'citt\xe0,'],
      ...['--cut', "Content-Type: text/plain; charset='latin1'", '', 'citt\xe0', '--cut--'],
    ),
    reads: { text: 'città,\ncittà,\ncittà' },
  },
]

const STRUCTURES: readonly UglyMail[] = [
  {
    title: 'one boundary that begins like another (RFC 2046 §5.1.1)',
    raw: withBody(
      ['Content-Type: multipart/mixed; boundary=cut'],
      ...['--cut', 'Content-Type: multipart/alternative; boundary=cut-2', ''],
      ...['--cut-2', 'Content-Type: text/plain', '', 'inner', '--cut-2--'],
      ...['--cut', 'Content-Disposition: attachment; filename=a.txt', '', 'file', '--cut--'],
    ),
    reads: { text: 'inner', files: ['a.txt'], file: 'file', defects: [] },
  },
  {
    title: 'a boundary of odd characters, with spaces behind the delimiter',
    raw: withBody(
      [`Content-Type: multipart/mixed; boundary="a'()+_,-./:=?b"`],
      ...[`--a'()+_,-./:=?b  `, 'Content-Type: text/plain', '', 'words', `--a'()+_,-./:=?b-- `],
    ),
    reads: { text: 'words', defects: [] },
  },
  {
    title: 'what stands before the first and behind the last part is for nobody',
    raw: withBody(
      ['Content-Type: multipart/mixed; boundary=cut'],
      ...['This is a multi-part message.', '--cut', '', 'words', '--cut--', 'Epilogue'],
    ),
    reads: { text: 'words', files: [] },
  },
  {
    title: 'lines that end with LF alone',
    raw: Buffer.from(
      withFile('Content-Disposition: attachment; filename=a.txt').toString('latin1').replaceAll('\r', ''),
      'latin1',
    ),
    reads: { text: 'see there', files: ['a.txt'], file: 'bill', defects: [] },
  },
  {
    title: 'a footer that a list put behind an alternative is read with it',
    raw: withBody(
      ['Content-Type: multipart/mixed; boundary=cut'],
      ...['--cut', 'Content-Type: multipart/alternative; boundary=alt', ''],
      ...[
        '--alt',
        'Content-Type: text/plain',
        '',
        'words',
        '--alt',
        'Content-Type: text/html',
        '',
        '<p>words</p>',
        '--alt--',
      ],
      ...['--cut', 'Content-Type: text/plain', '', 'footer', '--cut--'],
    ),
    reads: { text: 'words\nfooter' },
  },
  {
    title: 'a header that has no colon, and one that is folded by a line of spaces',
    raw: bytes(...HEAD, 'no header at all', 'Subject: one', '   ', ' two', 'To: a@b.example', '', 'words'),
    reads: { subject: 'one two', to: [{ name: null, address: 'a@b.example' }], text: 'words' },
  },
  {
    title: 'an mbox line in front',
    raw: bytes('From giulia@posta.example Tue Nov 24 09:14:00 2026', ...HEAD, 'Subject: s', '', 'words'),
    reads: { subject: 's', from: { name: 'Giulia', address: 'giulia@posta.example' }, text: 'words' },
  },
]

const ADDRESSES: readonly UglyMail[] = [
  {
    title: 'a comma in a name, an empty group, and a comment for a name (RFC 5322 §3.4)',
    raw: withHeader('To: "Ferrante, Giulia" <g@x.example>, nobody:;, m@x.example (Marco)'),
    reads: {
      to: [
        { name: 'Ferrante, Giulia', address: 'g@x.example' },
        { name: 'Marco', address: 'm@x.example' },
      ],
    },
  },
  {
    title: 'an obsolete route (RFC 5322 §4.4)',
    raw: withHeader('To: Anna <@relay.example,@mx.example:anna@posta.example>'),
    reads: { to: [{ name: 'Anna', address: 'anna@posta.example' }] },
  },
  {
    title: 'an obsolete date: two digits of a year, a zone by its name, a comment (§4.3)',
    raw: withHeader('Date: Tue, 24 Nov 26 09:14 EST (winter)'),
    reads: { date: '2026-11-24T14:14:00.000Z' },
  },
]

export const UGLY_MAILS: readonly UglyMail[] = [
  ...ENCODED_WORDS,
  ...PARAMETERS,
  ...BODIES,
  ...STRUCTURES,
  ...ADDRESSES,
]
