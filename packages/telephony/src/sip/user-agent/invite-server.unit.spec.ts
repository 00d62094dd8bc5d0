import { describe, expect, it } from 'vitest'
import { userAgentBench } from '../testing/bench.ts'
import { ANSWER, headerIn, OFFER, requestText, tagIn } from '../testing/messages.ts'

describe('a call from outside', () => {
  it('is answered 100 before its owner decides, and tells who calls whom', () => {
    const { call, statuses, wire } = userAgentBench()
    const session = call({
      uri: 'sip:%2B39021234@192.0.2.1;user=phone',
      headers: ['P-Asserted-Identity: "Anna B" <sip:+39331555@trunk.example.com>, <tel:+39331555>'],
    })
    expect(statuses()).toEqual([100])
    expect(tagIn(wire.sent[0]?.text ?? '', 'To')).toBeNull()
    expect(session).toMatchObject({
      callId: 'call-1',
      from: { uri: 'sip:+39331@192.0.2.9', user: '+39331', displayName: 'Anna' },
      to: { user: '+39021234' },
      requestUri: { uri: 'sip:%2B39021234@192.0.2.1;user=phone', user: '+39021234' },
      assertedIdentity: { user: '+39331555', displayName: 'Anna B' },
      offer: OFFER,
      source: { address: '192.0.2.9', port: 5060 },
    })
    expect(session.status()).toBe('proceeding')
  })

  it.each([
    ['Privacy: id', true],
    ['Privacy: header;ID;critical', true],
    ['Privacy: user', true],
    ['Privacy: none', false],
    ['Privacy: header', false],
    ['Subject: id', false],
  ])('withholds who calls by %s: %s (RFC 3323 §4.2, RFC 3325 §9.3)', (header, withheld) => {
    expect(userAgentBench().call({ headers: [header] }).identityWithheld).toBe(withheld)
  })

  it('rings with one tag, Contact and the route set, again each minute (§13.3.1.1)', () => {
    const { call, clock, statuses, last } = userAgentBench()
    const session = call({ headers: ['Record-Route: <sip:p1;lr>'] })
    session.ring()
    const ringing = last('SIP/2.0 180')
    expect(headerIn(ringing, 'Contact')).toBe('<sip:192.0.2.1:5060>')
    expect(headerIn(ringing, 'Record-Route')).toBe('<sip:p1;lr>')
    clock.advance(120_000)
    expect(statuses()).toEqual([100, 180, 180, 180])
    session.accept(ANSWER)
    expect(tagIn(last('SIP/2.0 200'), 'To')).toBe(tagIn(ringing, 'To'))
    clock.advance(400)
    session.ring()
    expect(statuses()).toEqual([100, 180, 180, 180, 200])
  })

  it('is established when the ACK of its 200 arrives', () => {
    const { call, within, told, last, clock, statuses } = userAgentBench()
    const session = call()
    expect(session.accept(ANSWER)).toBe(true)
    expect(session.status()).toBe('accepted')
    expect(headerIn(last('SIP/2.0 200'), 'Content-Type')).toBe('application/sdp')
    expect(last('SIP/2.0 200')).toContain(ANSWER)
    within('ACK')
    within('ACK')
    expect(session.status()).toBe('established')
    expect(told.acks).toEqual([{ sdp: null, of: 'invite' }])
    clock.advance(31_000)
    expect(statuses()).toEqual([100, 200])
  })

  it('keeps no timer while it is talked', () => {
    const { call, within, clock } = userAgentBench()
    const session = call({ headers: ['Expires: 60'] })
    session.ring()
    session.accept(ANSWER)
    within('ACK')
    // What remains is the transaction's own L.
    clock.advance(32_000)
    expect(clock.pending()).toBe(0)
    expect(session.status()).toBe('established')
  })

  it('sends 200 again at T1 doubling to T2 until ACK; without ACK for 64*T1 it hangs up (§13.3.1.4)', () => {
    const { call, clock, statuses, methods, told, wire, answer } = userAgentBench()
    const session = call()
    session.accept(ANSWER)
    wire.receive(requestText())
    clock.advance(31_999)
    expect(statuses()).toEqual([100, ...Array(11).fill(200)])
    expect(methods()).toEqual([])
    clock.advance(1)
    expect(methods()).toEqual(['BYE'])
    expect(told.ends).toEqual([{ how: 'noAck', by: 'stack', q850: 102, sipStatus: null }])
    expect(session.status()).toBe('ended')
    answer('BYE', 200)
    clock.advance(32_000)
    expect(clock.pending()).toBe(0)
  })

  it('gives our offer in 200 and hears the answer in ACK when the INVITE brought none (§13.2.1)', () => {
    const { call, within, told } = userAgentBench()
    const session = call({ body: '' })
    expect(session.offer).toBeNull()
    session.accept(OFFER)
    within('ACK', { body: ANSWER })
    expect(told.acks).toEqual([{ sdp: ANSWER, of: 'invite' }])
  })

  it('is refused with a status and the cause as Reason; afterwards nothing can be done with it', () => {
    const { call, statuses, last, told, wire, clock } = userAgentBench()
    const session = call()
    expect(session.reject(404, { q850: 1 })).toBe(true)
    expect(headerIn(last('SIP/2.0 404'), 'Reason')).toBe('Q.850;cause=1')
    expect(session.accept(ANSWER)).toBe(false)
    expect(session.reject(486)).toBe(false)
    expect(session.bye()).toBe(false)
    expect(statuses()).toEqual([100, 404])
    expect(told.ends).toEqual([{ how: 'refused', by: 'local', q850: 1, sipStatus: 404 }])
    wire.receive(requestText({ method: 'ACK', toTag: tagIn(last('SIP/2.0 404'), 'To') }))
    clock.advance(5000)
    expect(clock.pending()).toBe(0)
    expect(() => session.reject(200)).toThrow(RangeError)
  })

  it('ends by refusal while it waits, by BYE once it was answered', () => {
    const waiting = userAgentBench()
    waiting.call().end({ q850: 17 })
    expect(waiting.statuses()).toEqual([100, 486])
    const answered = userAgentBench()
    answered.established().session.end({ q850: 16 })
    expect(answered.methods()).toEqual(['BYE'])
  })

  it('may be refused within onInvite: its end is told once its listener is there', () => {
    const ends: string[] = []
    const { wire, statuses } = userAgentBench({
      onInvite: (session) => {
        session.reject(404)
        return { onEnded: (end) => ends.push(end.how) }
      },
    })
    wire.receive(requestText())
    expect(statuses()).toEqual([100, 404])
    expect(ends).toEqual(['refused'])
  })

  it('gets 500 when its owner fails, and the stack goes on', () => {
    const { wire, statuses, counters, logged, userAgent } = userAgentBench({
      onInvite: () => {
        throw new Error('bug')
      },
    })
    wire.receive(requestText())
    expect(statuses()).toEqual([100, 500])
    expect(counters.snapshot()['sip.listenerFailed']).toBe(1)
    expect(logged).toEqual(['a listener of the user agent failed'])
    expect(userAgent.sessions()).toEqual([])
  })

  it('expires when it is not answered within its Expires (§13.3.1)', () => {
    const { call, clock, statuses, told } = userAgentBench()
    call({ headers: ['Expires: 30'] })
    clock.advance(29_999)
    expect(told.ends).toEqual([])
    clock.advance(1)
    expect(statuses()).toEqual([100, 487])
    expect(told.ends).toEqual([{ how: 'expired', by: 'stack', q850: 19, sipStatus: 487 }])
  })

  it('may be hung up by BYE before it is answered (§15): 200 to BYE, 487 to INVITE', () => {
    const { call, within, statuses, told } = userAgentBench()
    call().ring()
    within('BYE', { cseq: 2 })
    expect(statuses()).toEqual([100, 180, 200, 487])
    expect(told.ends).toEqual([{ how: 'cancelled', by: 'peer', q850: 16, sipStatus: 487 }])
  })

  it('sent again finds its last answer, and no second session', () => {
    const { call, wire, statuses, sessions } = userAgentBench()
    call().ring()
    wire.receive(requestText())
    expect(sessions).toHaveLength(1)
    expect(statuses()).toEqual([100, 180, 180])
  })
})
