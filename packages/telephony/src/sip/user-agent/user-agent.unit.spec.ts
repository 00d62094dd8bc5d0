import { describe, expect, it } from 'vitest'
import { userAgentBench } from '../testing/bench.ts'
import { createFakeTransport } from '../testing/fake-transport.ts'
import { ANSWER, headerIn, requestText } from '../testing/messages.ts'
import { q850OfSipStatus, sipStatusOfQ850 } from './q850.ts'

describe('user agent server (§8.2)', () => {
  it('tells what it can in answer to OPTIONS (§11.2)', () => {
    const { wire, last } = userAgentBench()
    wire.receive(requestText({ method: 'OPTIONS' }))
    const answer = last('SIP/2.0 200')
    expect(headerIn(answer, 'Allow')).toBe('INVITE, ACK, CANCEL, BYE, OPTIONS')
    expect(headerIn(answer, 'Accept')).toBe('application/sdp')
    expect(headerIn(answer, 'Server')).toBe('Centralino')
  })

  it('answers OPTIONS within a call too, and 481 without one', () => {
    const { wire, established, statuses } = userAgentBench()
    const { toTag } = established()
    wire.receive(requestText({ method: 'OPTIONS', toTag, cseq: 2, branch: 'z9hG4bKo' }))
    wire.receive(requestText({ method: 'OPTIONS', toTag: 'none', branch: 'z9hG4bKp' }))
    expect(statuses()).toEqual([200, 481])
  })

  const refused: readonly (readonly [string, Parameters<typeof requestText>[0], number, string, string])[] = [
    ['a method it does not serve', { method: 'REGISTER' }, 405, 'Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS'],
    ['a method nobody knows', { method: 'DANCE' }, 501, 'Allow', 'INVITE, ACK, CANCEL, BYE, OPTIONS'],
    ['an extension it has not', { headers: ['Require: 100rel, x'] }, 420, 'Unsupported', '100rel, x'],
    ['a URI of another scheme', { uri: 'soap.beep://192.0.2.1' }, 416, 'Server', 'Centralino'],
    ['SDP it may not answer with', { headers: ['Accept: text/plain'] }, 406, 'Accept', 'application/sdp'],
    ['a Contact that cannot be read', { contact: 'sip:a@b?x=y' }, 400, 'Server', 'Centralino'],
    ['two Contacts', { contact: '<sip:a@b>, <sip:c@d>' }, 400, 'Server', 'Centralino'],
    ['compressed content', { headers: ['Content-Encoding: gzip'] }, 415, 'Accept-Encoding', 'identity'],
  ]
  it.each(refused)('refuses %s', (_what, parts, status, name, value) => {
    const { wire, statuses, last, sessions } = userAgentBench()
    wire.receive(requestText(parts))
    expect(statuses()).toEqual([status])
    expect(headerIn(last(`SIP/2.0 ${status}`), name)).toBe(value)
    expect(sessions).toEqual([])
  })

  it('refuses content of another type, unless its sender says that it may be passed over', () => {
    const { wire, statuses, refusals } = userAgentBench()
    const text = (extra: string): string =>
      requestText({ branch: `z9hG4bK${extra.length}`, callId: `c${extra.length}` }).replace(
        'application/sdp',
        `application/isup${extra}`,
      )
    wire.receive(text(''))
    expect(statuses()).toEqual([415])
    expect(refusals).toEqual(['415 CONTENT_TYPE'])
    wire.receive(text('\r\nContent-Disposition: signal;handling=optional'))
    expect(statuses()).toEqual([415, 100])
  })

  it('ends a call although its BYE has a Contact that cannot be read', () => {
    const { established, within, statuses, told } = userAgentBench()
    const { toTag } = established()
    within('BYE', { toTag, cseq: 2, contact: 'sip:a@b?x=y' })
    expect(statuses()).toEqual([200])
    expect(told.ends).toHaveLength(1)
  })

  it('requires nothing of CANCEL (§8.2.2.3)', () => {
    const { call, wire, statuses } = userAgentBench()
    call()
    wire.receive(requestText({ method: 'CANCEL', headers: ['Require: x'] }))
    expect(statuses()).toEqual([100, 200, 487])
  })

  it('refuses a request that came twice by different ways with 482', () => {
    const { call, wire, statuses, sessions } = userAgentBench()
    call()
    wire.receive(requestText({ branch: 'z9hG4bKother' }))
    expect(statuses()).toEqual([100, 482])
    expect(sessions).toHaveLength(1)
  })

  it('takes a call whose Max-Forwards is 0: it is where the call goes (RFC 4475 §3.3.11)', () => {
    const { wire, statuses } = userAgentBench()
    wire.receive(requestText().replace('Max-Forwards: 70', 'Max-Forwards: 0'))
    expect(statuses()).toEqual([100])
  })

  it('takes a call to a tel URI', () => {
    const { call } = userAgentBench()
    expect(call({ uri: 'tel:+39021234' }).requestUri.user).toBe('+39021234')
  })

  it('wants to know how others reach it when it is bound to every address', () => {
    const transport = createFakeTransport({ address: '0.0.0.0', port: 5060 })
    expect(() => userAgentBench({ transport })).toThrow(RangeError)
    expect(() => userAgentBench({ transport, contact: { address: '192.0.2.1' } })).not.toThrow()
  })

  it('counts a stray ACK and answers none', () => {
    const { wire, counters } = userAgentBench()
    wire.receive(requestText({ method: 'ACK', toTag: 'none' }))
    expect(wire.sent).toEqual([])
    expect(counters.snapshot()['sip.ackStray']).toBe(1)
  })

  it('refuses calls beyond its limit with 503, and takes them again afterwards', () => {
    const { call, wire, statuses, last, refusals, sessions } = userAgentBench({ limits: { sessions: 1 } })
    const first = call()
    wire.receive(requestText({ callId: 'call-2', branch: 'z9hG4bK2' }))
    expect(statuses()).toEqual([100, 503])
    expect(headerIn(last('SIP/2.0 503'), 'Retry-After')).toBe('10')
    expect(refusals).toEqual(['503 TOO_MANY_SESSIONS'])
    first.reject(486)
    wire.receive(requestText({ callId: 'call-3', branch: 'z9hG4bK3' }))
    expect(sessions).toHaveLength(2)
  })
})

describe('shutdown', () => {
  it('refuses, cancels or hangs up what lives, and waits for the answers', async () => {
    const { call, established, dial, answer, userAgent, wire, last, methods, statuses, clock } =
      userAgentBench()
    const { session } = established()
    call({ callId: 'call-2', branch: 'z9hG4bK2' })
    const outgoing = dial()
    answer('INVITE', 180)
    wire.clear()
    let done = false
    const shutdown = userAgent.shutdown({ q850: 38 }).then(() => {
      done = true
    })
    expect(session.status()).toBe('ended')
    expect(outgoing.status()).toBe('ended')
    expect(statuses()).toEqual([503])
    expect([...methods()].sort()).toEqual(['BYE', 'CANCEL'])
    wire.receive(requestText({ callId: 'call-3', branch: 'z9hG4bK3' }))
    wire.receive(requestText({ method: 'OPTIONS', callId: 'call-4', branch: 'z9hG4bK4' }))
    expect(statuses()).toEqual([503, 503, 503])
    const acknowledge = (callId: string, branch: string): void =>
      wire.receive(requestText({ method: 'ACK', callId, branch }))
    acknowledge('call-2', 'z9hG4bK2')
    acknowledge('call-3', 'z9hG4bK3')
    wire.receive(last('CANCEL').replace(/^.*\r\n/, 'SIP/2.0 200 OK\r\n'))
    clock.advance(20)
    await new Promise((resolve) => setImmediate(resolve))
    expect(done).toBe(false)
    answer('BYE', 200)
    // What is last of all: the INVITE that was cancelled.
    const invite = last('CANCEL').replaceAll('CANCEL', 'INVITE')
    wire.receive(invite.replace(/^.*\r\n/, 'SIP/2.0 487 Gone\r\n'))
    clock.advance(20)
    await shutdown
    expect(done).toBe(true)
  })

  it('waits no longer than it is told to', async () => {
    const { established, userAgent, clock } = userAgentBench()
    established()
    const shutdown = userAgent.shutdown({ q850: 38 }, 100)
    clock.advance(100)
    await shutdown
  })

  it('lets every timer go when it is disposed of, and tells the sessions that still live', async () => {
    const { established, call, dial, userAgent, clock, told, wire } = userAgentBench()
    established()
    call({ callId: 'call-2', branch: 'z9hG4bK2', headers: ['Expires: 60'] }).ring()
    call({ callId: 'call-3', branch: 'z9hG4bK3' }).accept(ANSWER)
    dial()
    wire.clear()
    await userAgent[Symbol.asyncDispose]()
    expect(clock.pending()).toBe(0)
    expect(userAgent.transactions()).toEqual({ client: 0, server: 0 })
    expect(userAgent.sessions()).toEqual([])
    expect(told.ends.map((end) => end.how)).toEqual(Array(4).fill('transportFailed'))
    expect(wire.sent).toEqual([])
  })
})

describe('Q.850 and SIP (RFC 3398)', () => {
  it.each([
    [1, 404],
    [17, 486],
    [19, 480],
    [21, 403],
    [28, 484],
    [41, 503],
    [102, 504],
    [99, 500],
  ])('cause %i refuses with %i', (q850, status) => {
    expect(sipStatusOfQ850(q850)).toBe(status)
  })

  it.each([
    [404, 1],
    [408, 102],
    [480, 18],
    [486, 17],
    [503, 41],
    [603, 21],
    [499, 31],
    [302, 31],
  ])('status %i stands for cause %i', (status, q850) => {
    expect(q850OfSipStatus(status)).toBe(q850)
  })
})
