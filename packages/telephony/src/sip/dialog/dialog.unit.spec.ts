import { describe, expect, it } from 'vitest'
import { headerValue, headerValues } from '../message/headers.ts'
import type { SipRequest } from '../message/message.ts'
import { formatUri } from '../message/uri.ts'
import { createVia } from '../message/via.ts'
import { request, requestText, response } from '../testing/messages.ts'
import type { Flow } from '../transport/sip-transport.ts'
import { createUacDialog, createUasDialog } from './create-dialog.ts'
import type { Dialog } from './dialog.ts'
import { dialogKeyOfRequest } from './dialog.ts'

const via = createVia('UDP', '192.0.2.1', 5060, 'z9hG4bKours')
const source: Flow = { protocol: 'TCP', address: '192.0.2.9', port: 40_000, connection: 7 }
const uas = (parts = {}, way = source): Dialog => {
  const dialog = createUasDialog(request(parts), 'ours', way)
  if (dialog === null) throw new Error('no dialog')
  return dialog
}
const uri = (message: SipRequest): string => formatUri(message.requestUri)

describe('dialog', () => {
  it('of a call from outside sends to its Contact, From and To changed over (§12.1.1, §12.2.1.1)', () => {
    const bye = uas().request('BYE', via)
    expect(uri(bye)).toBe('sip:peer@192.0.2.9:5060')
    expect(headerValue(bye, 'from')).toBe('<sip:+39021234@192.0.2.1>;tag=ours')
    expect(headerValue(bye, 'to')).toBe('"Anna" <sip:+39331@192.0.2.9>;tag=peer')
    expect(bye.callId).toBe('call-1')
  })

  it('raises CSeq by one for each request; an ACK has the number of its INVITE', () => {
    const dialog = uas()
    const first = dialog.request('INVITE', via).cseq.number
    expect(dialog.request('BYE', via).cseq.number).toBe(first + 1)
    expect(dialog.ack(first, via).cseq).toEqual({ number: first, method: 'ACK' })
  })

  const routes = [
    'Record-Route: <sip:p1.example.com;lr>, <sip:p2.example.com;lr>',
    'Record-Route: <sip:p3;lr>',
  ]

  it('takes Record-Route in order as UAS, in reverse as UAC', () => {
    expect(headerValues(uas({ headers: routes }).request('BYE', via), 'route')).toEqual([
      '<sip:p1.example.com;lr>',
      '<sip:p2.example.com;lr>',
      '<sip:p3;lr>',
    ])
    const uac = createUacDialog(request(), response(requestText(), 200, { headers: routes }))
    expect(headerValues(uac.request('BYE', via), 'route')).toEqual([
      '<sip:p3;lr>',
      '<sip:p2.example.com;lr>',
      '<sip:p1.example.com;lr>',
    ])
    expect(uac.nextHop()?.uri.host).toBe('p3')
  })

  it('puts a strict router into the Request-URI and the target last (§12.2.1.1)', () => {
    const dialog = uas({ headers: ['Record-Route: <sip:strict.example.com>, <sip:p2;lr>'] })
    const bye = dialog.request('BYE', via)
    expect(uri(bye)).toBe('sip:strict.example.com')
    expect(headerValues(bye, 'route')).toEqual(['<sip:p2;lr>', '<sip:peer@192.0.2.9:5060>'])
    expect(dialog.nextHop()?.uri.host).toBe('strict.example.com')
  })

  it('takes requests of the peer in order only (§12.2.2)', () => {
    const dialog = uas({ cseq: 10 })
    expect(dialog.takeInOrder(request({ cseq: 9 }))).toBe(false)
    expect(dialog.takeInOrder(request({ cseq: 15 }))).toBe(true)
    expect(dialog.takeInOrder(request({ cseq: 14 }))).toBe(false)
  })

  it('follows a Contact that moves', () => {
    const dialog = uas()
    dialog.refreshTarget(request({ contact: '<sip:peer@192.0.2.77>' }))
    expect(uri(dialog.request('BYE', via))).toBe('sip:peer@192.0.2.77')
    dialog.refreshTarget(request({ contact: null }))
    expect(uri(dialog.request('BYE', via))).toBe('sip:peer@192.0.2.77')
  })

  it('does not begin on two Contacts, on one of another scheme, or on a route that cannot be read', () => {
    expect(createUasDialog(request({ contact: '<sip:a@b>, <sip:c@d>' }), 'ours', source)).toBeNull()
    expect(createUasDialog(request({ contact: '<tel:+39>' }), 'ours', source)).toBeNull()
    expect(createUasDialog(request({ headers: ['Record-Route: <sip:'] }), 'ours', source)).toBeNull()
  })

  it('takes From as the target of a caller of RFC 2543, who sent no Contact', () => {
    expect(uri(uas({ contact: null }).request('BYE', via))).toBe('sip:+39331@192.0.2.9')
  })

  it('is found by the tags of a request from the peer', () => {
    const dialog = uas()
    expect(dialogKeyOfRequest(request({ method: 'BYE', toTag: 'ours' }))).toBe(dialog.key)
    expect(dialogKeyOfRequest(request({ method: 'BYE', toTag: 'ours', fromTag: 'x' }))).not.toBe(dialog.key)
    expect(dialogKeyOfRequest(request({ method: 'BYE' }))).toBeNull()
  })

  it('is followed on the connection that it came in by, unless its way leads to somebody else', () => {
    const way = (headers: readonly string[], contact = '<sip:peer@10.0.0.5>', from = source): Flow | null =>
      uas({ headers, contact }, from).nextHop()?.way ?? null
    // A phone behind a NAT: its Contact is nowhere.
    expect(way([])).toEqual(source)
    expect(way(['Record-Route: <sip:192.0.2.9;lr>'])).toEqual(source)
    expect(way(['Record-Route: <sip:192.0.2.50;lr>, <sip:192.0.2.9;lr>'])).toBeNull()
    // What asks for TLS does not go over TCP (§26.2.2).
    expect(way([], '<sips:peer@10.0.0.5>')).toBeNull()
    expect(way([], '<sips:peer@10.0.0.5>', { ...source, protocol: 'TLS' })).toMatchObject({ protocol: 'TLS' })
  })
})
