import { describe, expect, it } from 'vitest'
import { createSipCounters } from '../counters.ts'
import { defaultMessageLimits } from '../message/limits.ts'
import type { SipRequest } from '../message/message.ts'
import { createResponse } from '../message/response.ts'
import { createFakeTransport } from '../testing/fake-transport.ts'
import { firstLine, headerIn, requestText, responseText } from '../testing/messages.ts'
import { createMessageTransport } from './message-transport.ts'

const setup = () => {
  const wire = createFakeTransport()
  const counters = createSipCounters()
  const requests: SipRequest[] = []
  const statuses: number[] = []
  const transport = createMessageTransport({
    carriers: [{ transport: wire, sentBy: wire.local }],
    limits: defaultMessageLimits,
    counters,
    listener: {
      onRequest: (request) => requests.push(request),
      onResponse: (response) => statuses.push(response.status),
      onError: () => undefined,
    },
  })
  const answer = (text: string, from = { address: '203.0.113.5', port: 40_000 }) => {
    wire.receive(text, from)
    const request = requests.at(-1)
    if (request === undefined) throw new Error('no request')
    transport.sendResponse(createResponse(request, 200), { ...from, protocol: 'UDP' }, () => undefined)
    return wire.sent.at(-1)
  }
  return { wire, counters, requests, statuses, transport, answer }
}

const via = (rest: string): string => `Via: SIP/2.0/UDP ${rest};branch=z9hG4bKx`

describe('transport layer (§18)', () => {
  it('answers to the source and its port when the client asked by rport (RFC 3581)', () => {
    const sent = setup().answer(requestText({ via: via('10.0.0.1:5070;rport') }))
    expect(sent?.to).toEqual({ address: '203.0.113.5', port: 40_000 })
    expect(headerIn(sent?.text ?? '', 'Via')).toContain('rport=40000')
    expect(headerIn(sent?.text ?? '', 'Via')).toContain('received=203.0.113.5')
  })

  it('answers to the source address and the port of sent-by otherwise (§18.2.2)', () => {
    expect(setup().answer(requestText({ via: via('10.0.0.1:5070') }))?.to).toEqual({
      address: '203.0.113.5',
      port: 5070,
    })
    expect(setup().answer(requestText({ via: via('phone.example.com') }))?.to).toEqual({
      address: '203.0.113.5',
      port: 5060,
    })
  })

  it('answers to maddr where it is a multicast group', () => {
    const to = (maddr: string) =>
      setup().answer(requestText({ via: via(`10.0.0.1:5070;maddr=${maddr}`) }))?.to
    expect(to('224.0.1.75')).toEqual({ address: '224.0.1.75', port: 5070 })
    expect(to('239.255.255.1')).toEqual({ address: '239.255.255.1', port: 5070 })
    expect(to('ff02::1')).toEqual({ address: 'ff02::1', port: 5070 })
  })

  it('answers to the source where maddr names anybody else: nobody aims our answers at a third party', () => {
    for (const maddr of [
      '192.0.2.77',
      '10.1.2.3',
      '2001:db8::1',
      '223.255.255.255',
      '240.0.0.1',
      'victim.example',
    ])
      expect([maddr, setup().answer(requestText({ via: via(`10.0.0.1:5070;maddr=${maddr}`) }))?.to]).toEqual([
        maddr,
        { address: '203.0.113.5', port: 5070 },
      ])
    const rport = requestText({ via: via('10.0.0.1:5070;rport;maddr=192.0.2.77') })
    expect(setup().answer(rport)?.to).toEqual({ address: '203.0.113.5', port: 40_000 })
  })

  it('refuses what it cannot read to the source too, whatever its Via asks', () => {
    const { wire } = setup()
    const broken = requestText({ method: 'OPTIONS', via: via('10.0.0.1:5070;maddr=192.0.2.77') })
    wire.receive(broken.replace('1 OPTIONS', '1 INVITE'), { address: '203.0.113.5', port: 40_000 })
    expect(wire.sent[0]?.to).toEqual({ address: '203.0.113.5', port: 5070 })
  })

  it('answers a broken request 400 and counts it; a retransmission gets the same tag (§8.2.7)', () => {
    const { wire, counters } = setup()
    const broken = requestText({ method: 'OPTIONS' }).replace('1 OPTIONS', '1 INVITE')
    wire.receive(broken)
    wire.receive(broken)
    expect(firstLine(wire.sent[0]?.text ?? '')).toBe('SIP/2.0 400 Bad Request')
    expect(wire.sent[1]).toEqual(wire.sent[0])
    expect(headerIn(wire.sent[0]?.text ?? '', 'To')).toMatch(/;tag=[0-9a-f]{16}$/)
    expect(counters.snapshot()).toMatchObject({ 'sip.malformed': 2, 'sip.malformedAnswered': 2 })
  })

  it('sends a broken Via back as it came', () => {
    const { wire } = setup()
    wire.receive(requestText({ via: 'Via: SIP/2.0/UDP 192.0.2.9;;,;,,' }))
    expect(headerIn(wire.sent[0]?.text ?? '', 'Via')).toBe('SIP/2.0/UDP 192.0.2.9;;,;,,')
  })

  it('answers an oversized request 513, and keeps silent on noise, broken responses and broken ACKs', () => {
    const { wire, counters } = setup()
    wire.receive(requestText({ body: 'x'.repeat(17_000) }))
    expect(wire.sent.map((s) => firstLine(s.text))).toEqual(['SIP/2.0 513 Message Too Large'])
    wire.receive('nonsense\r\n\r\n')
    wire.receive(requestText({ method: 'ACK' }).replace('1 ACK', '1 BYE'))
    wire.receive(requestText().replace(/^.*\r\n/, 'SIP/2.0 999 Odd\r\n'))
    wire.receive('\r\n\r\n')
    expect(wire.sent).toHaveLength(1)
    expect(counters.snapshot()).toMatchObject({
      'sip.malformed': 3,
      'sip.oversized': 1,
      'sip.malformedAnswered': 1,
      'sip.keepAlive': 1,
    })
  })

  it('discards a response whose Via is not ours, or that was meant for somebody behind us (§18.1.2, §8.1.3.3)', () => {
    const { wire, statuses, counters, transport } = setup()
    const ours = requestText({ via: `Via: ${transport.via('z9hG4bKours').raw}` })
    wire.receive(responseText(ours.replace('192.0.2.1:5060;branch', '192.0.2.99:5060;branch'), 200))
    wire.receive(responseText(ours, 200, { headers: ['Via: SIP/2.0/UDP 192.0.2.50'] }))
    expect(statuses).toEqual([])
    expect(counters.snapshot()['sip.responseStray']).toBe(2)
    wire.receive(responseText(ours, 200))
    expect(statuses).toEqual([200])
  })
})
