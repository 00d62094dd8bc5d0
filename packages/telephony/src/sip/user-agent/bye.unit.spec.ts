import { describe, expect, it } from 'vitest'
import { userAgentBench } from '../testing/bench.ts'
import { ANSWER, firstLine, headerIn, requestText, tagIn } from '../testing/messages.ts'

describe('BYE (§15)', () => {
  it('of the peer gets 200 and ends the session with the cause it names', () => {
    const { established, wire, statuses, told, userAgent } = userAgentBench()
    const { session, toTag } = established()
    wire.receive(
      requestText({ method: 'BYE', toTag, cseq: 2, headers: ['Reason: Q.850;cause=31'], branch: 'z9hG4bKb' }),
    )
    expect(statuses()).toEqual([200])
    expect(told.ends).toEqual([{ how: 'bye', by: 'peer', q850: 31, sipStatus: null }])
    expect(session.status()).toBe('ended')
    expect(userAgent.sessions()).toEqual([])
  })

  it('sent again finds its 200; a new one for the same dialog gets 481', () => {
    const { established, wire, statuses } = userAgentBench()
    const { toTag } = established()
    const bye = { method: 'BYE', toTag, cseq: 2, branch: 'z9hG4bKb' }
    wire.receive(requestText(bye))
    wire.receive(requestText(bye))
    wire.receive(requestText({ ...bye, cseq: 3, branch: 'z9hG4bKc' }))
    expect(statuses()).toEqual([200, 200, 481])
  })

  it('of ours goes to the peer’s Contact with the cause as Reason, again until it is answered', () => {
    const { established, wire, methods, told, last, clock, answer } = userAgentBench()
    const { session } = established({ contact: '<sip:peer@192.0.2.44:5090>' })
    expect(session.bye({ q850: 16 })).toBe(true)
    expect(session.bye()).toBe(false)
    expect(told.ends).toEqual([{ how: 'bye', by: 'local', q850: 16, sipStatus: null }])
    expect(firstLine(last('BYE'))).toBe('BYE sip:peer@192.0.2.44:5090 SIP/2.0')
    expect(wire.sent[0]?.to).toEqual({ address: '192.0.2.44', port: 5090 })
    expect(headerIn(last('BYE'), 'Reason')).toBe('Q.850;cause=16')
    clock.advance(1500)
    expect(methods()).toEqual(['BYE', 'BYE', 'BYE'])
    answer('BYE', 200)
    clock.advance(32_000)
    expect(clock.pending()).toBe(0)
  })

  it('of ours waits for the ACK of our 200 (§15), or for 64*T1', () => {
    const { call, methods, within, told, clock, statuses } = userAgentBench()
    const session = call()
    session.accept(ANSWER)
    session.bye()
    expect(told.ends).toHaveLength(1)
    clock.advance(600)
    expect(statuses()).toEqual([100, 200, 200])
    expect(methods()).toEqual([])
    within('ACK')
    expect(methods()).toEqual(['BYE'])
    expect(told.acks).toEqual([])

    const lost = userAgentBench()
    const other = lost.call()
    other.accept(ANSWER)
    other.bye()
    lost.clock.advance(31_999)
    expect(lost.methods()).toEqual([])
    lost.clock.advance(1)
    expect(lost.methods()).toEqual(['BYE'])
    expect(lost.told.ends).toHaveLength(1)
  })

  it('of both at once: each gets 200, and the session ends once', () => {
    const { established, wire, statuses, told, clock, answer } = userAgentBench()
    const { session, toTag } = established()
    session.bye()
    wire.receive(requestText({ method: 'BYE', toTag, cseq: 2, branch: 'z9hG4bKb' }))
    expect(statuses()).toEqual([200])
    answer('BYE', 200)
    expect(told.ends).toHaveLength(1)
    clock.advance(32_000)
    expect(clock.pending()).toBe(0)
  })

  it('of the peer makes ours needless while that waits for an ACK', () => {
    const { call, within, methods, statuses, told, clock, wire } = userAgentBench()
    const session = call()
    session.accept(ANSWER)
    session.bye()
    within('BYE', { cseq: 2 })
    wire.clear()
    clock.advance(32_000)
    expect(methods()).toEqual([])
    expect(statuses()).toEqual([])
    expect(told.ends.map((end) => end.by)).toEqual(['local'])
    expect(clock.pending()).toBe(0)
  })

  it('ends the session even if nobody answers', () => {
    const { established, clock, userAgent } = userAgentBench()
    established().session.bye()
    clock.advance(64_000)
    expect(userAgent.transactions()).toEqual({ client: 0, server: 0 })
    expect(clock.pending()).toBe(0)
  })

  it('without a dialog gets 481', () => {
    const { wire, statuses } = userAgentBench()
    wire.receive(requestText({ method: 'BYE', toTag: 'none' }))
    wire.receive(requestText({ method: 'BYE', branch: 'z9hG4bKb', callId: 'call-2' }))
    expect(statuses()).toEqual([481, 481])
  })

  it('comes late when its CSeq is behind: 500 (§12.2.2)', () => {
    const { established, wire, statuses, told } = userAgentBench()
    const { toTag } = established({ cseq: 10 })
    wire.receive(requestText({ method: 'BYE', toTag, cseq: 9, branch: 'z9hG4bKb' }))
    expect(statuses()).toEqual([500])
    expect(told.ends).toEqual([])
    expect(tagIn(wire.sent[0]?.text ?? '', 'To')).toBe(toTag)
  })
})
