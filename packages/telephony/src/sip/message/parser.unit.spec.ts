import { describe, expect, it } from 'vitest'
import { requestText } from '../testing/messages.ts'
import { headerTokens, headerValue } from './headers.ts'
import { defaultMessageLimits } from './limits.ts'
import type { MalformedMessage } from './malformed.ts'
import { type SipMessage, sdpOf } from './message.ts'
import { tagOf } from './name-addr.ts'
import { parseMessage } from './parser.ts'
import { serializeMessage } from './serializer.ts'
import { formatUri } from './uri.ts'

const parsed = (text: string | Uint8Array): SipMessage => {
  const outcome = parseMessage(typeof text === 'string' ? Buffer.from(text) : text)
  if (outcome.outcome !== 'message') throw new Error(JSON.stringify(outcome))
  return outcome.message
}

const malformed = (text: string | Uint8Array, limits = {}): MalformedMessage => {
  const outcome = parseMessage(typeof text === 'string' ? Buffer.from(text) : text, {
    ...defaultMessageLimits,
    ...limits,
  })
  if (outcome.outcome !== 'malformed') throw new Error(outcome.outcome)
  return outcome.malformed
}

describe('message parser', () => {
  it('reads compact names, folded lines and several values in a line (§7.3.1, §7.3.3)', () => {
    const message = parsed(
      [
        'OPTIONS sip:a@example.com SIP/2.0',
        'v: SIP/2.0/UDP one.example.com;branch=z9hG4bK1,',
        '\tSIP/2.0/UDP two.example.com',
        'f: <sip:b@example.com>',
        ' ;tag=1',
        't: <sip:a@example.com>',
        'i: x',
        'CSeq:   0007',
        '   OPTIONS',
        'k: 100rel , timer',
        'SUPPORTED: replaces',
        's :',
        '',
        '',
      ].join('\r\n'),
    )
    expect(message.vias.map((via) => via.host)).toEqual(['one.example.com', 'two.example.com'])
    expect(tagOf(message.from)).toBe('1')
    expect(message.cseq).toEqual({ number: 7, method: 'OPTIONS' })
    expect(headerTokens(message, 'supported')).toEqual(['100rel', 'timer', 'replaces'])
    expect(headerValue(message, 'subject')).toBe('')
  })

  it('reads a response, with an empty or UTF-8 reason too', () => {
    const text = (line: string): string => requestText().replace(/^.*\r\n/, `${line}\r\n`)
    expect(parsed(text('SIP/2.0 180 Ringing'))).toMatchObject({
      kind: 'response',
      status: 180,
      reason: 'Ringing',
    })
    expect(parsed(text('SIP/2.0 100 '))).toMatchObject({ status: 100, reason: '' })
    expect(parsed(text('SIP/2.0 200 = 2**3 * 5**2 но сто'))).toMatchObject({ status: 200 })
  })

  it('writes what it read: serialised and parsed again it is the same', () => {
    const message = parsed(requestText({ headers: ['X-Any: "thing"'] }))
    expect(parsed(serializeMessage(message))).toEqual(message)
  })

  it('takes the body up to Content-Length and leaves what follows in the datagram (§18.3)', () => {
    const message = parsed(`${requestText({ body: 'v=0\r\n' })}SIP/2.0 200 OK\r\n`)
    expect(sdpOf(message)).toBe('v=0\r\n')
    expect(sdpOf(parsed(requestText().replace(/Content-Length: \d+\r\n/, '')))).toContain('m=audio')
  })

  it('skips line ends before the start line, and knows a keep-alive when it sees one (§7.5)', () => {
    expect(parsed(`\r\n\r\n${requestText()}`).kind).toBe('request')
    expect(parseMessage(Buffer.from('\r\n\r\n')).outcome).toBe('keepAlive')
    expect(parseMessage(Buffer.alloc(4)).outcome).toBe('keepAlive')
    expect(parseMessage(Buffer.alloc(0)).outcome).toBe('keepAlive')
  })

  it('takes a request of RFC 2543: no branch, no tag, no Max-Forwards', () => {
    const message = parsed(
      requestText({ via: 'Via: SIP/2.0/UDP 192.0.2.9' })
        .replace('Max-Forwards: 70\r\n', '')
        .replace(';tag=peer', ''),
    )
    expect(tagOf(message.from)).toBeNull()
  })

  it('keeps a Request-URI as written', () => {
    const message = parsed(requestText({ uri: 'sip:+39021234;npdi@192.0.2.1;user=phone' }))
    expect(message.kind === 'request' && formatUri(message.requestUri)).toBe(
      'sip:+39021234;npdi@192.0.2.1;user=phone',
    )
  })

  const cases: readonly (readonly [string, string, string])[] = [
    ['brackets around the Request-URI', requestText({ uri: '<sip:a@b>' }), 'START_LINE'],
    ['blanks in the Request-URI', requestText({ uri: 'sip:a@b; lr' }), 'START_LINE'],
    ['a start line beyond the limit', requestText({ uri: `sip:${'a'.repeat(5000)}@b` }), 'START_LINE'],
    ['two blanks in the request line', requestText({ uri: ' sip:a@b' }), 'START_LINE'],
    ['a blank behind the version', requestText().replace('SIP/2.0\r\n', 'SIP/2.0  \r\n'), 'START_LINE'],
    ['headers in the Request-URI', requestText({ uri: 'sip:a@b?Route=%3Csip:c%3E' }), 'START_LINE'],
    ['no Call-ID', requestText().replace(/Call-ID.*\r\n/, ''), 'MISSING_HEADER'],
    ['two From', requestText({ headers: ['f: <sip:x@y>;tag=2'] }), 'REPEATED_HEADER'],
    ['two Content-Length', requestText({ headers: ['l: 5'] }), 'REPEATED_HEADER'],
    ['a Content-Length beyond the datagram', requestText().slice(0, -3), 'CONTENT_LENGTH'],
    ['a negative Content-Length', requestText().replace(/Length: /, 'Length: -'), 'CONTENT_LENGTH'],
    ['an open quote in To', requestText().replace('To: <', 'To: "x <'), 'HEADER_VALUE'],
    ['a CSeq of 2**31', requestText({ cseq: 2 ** 31 }), 'HEADER_VALUE'],
    ['a Max-Forwards of 256', requestText().replace('Forwards: 70', 'Forwards: 256'), 'HEADER_VALUE'],
    ['another method in CSeq', requestText().replace('1 INVITE', '1 OPTIONS'), 'CSEQ_METHOD'],
    ['a line that is no header', requestText({ headers: ['nonsense'] }), 'HEADER_LINE'],
    ['a bare line feed in a header', requestText({ headers: ['X: a\nVia: b'] }), 'HEADER_LINE'],
    ['no empty line', requestText({ body: '' }).slice(0, -2), 'NO_END_OF_HEADERS'],
    ['broken parameters in Via', requestText({ via: 'Via: SIP/2.0/UDP 192.0.2.9;;,;,,' }), 'HEADER_VALUE'],
  ]
  it.each(cases)('refuses %s, and keeps what a 400 needs', (_why, text, code) => {
    const fault = malformed(text)
    expect(fault).toMatchObject({ code, status: 400 })
    expect(fault.answerable?.vias[0].host).toBe('192.0.2.9')
  })

  it('asks for 505 on another version, 513 beyond the size limit (§21.5.6, §21.5.7)', () => {
    expect(malformed(requestText().replace('SIP/2.0\r\n', 'SIP/7.0\r\n'))).toMatchObject({ status: 505 })
    const large = malformed(requestText({ body: 'x'.repeat(20_000) }))
    expect(large).toMatchObject({ code: 'TOO_LARGE', status: 513 })
    expect(large.answerable?.callId).toBe('call-1')
  })

  it.each([
    ['an ACK', requestText({ method: 'ACK' }).replace('1 ACK', '1 BYE')],
    [
      'a response',
      requestText()
        .replace(/^.*\r\n/, 'SIP/2.0 200 OK\r\n')
        .replace(/Call-ID.*\r\n/, ''),
    ],
    ['a response of no class', requestText().replace(/^.*\r\n/, 'SIP/2.0 4294967301 Big\r\n')],
    ['no readable Via', requestText({ via: 'Via: nonsense' })],
    ['noise', 'GET / HTTP/1.1\r\n\r\n'],
  ])('never answers %s', (_what, text) => {
    expect(malformed(text).answerable).toBeNull()
  })

  it('refuses headers that are not UTF-8, and does not copy what it cannot write back', () => {
    const bytes = Buffer.from(requestText().replace('Anna', 'Anna\u00ff'), 'latin1')
    const fault = malformed(bytes)
    expect(fault.code).toBe('ENCODING')
    expect(fault.answerable).toMatchObject({ from: null, callId: 'call-1' })
  })

  it('stops at its limits of headers, of length and of Vias', () => {
    const many = Array.from({ length: 300 }, (_, i) => `X-${i}: y`)
    expect(malformed(requestText({ headers: many })).code).toBe('TOO_MANY_HEADERS')
    expect(malformed(requestText({ headers: [`X: ${'y'.repeat(5000)}`] })).code).toBe('HEADER_TOO_LONG')
    const loop = Array.from({ length: 80 }, () => 'Via: SIP/2.0/UDP 192.0.2.8')
    expect(malformed(requestText({ headers: loop })).code).toBe('HEADER_VALUE')
  })
})
