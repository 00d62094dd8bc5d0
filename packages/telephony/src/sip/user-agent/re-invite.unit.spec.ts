import { describe, expect, it } from 'vitest'
import { userAgentBench } from '../testing/bench.ts'
import { ANSWER, firstLine, headerIn, OFFER, requestText } from '../testing/messages.ts'
import type { ReinviteDecision, ReinviteOutcome } from './session.ts'

const HOLD = OFFER.replace('RTP/AVP 0 8 101', 'RTP/AVP 0').concat('a=sendonly\r\n')
const reinvite = (toTag: string, parts = {}): string =>
  requestText({ toTag, cseq: 2, branch: 'z9hG4bKre', body: HOLD, ...parts })

describe('re-INVITE of the peer (§14.2)', () => {
  it('is answered as its owner decides, 200 sent again until ACK, Contact followed', () => {
    const offers: (string | null)[] = []
    const bench = userAgentBench({
      listener: {
        onReinvite: (offer) => {
          offers.push(offer)
          return { sdp: ANSWER }
        },
      },
    })
    const { session, toTag } = bench.established()
    bench.wire.receive(reinvite(toTag, { contact: '<sip:peer@192.0.2.88>' }))
    expect(offers).toEqual([HOLD])
    bench.clock.advance(500)
    expect(bench.statuses()).toEqual([200, 200])
    expect(session.status()).toBe('established')
    bench.wire.receive(requestText({ method: 'ACK', toTag, cseq: 2, branch: 'z9hG4bKack2' }))
    bench.clock.advance(5000)
    expect(bench.statuses()).toEqual([200, 200])
    expect(bench.told.acks.map((ack) => ack.of)).toEqual(['invite', 'reinvite'])
    session.bye()
    expect(firstLine(bench.last('BYE'))).toBe('BYE sip:peer@192.0.2.88 SIP/2.0')
  })

  it('that nobody listens for, or that its owner refuses, gets 488 and the session stands', () => {
    const bench = userAgentBench()
    const { session, toTag } = bench.established()
    bench.wire.receive(reinvite(toTag))
    expect(bench.statuses()).toEqual([488])
    expect(session.status()).toBe('established')
    const refusing = userAgentBench({ listener: { onReinvite: () => ({ refuse: 488 }) } })
    refusing.wire.receive(reinvite(refusing.established().toTag))
    expect(refusing.statuses()).toEqual([488])
  })

  it('may be decided later: 100 until then, 500 to a second one meanwhile, 487 when it is cancelled', async () => {
    let decide: (decision: ReinviteDecision) => void = () => undefined
    const bench = userAgentBench({
      listener: {
        onReinvite: () =>
          new Promise((resolve) => {
            decide = resolve
          }),
      },
    })
    const { session, toTag } = bench.established()
    bench.wire.receive(reinvite(toTag))
    bench.wire.receive(reinvite(toTag, { cseq: 3, branch: 'z9hG4bKre2' }))
    expect(bench.statuses()).toEqual([100, 500])
    expect(headerIn(bench.last('SIP/2.0 500'), 'Retry-After')).toBe('5')
    bench.wire.receive(requestText({ method: 'CANCEL', toTag, cseq: 2, branch: 'z9hG4bKre' }))
    expect(bench.statuses()).toEqual([100, 500, 200, 487])
    decide({ sdp: ANSWER })
    await Promise.resolve()
    expect(bench.statuses()).toEqual([100, 500, 200, 487])
    bench.clock.advance(32_000)
    expect(session.status()).toBe('established')
  })

  it('gets 500 when its owner fails, now or later', async () => {
    for (const onReinvite of [
      (): never => {
        throw new Error('bug')
      },
      () => Promise.reject(new Error('bug')),
    ]) {
      const bench = userAgentBench({ listener: { onReinvite } })
      const { session, toTag } = bench.established()
      bench.wire.receive(reinvite(toTag))
      await new Promise((resolve) => setImmediate(resolve))
      expect(bench.statuses().at(-1)).toBe(500)
      expect(bench.counters.snapshot()['sip.listenerFailed']).toBe(1)
      expect(session.status()).toBe('established')
    }
  })

  it('without an offer gets ours, and the answer comes in its ACK', () => {
    const bench = userAgentBench({ listener: { onReinvite: (offer) => ({ sdp: offer ?? OFFER }) } })
    const { toTag } = bench.established()
    bench.wire.receive(reinvite(toTag, { body: '' }))
    // Another one before that answer is there would leave two offers open.
    bench.wire.receive(reinvite(toTag, { cseq: 3, branch: 'z9hG4bKre2' }))
    expect(bench.statuses()).toEqual([200, 491])
    bench.wire.receive(requestText({ method: 'ACK', toTag, cseq: 2, branch: 'z9hG4bKack2', body: ANSWER }))
    expect(bench.told.acks.at(-1)).toEqual({ sdp: ANSWER, of: 'reinvite' })
  })

  it('whose 200 is never acknowledged ends the session', () => {
    const bench = userAgentBench({ listener: { onReinvite: () => ({ sdp: ANSWER }) } })
    bench.wire.receive(reinvite(bench.established().toTag))
    bench.clock.advance(32_000)
    expect(bench.methods()).toEqual(['BYE'])
    expect(bench.told.ends.map((end) => end.how)).toEqual(['noAck'])
  })

  it('before the call is answered gets 500 with a time to come back; after its end 481', () => {
    const bench = userAgentBench()
    bench.call().ring()
    bench.within('INVITE', { cseq: 2 })
    expect(bench.statuses()).toEqual([100, 180, 500])
    const ended = userAgentBench()
    const { session, toTag } = ended.established()
    session.bye()
    ended.wire.receive(reinvite(toTag))
    expect(ended.statuses()).toEqual([481])
  })

  it('still undecided when the peer hangs up gets 487', () => {
    const bench = userAgentBench({ listener: { onReinvite: () => new Promise(() => undefined) } })
    const { toTag } = bench.established()
    bench.wire.receive(reinvite(toTag))
    bench.wire.receive(requestText({ method: 'BYE', toTag, cseq: 3, branch: 'z9hG4bKb' }))
    expect(bench.statuses()).toEqual([100, 200, 487])
  })
})

describe('re-INVITE of ours (§14.1)', () => {
  const start = () => {
    const bench = userAgentBench()
    const { session } = bench.established()
    const outcomes: ReinviteOutcome[] = []
    const offer = async (): Promise<void> => {
      outcomes.push(await session.reinvite(HOLD))
    }
    return { ...bench, session, outcomes, offer }
  }
  const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  it('is acknowledged when it is answered, and again when the 200 comes again', async () => {
    const { offer, answer, methods, outcomes, last } = start()
    void offer()
    answer('INVITE', 200, { body: ANSWER, contact: '<sip:peer@192.0.2.88>' })
    answer('INVITE', 200, { body: ANSWER })
    await settled()
    expect(methods()).toEqual(['INVITE', 'ACK', 'ACK'])
    expect(firstLine(last('ACK'))).toBe('ACK sip:peer@192.0.2.88 SIP/2.0')
    expect(headerIn(last('ACK'), 'CSeq')).toBe('1 ACK')
    expect(outcomes).toEqual([{ outcome: 'answered', sdp: ANSWER }])
  })

  it('refused with 488 leaves the session as it was', async () => {
    const { offer, answer, outcomes, session } = start()
    void offer()
    answer('INVITE', 488)
    await settled()
    expect(outcomes).toEqual([{ outcome: 'refused', status: 488 }])
    expect(session.status()).toBe('established')
  })

  it('is one at a time, and waits for our own 200’s ACK', async () => {
    const { offer, outcomes } = start()
    void offer()
    void offer()
    await settled()
    expect(outcomes).toEqual([{ outcome: 'notPossible' }])
    const bench = userAgentBench()
    const session = bench.call()
    session.accept(ANSWER)
    expect(await session.reinvite(HOLD)).toEqual({ outcome: 'notPossible' })
  })

  it('meeting the peer’s gets 491 and comes again after 0 to 2 s, for the Call-ID is the peer’s', async () => {
    const { offer, answer, methods, outcomes, clock } = start()
    void offer()
    answer('INVITE', 491)
    clock.advance(999)
    expect(methods()).toEqual(['INVITE', 'ACK'])
    clock.advance(1)
    expect(methods()).toEqual(['INVITE', 'ACK', 'INVITE'])
    answer('INVITE', 200, { body: ANSWER })
    await settled()
    expect(outcomes).toEqual([{ outcome: 'answered', sdp: ANSWER }])
  })

  it('comes again after 2.1 to 4 s in a call of our own, and gives up after five tries', async () => {
    const bench = userAgentBench()
    const session = bench.dial()
    bench.answer('INVITE', 200, { body: ANSWER })
    bench.wire.clear()
    const outcome = session.reinvite(HOLD)
    bench.answer('INVITE', 491)
    bench.clock.advance(3049)
    expect(bench.methods()).toEqual(['INVITE', 'ACK'])
    bench.clock.advance(1)
    for (let tries = 2; tries <= 5; tries++) {
      bench.answer('INVITE', 491)
      bench.clock.advance(3050)
    }
    expect(bench.methods().filter((method) => method === 'INVITE')).toHaveLength(5)
    expect(await outcome).toEqual({ outcome: 'refused', status: 491 })
  })

  it('makes the peer’s own re-INVITE meet 491', () => {
    const bench = userAgentBench({ listener: { onReinvite: () => ({ sdp: ANSWER }) } })
    const { session, toTag } = bench.established()
    void session.reinvite(HOLD)
    bench.wire.receive(reinvite(toTag))
    expect(bench.statuses()).toEqual([491])
  })

  it.each([481, 408])('refused with %s ends the session (§12.2.1.2)', async (status) => {
    const { offer, answer, outcomes, told, methods } = start()
    void offer()
    answer('INVITE', status)
    await settled()
    expect(outcomes).toEqual([{ outcome: 'refused', status }])
    expect(told.ends).toEqual([{ how: 'noResponse', by: 'stack', q850: 102, sipStatus: status }])
    expect(methods()).toEqual(['INVITE', 'ACK', 'BYE'])
  })

  it('that nobody answers ends the session', async () => {
    const { offer, outcomes, told, clock } = start()
    void offer()
    clock.advance(32_000)
    await settled()
    expect(outcomes).toEqual([{ outcome: 'refused', status: 408 }])
    expect(told.ends.map((end) => end.how)).toEqual(['noResponse'])
  })

  it('overtaken by a BYE comes to nothing; a 200 that still arrives is acknowledged', async () => {
    const { offer, answer, outcomes, session, methods } = start()
    void offer()
    session.bye()
    answer('INVITE', 200, { body: ANSWER })
    await settled()
    expect(outcomes).toEqual([{ outcome: 'notPossible' }])
    expect(methods()).toEqual(['INVITE', 'BYE', 'ACK'])
  })

  it.each(['before', 'after'])('that gets 100 %s the hang-up and then nothing is let go of', async (when) => {
    const { offer, answer, session, userAgent, clock } = start()
    void offer()
    if (when === 'before') answer('INVITE', 100)
    session.bye()
    if (when === 'after') answer('INVITE', 100)
    clock.advance(32_000)
    await settled()
    expect(userAgent.transactions().client).toBe(0)
  })
})
