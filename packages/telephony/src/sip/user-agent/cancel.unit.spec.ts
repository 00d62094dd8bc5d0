import { describe, expect, it } from 'vitest'
import { userAgentBench } from '../testing/bench.ts'
import { ANSWER, headerIn, requestText, tagIn } from '../testing/messages.ts'

describe('CANCEL of the peer (§9.2)', () => {
  it('gets 200 with the INVITE’s own tag, and the INVITE 487', () => {
    const { call, wire, statuses, told, last } = userAgentBench()
    call().ring()
    wire.receive(requestText({ method: 'CANCEL', headers: ['Reason: Q.850;cause=19'] }))
    expect(statuses()).toEqual([100, 180, 200, 487])
    expect(headerIn(last('SIP/2.0 200'), 'CSeq')).toBe('1 CANCEL')
    expect(tagIn(last('SIP/2.0 200'), 'To')).toBe(tagIn(last('SIP/2.0 487'), 'To'))
    expect(told.ends).toEqual([{ how: 'cancelled', by: 'peer', q850: 19, sipStatus: 487 }])
  })

  it('that crossed our 200 changes nothing', () => {
    const { call, wire, statuses, told, within } = userAgentBench()
    const session = call()
    session.accept(ANSWER)
    wire.receive(requestText({ method: 'CANCEL' }))
    expect(statuses()).toEqual([100, 200, 200])
    expect(told.ends).toEqual([])
    within('ACK')
    expect(session.status()).toBe('established')
  })

  it('of an INVITE that there is not gets 481', () => {
    const { wire, statuses } = userAgentBench()
    wire.receive(requestText({ method: 'CANCEL' }))
    expect(statuses()).toEqual([481])
  })

  it('sent again finds its 200, and the call ends once', () => {
    const { call, wire, told, statuses } = userAgentBench()
    call()
    wire.receive(requestText({ method: 'CANCEL' }))
    wire.receive(requestText({ method: 'CANCEL' }))
    expect(statuses()).toEqual([100, 200, 487, 200])
    expect(told.ends).toHaveLength(1)
  })
})

describe('CANCEL of ours (§9.1)', () => {
  it('waits for a provisional response, then goes the way of its INVITE', () => {
    const { dial, answer, methods, told, last, clock } = userAgentBench()
    const session = dial()
    session.cancel({ q850: 19 })
    expect(session.status()).toBe('ended')
    expect(told.ends).toEqual([{ how: 'cancelled', by: 'local', q850: 19, sipStatus: 487 }])
    expect(methods()).toEqual(['INVITE'])
    answer('INVITE', 100, { toTag: null })
    expect(methods()).toEqual(['INVITE', 'CANCEL'])
    const via = (text: string): string | null => headerIn(text, 'Via')
    expect(via(last('CANCEL'))).toBe(via(last('INVITE')))
    expect(headerIn(last('CANCEL'), 'Reason')).toBe('Q.850;cause=19')
    answer('CANCEL', 200)
    answer('INVITE', 487)
    expect(methods()).toEqual(['INVITE', 'CANCEL', 'ACK'])
    expect(told.ends).toHaveLength(1)
    clock.advance(32_000)
    expect(clock.pending()).toBe(0)
  })

  it('that crosses a 200 acknowledges and hangs up', () => {
    const { dial, answer, methods, told, last, clock } = userAgentBench()
    const session = dial()
    answer('INVITE', 180)
    session.cancel()
    answer('INVITE', 200, { body: ANSWER })
    expect(methods()).toEqual(['INVITE', 'CANCEL', 'ACK', 'BYE'])
    expect(headerIn(last('BYE'), 'CSeq')).toBe('2 BYE')
    expect(told.answers).toEqual([])
    expect(told.ends).toHaveLength(1)
    answer('CANCEL', 200)
    answer('BYE', 200)
    clock.advance(32_000)
    expect(clock.pending()).toBe(0)
  })

  it('gives the INVITE up 64*T1 later when nobody answers it', () => {
    const { dial, answer, userAgent, clock } = userAgentBench()
    const session = dial()
    answer('INVITE', 180)
    session.cancel()
    answer('CANCEL', 200)
    clock.advance(31_999)
    expect(userAgent.transactions().client).toBe(1)
    clock.advance(1)
    expect(userAgent.transactions().client).toBe(0)
    expect(clock.pending()).toBe(0)
  })
})
