import { describe, expect, test } from 'vitest'
import { carryOut } from '../edge/order-handler.ts'
import type { EdgeOrder } from '../edge-contract/orders.ts'
import type { OrderBody } from '../edge-contract/voice-edge.ts'
import { MediaError } from '../media/media-error.ts'
import { createTestControl, fakeSession, offerOf } from './testing.ts'

const setUp = () => {
  const control = createTestControl()
  let n = 0
  const order = async (body: OrderBody) => {
    n += 1
    const answer = await carryOut(control.context, { orderId: `o${n}`, ...body } as EdgeOrder)
    return answer.ok ? answer.result : answer.code
  }
  /** A caller whose call stands. */
  const answered = async () => {
    const session = control.invite()
    const arrived = control.facts.at(-1)
    const legId = arrived?.type === 'CallArrived' ? arrived.legId : ''
    await order({ type: 'AnswerLeg', legId })
    session.listener.onAck?.({ sdp: null, of: 'invite' })
    const media = control.media.sipLegs.at(-1)
    if (media === undefined) throw new Error('no media')
    return { session, legId, media }
  }
  /** A browser whose microphone is heard. */
  const browser = async (legId: string, bridgeWith?: string) => {
    await order({ type: 'OpenBrowserLeg', legId, ...(bridgeWith === undefined ? {} : { bridgeWith }) })
    const media = control.media.browserLegs.at(-1)
    if (media === undefined) throw new Error('no media')
    return { legId, media, ready: () => media.listener.onReady?.() }
  }
  const bridged = async () => {
    const caller = await answered()
    const agent = await browser('agent', caller.legId)
    agent.ready()
    await order({ type: 'BridgeLegs', legIds: [caller.legId, 'agent'] })
    return { caller, agent }
  }
  return { ...control, order, answered, browser, bridged }
}

describe('a call from outside', () => {
  test('is told to the hub, rings, is answered in its own codec and stands after ACK', async () => {
    const { invite, order, facts, media } = setUp()
    const session = invite()
    expect(facts[0]).toMatchObject({ type: 'CallArrived', legId: 'leg-1', from: { uri: session.from.uri } })
    expect(await order({ type: 'RingLeg', legId: 'leg-1' })).toEqual({})
    expect(await order({ type: 'AnswerLeg', legId: 'leg-1' })).toEqual({ codec: 'PCMA' })
    session.listener.onAck?.({ sdp: null, of: 'invite' })
    expect(facts.at(-1)).toEqual({ type: 'LegEstablished', legId: 'leg-1', codec: 'PCMA' })
    expect(session.did).toEqual(['ring', 'accept'])
    expect(media.sipLegs[0]?.sessions[0]).toMatchObject({
      format: { law: 'PCMA', payloadType: 8 },
      remote: { address: '192.0.2.7', port: 4_000 },
      sends: true,
    })
  })

  test('whose caller asked for privacy is told of as anonymous, whatever the network vouches for', () => {
    const { invite, facts } = setUp()
    const assertedIdentity = { uri: 'tel:+390276543210', user: '+390276543210', displayName: 'Anna' }
    invite(fakeSession(offerOf(['PCMA']), { assertedIdentity, identityWithheld: true }))
    expect(facts[0]).toMatchObject({
      from: { uri: 'sip:anonymous@anonymous.invalid', displayName: null },
      assertedIdentity: null,
    })
    expect(JSON.stringify(facts)).not.toMatch(/390276543210|390299988877|Anna/)
  })

  test.each([
    ['hubAway', 503],
    ['factsFull', 503],
    ['notAdmitted', 503],
    ['shuttingDown', 503],
  ] as const)('is refused while %s', (noRoom, status) => {
    const { invite, situation, facts } = setUp()
    situation.noRoom = noRoom
    expect(invite().did).toEqual([`reject ${status}`])
    expect(facts).toEqual([{ type: 'CallRefused', sipCallId: 'call-id', status, why: noRoom }])
  })

  test('is refused with 503 past the most legs', () => {
    const { invite, facts } = setUp()
    for (let i = 0; i < 4; i++) invite()
    expect(invite().did).toEqual(['reject 503'])
    expect(facts.at(-1)).toMatchObject({ type: 'CallRefused', why: 'legsFull' })
  })

  test('without a common codec gets 488, with broken SDP 400, and no leg is made', () => {
    const { invite, context, facts } = setUp()
    const opusOnly = offerOf(['PCMU'])
      .replace('RTP/AVP 0', 'RTP/AVP 96')
      .replaceAll('rtpmap:0 PCMU/8000', 'rtpmap:96 opus/48000/2')
    expect(invite(fakeSession(opusOnly)).did).toEqual(['reject 488'])
    expect(invite(fakeSession('no SDP at all')).did).toEqual(['reject 400'])
    expect(facts.map(({ type }) => type)).toEqual(['CallRefused', 'CallRefused'])
    expect(context.legs.size).toBe(0)
  })

  test('that the hub says nothing about is refused with 503 after the limit', () => {
    const { invite, clock, facts } = setUp()
    const session = invite()
    clock.advance(9_999)
    expect(session.did).toEqual([])
    clock.advance(1)
    expect(session.did).toEqual(['reject 503'])
    expect(facts.at(-1)).toMatchObject({ type: 'LegEnded', cause: { sipStatus: 503, by: 'edge' } })
  })

  test('that rings is not refused for waiting', async () => {
    const { invite, clock, order } = setUp()
    const session = invite()
    await order({ type: 'RingLeg', legId: 'leg-1' })
    clock.advance(60_000)
    expect(session.did).toEqual(['ring'])
    expect(clock.pending()).toBe(0)
  })

  test('that is cancelled ends its leg, and orders to it are told so', async () => {
    const { invite, order, facts } = setUp()
    invite().listener.onEnded({ how: 'cancelled', by: 'peer', q850: 16, sipStatus: 487 })
    expect(facts.at(-1)).toEqual({
      type: 'LegEnded',
      legId: 'leg-1',
      cause: { q850: 16, sipStatus: 487, by: 'peer' },
    })
    expect(await order({ type: 'AnswerLeg', legId: 'leg-1' })).toBe('LEG_ENDED')
    expect(await order({ type: 'AnswerLeg', legId: 'never' })).toBe('LEG_UNKNOWN')
  })

  test('whose CANCEL crosses our answer frees its media again', async () => {
    const { invite, order, media } = setUp()
    const session = fakeSession()
    invite(session)
    session.cancelBeforeAccept()
    expect(await order({ type: 'AnswerLeg', legId: 'leg-1' })).toBe('LEG_ENDED')
    expect(media.sipLegs[0]?.closed).toBe(true)
  })

  test('answered twice takes one port', async () => {
    const { invite, order, media } = setUp()
    invite()
    const answers = await Promise.all([
      order({ type: 'AnswerLeg', legId: 'leg-1' }),
      order({ type: 'AnswerLeg', legId: 'leg-1' }),
    ])
    expect(answers).toEqual([{ codec: 'PCMA' }, { codec: 'PCMA' }])
    expect(media.sipLegs).toHaveLength(1)
  })

  test('for which no port is free can be refused or tried again', async () => {
    const { invite, order, media } = setUp()
    invite()
    media.failWith(new MediaError('NO_PORT_FREE', 'none'))
    expect(await order({ type: 'AnswerLeg', legId: 'leg-1' })).toBe('MEDIA_FAILED')
    media.failWith(null)
    expect(await order({ type: 'AnswerLeg', legId: 'leg-1' })).toEqual({ codec: 'PCMA' })
  })

  test('without an offer gets ours, and the answer in its ACK connects the media', async () => {
    const { invite, order, media, facts } = setUp()
    const session = invite(fakeSession(null))
    expect(await order({ type: 'AnswerLeg', legId: 'leg-1' })).toEqual({ codec: null })
    expect(session.accepted).toContain('m=audio')
    expect(media.sipLegs[0]?.sessions).toEqual([])
    session.listener.onAck?.({ sdp: offerOf(['PCMU']), of: 'invite' })
    expect(media.sipLegs[0]?.sessions).toHaveLength(1)
    expect(facts.at(-1)).toEqual({ type: 'LegEstablished', legId: 'leg-1', codec: 'PCMU' })
  })

  test('whose ACK brings an answer that we cannot use is hung up', async () => {
    const { invite, order, facts } = setUp()
    const session = invite(fakeSession(null))
    await order({ type: 'AnswerLeg', legId: 'leg-1' })
    session.listener.onAck?.({ sdp: 'broken', of: 'invite' })
    expect(session.did).toEqual(['accept', 'bye 88'])
    expect(facts.at(-1)).toMatchObject({ type: 'LegEnded', cause: { q850: 88, by: 'edge' } })
  })
})

describe('an answered caller', () => {
  test('hears what is ordered, and the end of the greeting is told', async () => {
    const { answered, order, facts } = setUp()
    const { legId, media } = await answered()
    await order({ type: 'PlayToLeg', legId, source: 'greetingThenMusic' })
    expect(media.heard).toEqual(['silence', 'greetingThenMusic'])
    media.listener.onGreetingFinished?.()
    expect(facts.at(-1)).toEqual({ type: 'PlaybackFinished', legId, prompt: 'greeting' })
  })

  test('presses a key', async () => {
    const { answered, facts } = setUp()
    const { legId, media } = await answered()
    media.listener.onDigit?.({ digit: '7', durationMilliseconds: 80 })
    expect(facts.at(-1)).toEqual({ type: 'DigitReceived', legId, digit: '7', durationMilliseconds: 80 })
  })

  test("puts us on hold and resumes by re-INVITE: told once each, our SDP's version goes up", async () => {
    const { answered, facts, factTypes } = setUp()
    const { session, media } = await answered()
    const versions = [session.accepted ?? '']
    for (const direction of ['sendonly', 'sendonly', 'sendrecv'] as const) {
      const decision = await session.listener.onReinvite?.(offerOf(['PCMA'], direction))
      if (decision !== undefined && 'sdp' in decision) versions.push(decision.sdp)
    }
    expect(factTypes().slice(2)).toEqual(['HeldByPeer', 'ResumedByPeer'])
    expect(facts).toHaveLength(4)
    expect(media.sessions.map(({ sends }) => sends)).toEqual([true, false, false, true])
    // RFC 3264 §8: raised by one when the description changes, the same when it does not.
    const numbers = versions.map((sdp) => Number(/o=\S+ \d+ (\d+)/.exec(sdp)?.[1]))
    expect(numbers).toEqual([1, 2, 2, 3])
  })

  test('whose re-INVITE has no common codec gets 488 and stays as it was', async () => {
    const { answered } = setUp()
    const { session, media } = await answered()
    expect(await session.listener.onReinvite?.('broken')).toEqual({ refuse: 400 })
    expect(media.sessions).toHaveLength(1)
  })

  test('is hung up by order: BYE with the cause, by the hub', async () => {
    const { answered, order, facts } = setUp()
    const { legId, session, media } = await answered()
    await order({ type: 'HangUpLeg', legId, reason: { q850: 16, sipStatus: null } })
    expect(session.did.at(-1)).toBe('bye 16')
    expect(facts.at(-1)).toEqual({ type: 'LegEnded', legId, cause: { q850: 16, sipStatus: null, by: 'hub' } })
    expect(media.closed).toBe(true)
    expect(await order({ type: 'HangUpLeg', legId, reason: { q850: 16, sipStatus: null } })).toBe('LEG_ENDED')
  })

  test('that falls silent for good is lost and hung up by the edge', async () => {
    const { answered, facts } = setUp()
    const { legId, session, media } = await answered()
    media.listener.onLost?.('silent')
    expect(facts.slice(-2)).toEqual([
      { type: 'MediaLost', legId, why: 'silent' },
      { type: 'LegEnded', legId, cause: { q850: 41, sipStatus: null, by: 'edge' } },
    ])
    expect(session.did.at(-1)).toBe('bye 41')
  })

  test('cannot be rung, or treated as a browser', async () => {
    const { answered, order } = setUp()
    const { legId } = await answered()
    expect(await order({ type: 'RingLeg', legId })).toBe('WRONG_LEG_STATE')
    expect(await order({ type: 'CreateBrowserTransport', legId, direction: 'send' })).toBe('WRONG_LEG_KIND')
  })
})

describe("a browser's leg", () => {
  test('lists only the codec of the leg that it is meant for', async () => {
    const { answered, browser } = setUp()
    const { legId } = await answered()
    expect((await browser('agent', legId)).media.laws).toEqual(['PCMA'])
    expect((await browser('other')).media.laws).toEqual(['PCMU', 'PCMA'])
  })

  test('is opened once', async () => {
    const { browser, order } = setUp()
    await browser('agent')
    expect(await order({ type: 'OpenBrowserLeg', legId: 'agent' })).toBe('WRONG_LEG_STATE')
  })

  test('is ready once, when its microphone is heard', async () => {
    const { browser, factTypes } = setUp()
    const agent = await browser('agent')
    agent.ready()
    agent.ready()
    expect(factTypes()).toEqual(['BrowserLegReady'])
  })

  test('refuses a transport that it does not have, and a SIP order', async () => {
    const { browser, order } = setUp()
    await browser('agent')
    const wrong = { legId: 'agent', transportId: 'none' }
    expect(await order({ type: 'ConnectBrowserTransport', ...wrong, dtlsParameters: {} })).toBe(
      'TRANSPORT_UNKNOWN',
    )
    expect(await order({ type: 'AnswerLeg', legId: 'agent' })).toBe('WRONG_LEG_KIND')
  })

  test('that loses its media ends, and is told', async () => {
    const { browser, factTypes, order } = setUp()
    const agent = await browser('agent')
    agent.media.listener.onLost?.('transportLost')
    expect(factTypes()).toEqual(['MediaLost', 'LegEnded'])
    expect(await order({ type: 'HangUpLeg', legId: 'agent', reason: { q850: 16, sipStatus: null } })).toBe(
      'LEG_ENDED',
    )
  })
})

describe('a bridge', () => {
  test('waits until both media paths stand; the caller hears music until then', async () => {
    const { answered, browser, order } = setUp()
    const caller = await answered()
    await order({ type: 'PlayToLeg', legId: caller.legId, source: 'music' })
    const agent = await browser('agent', caller.legId)
    const bridging = order({ type: 'BridgeLegs', legIds: [caller.legId, 'agent'] })
    await Promise.resolve()
    expect(caller.media.heard.at(-1)).toBe('music')
    agent.ready()
    expect(await bridging).toEqual({})
    expect(caller.media.heard.at(-1)).toBe(agent.media)
    expect(agent.media.heard.at(-1)).toBe(caller.media)
  })

  test('is given up when the media does not stand in time, or a leg ends meanwhile', async () => {
    const { answered, browser, order, clock } = setUp()
    const caller = await answered()
    await browser('agent', caller.legId)
    const late = order({ type: 'BridgeLegs', legIds: [caller.legId, 'agent'] })
    clock.advance(5_000)
    expect(await late).toBe('MEDIA_FAILED')

    const cut = order({ type: 'BridgeLegs', legIds: [caller.legId, 'agent'] })
    caller.session.listener.onEnded({ how: 'bye', by: 'peer', q850: 16, sipStatus: null })
    expect(await cut).toBe('LEG_ENDED')
  })

  test('of a leg that is bridged elsewhere, unanswered or itself is refused; the same one again is not', async () => {
    const { bridged, invite, answered, order } = setUp()
    const { caller } = await bridged()
    const other = await answered()
    invite()
    expect(await order({ type: 'BridgeLegs', legIds: [other.legId, 'agent'] })).toBe('WRONG_LEG_STATE')
    expect(await order({ type: 'BridgeLegs', legIds: ['leg-3', other.legId] })).toBe('WRONG_LEG_STATE')
    expect(await order({ type: 'BridgeLegs', legIds: [other.legId, other.legId] })).toBe('WRONG_LEG_STATE')
    expect(await order({ type: 'BridgeLegs', legIds: ['agent', caller.legId] })).toEqual({})
  })

  test('held: the other side hears hold music, who holds hears nothing; resumed: each other', async () => {
    const { bridged, order } = setUp()
    const { caller, agent } = await bridged()
    await order({ type: 'HoldLeg', legId: 'agent' })
    expect([caller.media.heard.at(-1), agent.media.heard.at(-1)]).toEqual(['holdMusic', 'silence'])
    await order({ type: 'ResumeLeg', legId: 'agent' })
    expect([caller.media.heard.at(-1), agent.media.heard.at(-1)]).toEqual([agent.media, caller.media])
  })

  test('held before it is bridged: neither hears the other for a moment', async () => {
    const { answered, browser, order } = setUp()
    const caller = await answered()
    const agent = await browser('agent', caller.legId)
    agent.media.listener.onReady?.()
    await order({ type: 'HoldLeg', legId: 'agent' })
    await order({ type: 'BridgeLegs', legIds: [caller.legId, 'agent'] })
    expect(caller.media.heard).not.toContain(agent.media)
    expect([caller.media.heard.at(-1), agent.media.heard.at(-1)]).toEqual(['holdMusic', 'silence'])
    await order({ type: 'ResumeLeg', legId: 'agent' })
    expect([caller.media.heard.at(-1), agent.media.heard.at(-1)]).toEqual([agent.media, caller.media])
  })

  test('muted: the other side hears silence, who is muted hears on', async () => {
    const { bridged, order } = setUp()
    const { caller, agent } = await bridged()
    await order({ type: 'MuteLeg', legId: 'agent' })
    expect([caller.media.heard.at(-1), agent.media.heard.at(-1)]).toEqual(['silence', caller.media])
    await order({ type: 'HoldLeg', legId: 'agent' })
    await order({ type: 'ResumeLeg', legId: 'agent' })
    expect(caller.media.heard.at(-1)).toBe('silence')
    await order({ type: 'UnmuteLeg', legId: 'agent' })
    expect(caller.media.heard.at(-1)).toBe(agent.media)
  })

  test('taken apart by order leaves both in silence, able to be bridged again', async () => {
    const { bridged, order } = setUp()
    const { caller, agent } = await bridged()
    await order({ type: 'HoldLeg', legId: 'agent' })
    expect(await order({ type: 'UnbridgeLegs', legIds: [caller.legId, 'agent'] })).toEqual({})
    expect([caller.media.heard.at(-1), agent.media.heard.at(-1)]).toEqual(['silence', 'silence'])
    expect(await order({ type: 'UnbridgeLegs', legIds: [caller.legId, 'agent'] })).toBe('WRONG_LEG_STATE')
    expect(await order({ type: 'PlayToLeg', legId: caller.legId, source: 'music' })).toEqual({})
    expect(await order({ type: 'BridgeLegs', legIds: [caller.legId, 'agent'] })).toEqual({})
  })

  test("whose agent's browser is lost gives the caller music at once", async () => {
    const { bridged } = setUp()
    const { caller, agent } = await bridged()
    agent.media.listener.onLost?.('transportLost')
    expect(caller.media.heard.at(-1)).toBe('music')
  })

  test("whose agent's browser says nothing any more gives the caller music, and each other again when it does", async () => {
    const { bridged } = setUp()
    const { caller, agent } = await bridged()
    agent.media.listener.onStalled?.()
    expect([caller.media.heard.at(-1), agent.media.heard.at(-1)]).toEqual(['holdMusic', caller.media])
    agent.media.listener.onFlowing?.()
    expect(caller.media.heard.at(-1)).toBe(agent.media)
  })

  test('given up by the hub after its browser fell silent leaves the caller with the music that plays', async () => {
    const { bridged, order } = setUp()
    const { caller, agent } = await bridged()
    agent.media.listener.onStalled?.()
    await order({ type: 'HangUpLeg', legId: 'agent', reason: { q850: 41, sipStatus: null } })
    expect(caller.media.heard.at(-1)).toBe('holdMusic')
  })

  test('whose caller hangs up leaves the agent in silence, or in music while nobody attends', async () => {
    const first = setUp()
    const present = await first.bridged()
    present.caller.session.listener.onEnded({ how: 'bye', by: 'peer', q850: 16, sipStatus: null })
    expect(present.agent.media.heard.at(-1)).toBe('silence')

    const second = setUp()
    const away = await second.bridged()
    second.situation.away = true
    away.caller.session.listener.onEnded({ how: 'bye', by: 'peer', q850: 16, sipStatus: null })
    expect(away.agent.media.heard.at(-1)).toBe('music')
  })

  test('refuses music for one of its legs', async () => {
    const { bridged, order } = setUp()
    const { caller } = await bridged()
    expect(await order({ type: 'PlayToLeg', legId: caller.legId, source: 'music' })).toBe('WRONG_LEG_STATE')
  })
})
