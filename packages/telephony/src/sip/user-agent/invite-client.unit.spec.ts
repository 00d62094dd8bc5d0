import { describe, expect, it } from 'vitest'
import { userAgentBench } from '../testing/bench.ts'
import { ANSWER, firstLine, headerIn, OFFER, requestText, tagIn } from '../testing/messages.ts'

describe('a call of ours (§13.2)', () => {
  it('sends an INVITE with what §8.1.1 asks for', () => {
    const { dial, last, wire, userAgent } = userAgentBench({
      contact: { user: 'hub', address: '198.51.100.7', port: 5070 },
    })
    const session = dial()
    const invite = last('INVITE')
    expect(firstLine(invite)).toBe('INVITE sip:+39331@192.0.2.9 SIP/2.0')
    expect(wire.sent[0]?.to).toEqual({ address: '192.0.2.9', port: 5060 })
    expect(headerIn(invite, 'Via')).toMatch(
      /^SIP\/2\.0\/UDP 198\.51\.100\.7:5070;branch=z9hG4bKtoken\d+;rport$/,
    )
    expect(headerIn(invite, 'From')).toMatch(/^<sip:hub@198\.51\.100\.7>;tag=token\d+$/)
    expect(headerIn(invite, 'To')).toBe('<sip:+39331@192.0.2.9>')
    expect(headerIn(invite, 'Contact')).toBe('<sip:hub@198.51.100.7:5070>')
    expect(headerIn(invite, 'Max-Forwards')).toBe('70')
    expect(headerIn(invite, 'CSeq')).toBe('1 INVITE')
    expect(invite.endsWith(OFFER)).toBe(true)
    expect(session.status()).toBe('calling')
    expect(userAgent.sessions()).toEqual([session])
  })

  it('tells ringing and the answer, and acknowledges to the Contact through the route set reversed', () => {
    const { dial, answer, told, last, wire } = userAgentBench()
    const session = dial()
    answer('INVITE', 100, { toTag: null })
    answer('INVITE', 180)
    expect(session.status()).toBe('ringing')
    answer('INVITE', 200, {
      body: ANSWER,
      contact: '<sip:desk@192.0.2.50>',
      headers: ['Record-Route: <sip:192.0.2.61;lr>, <sip:192.0.2.62:5070;lr>'],
    })
    expect(told.progress).toEqual([180])
    expect(told.answers).toEqual([ANSWER])
    expect(session.status()).toBe('established')
    const ack = last('ACK')
    expect(firstLine(ack)).toBe('ACK sip:desk@192.0.2.50 SIP/2.0')
    expect(wire.sent.at(-1)?.to).toEqual({ address: '192.0.2.62', port: 5070 })
    expect(headerIn(ack, 'Route')).toBe('<sip:192.0.2.62:5070;lr>')
    expect(headerIn(ack, 'CSeq')).toBe('1 ACK')
    expect(headerIn(ack, 'Via')).not.toBe(headerIn(last('INVITE'), 'Via'))
  })

  it('sends the same ACK for each 200 that comes again, and tells the answer once (§13.2.2.4)', () => {
    const { dial, answer, told, wire } = userAgentBench()
    dial()
    answer('INVITE', 200, { body: ANSWER })
    answer('INVITE', 200, { body: ANSWER })
    const acks = wire.sent.filter((sent) => sent.text.startsWith('ACK'))
    expect(acks).toHaveLength(2)
    expect(acks[1]).toEqual(acks[0])
    expect(told.answers).toHaveLength(1)
  })

  it('acknowledges another fork’s 200 and hangs that up', () => {
    const { dial, answer, methods, told, last } = userAgentBench()
    const session = dial()
    answer('INVITE', 200, { toTag: 'a', body: ANSWER })
    answer('INVITE', 200, { toTag: 'b', body: ANSWER })
    expect(methods()).toEqual(['INVITE', 'ACK', 'ACK', 'BYE'])
    expect(tagIn(last('BYE'), 'To')).toBe('b')
    expect(session.status()).toBe('established')
    expect(told.ends).toEqual([])
  })

  it.each([
    [486, [], 17],
    [603, [], 21],
    [404, ['Reason: Q.850;cause=28'], 28],
    [302, [], 31],
  ])('refused with %s is over, with a Q.850 cause', (status, headers, q850) => {
    const { dial, answer, told, clock, methods } = userAgentBench()
    dial()
    answer('INVITE', status, { headers })
    expect(methods()).toEqual(['INVITE', 'ACK'])
    expect(told.ends).toEqual([{ how: 'refused', by: 'peer', q850, sipStatus: status }])
    clock.advance(32_000)
    expect(clock.pending()).toBe(0)
  })

  it('that nobody answers is over after 64*T1, as 408', () => {
    const { dial, told, clock } = userAgentBench()
    dial()
    clock.advance(32_000)
    expect(told.ends).toEqual([{ how: 'noResponse', by: 'stack', q850: 102, sipStatus: 408 }])
    expect(clock.pending()).toBe(0)
  })

  it('that cannot be sent, or has no address, is over as 503', async () => {
    const { dial, told, wire, userAgent } = userAgentBench({ locate: async () => null })
    wire.failWith(new Error('unreachable'))
    userAgent.invite({
      target: 'sip:a@192.0.2.9',
      offer: OFFER,
      destination: { address: '192.0.2.9', port: 5060 },
      listener: { onEnded: (end) => told.ends.push(end) },
    })
    expect(told.ends).toEqual([{ how: 'transportFailed', by: 'stack', q850: 41, sipStatus: 503 }])
    dial()
    await new Promise((resolve) => setImmediate(resolve))
    expect(told.ends).toHaveLength(2)
    expect(userAgent.sessions()).toEqual([])
  })

  it('waits for a name to be found', async () => {
    const { dial, methods, wire } = userAgentBench({
      locate: async () => ({ address: '192.0.2.33', port: 5060 }),
    })
    dial()
    expect(methods()).toEqual([])
    await new Promise((resolve) => setImmediate(resolve))
    expect(wire.sent[0]?.to.address).toBe('192.0.2.33')
  })

  it('rings no longer than its limit', () => {
    const { dial, answer, told, clock, methods } = userAgentBench({ limits: { ringingMilliseconds: 20_000 } })
    dial()
    answer('INVITE', 180)
    clock.advance(20_000)
    expect(told.ends).toEqual([{ how: 'expired', by: 'stack', q850: 19, sipStatus: 487 }])
    expect(methods()).toEqual(['INVITE', 'CANCEL'])
  })

  it('is hung up by the peer’s BYE, or by ours', () => {
    const { dial, answer, told, wire, last, statuses } = userAgentBench()
    dial()
    answer('INVITE', 200, { body: ANSWER })
    wire.receive(
      requestText({
        method: 'BYE',
        fromTag: 'peer',
        toTag: tagIn(last('INVITE'), 'From'),
        callId: headerIn(last('INVITE'), 'Call-ID') ?? '',
      }),
    )
    expect(statuses()).toEqual([200])
    expect(told.ends).toEqual([{ how: 'bye', by: 'peer', q850: 16, sipStatus: null }])

    const ours = userAgentBench()
    const session = ours.dial()
    ours.answer('INVITE', 200, { body: ANSWER })
    session.end({ q850: 16 })
    expect(ours.methods()).toEqual(['INVITE', 'ACK', 'BYE'])
  })

  it('refuses text that would not stay in its place', () => {
    const { userAgent } = userAgentBench()
    const listener = { onEnded: () => undefined }
    const call = { target: 'sip:a@192.0.2.9', offer: OFFER, listener }
    expect(() => userAgent.invite({ ...call, target: 'tel:+39331' })).toThrow(RangeError)
    expect(() => userAgent.invite({ ...call, target: 'sip:a@b\r\nVia: x' })).toThrow(RangeError)
    expect(() => userAgent.invite({ ...call, from: { uri: 'sip:a@b>;tag=x' } })).toThrow(RangeError)
    expect(() => userAgent.invite({ ...call, headers: [['X', 'a\r\nVia: x']] })).toThrow(RangeError)
  })
})
