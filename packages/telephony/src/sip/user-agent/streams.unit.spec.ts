import { describe, expect, it } from 'vitest'
import { userAgentBench } from '../testing/bench.ts'
import { createFakeTransport } from '../testing/fake-transport.ts'
import { ANSWER, firstLine, headerIn, OFFER, requestText, responseText, tagIn } from '../testing/messages.ts'
import type { SipProtocol } from '../transport/sip-transport.ts'

const SOURCE = { address: '203.0.113.5', port: 40_000, connection: 7 }

/** A user agent on UDP, TCP and TLS. */
const setup = () => {
  const tcp = createFakeTransport({ address: '192.0.2.1', port: 5060 }, 'TCP')
  const tls = createFakeTransport({ address: '192.0.2.1', port: 5061 }, 'TLS')
  const bench = userAgentBench({ streams: [tcp, tls] })
  const wires = { UDP: bench.wire, TCP: tcp, TLS: tls }
  const of = (protocol: SipProtocol, from = SOURCE) => {
    const wire = wires[protocol]
    const via = (branch: string): string => `Via: SIP/2.0/${protocol} 10.0.0.5:5098;branch=${branch}`
    const last = () => wire.sent.at(-1) ?? { text: '', to: null }
    /** A call of a phone behind a NAT, answered and acknowledged. */
    const established = (parts: Parameters<typeof requestText>[0] = {}) => {
      const contact = `<sip:phone@10.0.0.5:5098;transport=${protocol.toLowerCase()}>`
      wire.receive(requestText({ via: via('z9hG4bKi'), contact, ...parts }), from)
      const session = bench.sessions.at(-1)
      session?.accept(ANSWER)
      const toTag = tagIn(last().text, 'To')
      const accepted = last()
      wire.receive(requestText({ method: 'ACK', via: via('z9hG4bKa'), toTag, contact }), from)
      return { session, accepted, toTag }
    }
    return { wire, via, last, established }
  }
  return { ...bench, of, wires }
}

describe('a call over a stream', () => {
  it('is answered on its connection, with the Contact that leads back over the same protocol', () => {
    const { accepted } = setup().of('TCP').established()
    expect(accepted.to).toEqual({ ...SOURCE, port: 5098 })
    expect(headerIn(accepted.text, 'Contact')).toBe('<sip:192.0.2.1:5060;transport=tcp>')
    const tls = setup().of('TLS').established()
    expect(headerIn(tls.accepted.text, 'Contact')).toBe('<sip:192.0.2.1:5061;transport=tls>')
  })

  it('to a sips URI has a sips Contact (§12.1.1)', () => {
    const { accepted } = setup().of('TLS').established({ uri: 'sips:+39021234@192.0.2.1' })
    expect(headerIn(accepted.text, 'Contact')).toBe('<sips:192.0.2.1:5061>')
  })

  it.each(['TCP', 'TLS'] as const)('is hung up on its connection, over %s', (protocol) => {
    const { last, established } = setup().of(protocol)
    established().session?.bye()
    expect(firstLine(last().text)).toMatch(/^BYE sip:phone@10.0.0.5:5098/)
    expect(last().to).toMatchObject(SOURCE)
    expect(headerIn(last().text, 'Via')).toMatch(new RegExp(`^SIP/2.0/${protocol} 192.0.2.1:506`))
  })

  it('is hung up at its Contact where the connection is gone', () => {
    const { wire, last, established } = setup().of('TCP')
    const { session } = established()
    wire.closeConnections()
    session?.bye()
    expect(last().to).toEqual({ address: '10.0.0.5', port: 5098 })
  })

  it('has nothing sent again but its 200, which may have to go further over UDP (§13.3.1.4)', () => {
    const { of, clock } = setup()
    const { wire, established } = of('TCP')
    established().session?.bye()
    const sent = wire.sent.length
    clock.advance(31_000)
    expect(wire.sent).toHaveLength(sent)
    const other = setup()
    const late = other.of('TCP')
    late.wire.receive(requestText({ via: late.via('z9hG4bKi') }), SOURCE)
    other.sessions[0]?.accept(ANSWER)
    late.wire.clear()
    other.clock.advance(500)
    expect(late.wire.sent.map(({ text }) => firstLine(text))).toEqual(['SIP/2.0 200 OK'])
  })

  it('leaves no transaction behind it: what UDP waits for is over at once', () => {
    const { of, userAgent, clock } = setup()
    const { wire, via, established } = of('TCP')
    const { toTag } = established()
    wire.receive(requestText({ method: 'BYE', via: via('z9hG4bKb'), toTag, cseq: 2 }), SOURCE)
    clock.advance(0)
    // The INVITE's own waits for its 200 to be asked for again (RFC 6026).
    expect(userAgent.transactions()).toEqual({ client: 0, server: 1 })
  })

  it('without a Content-Length is refused with 400 (§20.14)', () => {
    const { wire, via, last } = setup().of('TCP')
    wire.receive(requestText({ via: via('z9hG4bKi') }).replace(/Content-Length.*\r\n/, ''), SOURCE)
    expect(firstLine(last().text)).toBe('SIP/2.0 400 Bad Request')
  })
})

describe('a call of ours', () => {
  const dial = (bench: ReturnType<typeof setup>, target: string, offer = OFFER) => {
    const ends: number[] = []
    bench.userAgent.invite({
      target,
      offer,
      listener: { onEnded: (end) => void ends.push(end.sipStatus ?? 0) },
    })
    return ends
  }
  const large = OFFER + 'a=x:'.padEnd(1_400, 'x').concat('\r\n')

  it.each([
    ['sip:a@192.0.2.9', 'UDP', { address: '192.0.2.9', port: 5060 }, 'sip:192.0.2.1:5060'],
    [
      'sip:a@192.0.2.9;transport=tcp',
      'TCP',
      { address: '192.0.2.9', port: 5060 },
      'sip:192.0.2.1:5060;transport=tcp',
    ],
    [
      'sip:a@192.0.2.9;transport=tls',
      'TLS',
      { address: '192.0.2.9', port: 5061 },
      'sip:192.0.2.1:5061;transport=tls',
    ],
    ['sips:a@192.0.2.9', 'TLS', { address: '192.0.2.9', port: 5061 }, 'sips:192.0.2.1:5061'],
  ] as const)('to %s goes over %s', (target, protocol, to, contact) => {
    const bench = setup()
    dial(bench, target)
    const [sent, ...more] = bench.wires[protocol].sent
    expect(more).toEqual([])
    // RFC 5922 §7.1: over TLS the certificate has to name the host.
    expect(sent?.to).toEqual(protocol === 'TLS' ? { ...to, serverName: '192.0.2.9' } : to)
    expect(headerIn(sent?.text ?? '', 'Via')).toContain(`SIP/2.0/${protocol} `)
    expect(headerIn(sent?.text ?? '', 'Contact')).toBe(`<${contact}>`)
  })

  it('over a transport that nobody here has fails', async () => {
    const bench = setup()
    const ends = dial(bench, 'sip:a@192.0.2.9;transport=sctp')
    await Promise.resolve()
    expect(ends).toEqual([503])
  })

  it('too large for a datagram goes over TCP (§18.1.1), and what belongs to it too', () => {
    const bench = setup()
    dial(bench, 'sip:a@192.0.2.9', large)
    const { TCP, UDP } = bench.wires
    expect([TCP.sent.length, UDP.sent.length]).toEqual([1, 0])
    TCP.receive(responseText(TCP.sent[0]?.text ?? '', 486), {
      address: '192.0.2.9',
      port: 5060,
      connection: 1,
    })
    expect(TCP.sent.map(({ text }) => firstLine(text).split(' ')[0])).toEqual(['INVITE', 'ACK'])
  })

  it('too large for a datagram goes over UDP after all where nobody takes it over TCP', () => {
    const bench = setup()
    const { TCP, UDP } = bench.wires
    TCP.failWith(new Error('refused'))
    const ends = dial(bench, 'sip:a@192.0.2.9', large)
    expect(UDP.sent).toHaveLength(1)
    expect(headerIn(UDP.sent[0]?.text ?? '', 'Via')).toContain('SIP/2.0/UDP ')
    UDP.receive(responseText(UDP.sent[0]?.text ?? '', 486))
    expect(ends).toEqual([486])
  })
})
