import { describe, expect, it } from 'vitest'
import { headerIn, request, requestText } from '../testing/messages.ts'
import { header } from './headers.ts'
import { parseMessage } from './parser.ts'
import { q850Of, reasonHeader, reasonsOf } from './reason.ts'
import { createResponse, createStatelessRefusal } from './response.ts'
import { serializeMessage } from './serializer.ts'

const text = (...parameters: Parameters<typeof createResponse>): string =>
  Buffer.from(serializeMessage(createResponse(...parameters))).toString('utf8')

describe('response', () => {
  it('copies Via, From, To, Call-ID and CSeq as they were written (§8.2.6.2)', () => {
    const invite = request({ headers: ['Via: SIP/2.0/UDP  proxy.example.com ;branch=z9hG4bKp'] })
    const response = text(invite, 180, { toTag: 'ours' })
    expect(response.match(/^Via: .*$/gm)).toEqual([
      'Via: SIP/2.0/UDP 192.0.2.9:5060;branch=z9hG4bKpeer1',
      'Via: SIP/2.0/UDP  proxy.example.com ;branch=z9hG4bKp',
    ])
    expect(headerIn(response, 'From')).toBe('"Anna" <sip:+39331@192.0.2.9>;tag=peer')
    expect(headerIn(response, 'To')).toBe('<sip:+39021234@192.0.2.1>;tag=ours')
    expect(headerIn(response, 'CSeq')).toBe('1 INVITE')
  })

  it('adds no tag to 100, nor to a To that has one', () => {
    expect(headerIn(text(request(), 100, { toTag: 'ours' }), 'To')).toBe('<sip:+39021234@192.0.2.1>')
    expect(headerIn(text(request({ toTag: 'theirs' }), 200, { toTag: 'ours' }), 'To')).toContain('tag=theirs')
  })

  it('copies Timestamp into 100 (§8.2.6.1) and Record-Route where a dialog begins (§12.1.1)', () => {
    const invite = request({ headers: ['Timestamp: 54', 'Record-Route: <sip:p;lr>'] })
    expect(headerIn(text(invite, 100), 'Timestamp')).toBe('54')
    expect(headerIn(text(invite, 200), 'Record-Route')).toBeNull()
    expect(headerIn(text(invite, 200, { copyRecordRoute: true }), 'Record-Route')).toBe('<sip:p;lr>')
  })

  it('refuses a broken request with whatever could be read of it', () => {
    const parsed = parseMessage(Buffer.from(requestText().replace(/Call-ID.*\r\n/, '')))
    if (parsed.outcome !== 'malformed' || parsed.malformed.answerable === null) throw new Error('answerable')
    const refusal = Buffer.from(createStatelessRefusal(parsed.malformed.answerable, 400, 't')).toString()
    expect(refusal).toMatch(/^SIP\/2\.0 400 Bad Request\r\n/)
    expect(headerIn(refusal, 'To')).toBe('<sip:+39021234@192.0.2.1>;tag=t')
    expect(headerIn(refusal, 'Call-ID')).toBeNull()
  })
})

describe('Reason (RFC 3326)', () => {
  it('finds the Q.850 cause among others, and passes over what it cannot read', () => {
    const headers = [
      header('Reason', 'SIP;cause=200;text="a, b; c"'),
      header('Reason', ';;;, Q.850 ; cause = 17 ; text="busy"'),
    ]
    expect(q850Of({ headers })).toBe(17)
    expect(reasonsOf({ headers })[0]).toEqual({ protocol: 'SIP', cause: 200 })
    expect(q850Of({ headers: [header('Reason', 'Q.850;cause=999')] })).toBeNull()
    expect(q850Of({ headers: [reasonHeader(19)] })).toBe(19)
  })
})
