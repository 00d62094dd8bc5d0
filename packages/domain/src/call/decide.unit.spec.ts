import { describe, expect, it } from 'vitest'
import { specify } from '../kernel/decider-specification.ts'
import type { LegId } from '../kernel/ids.ts'
import { after, agent, call, customer, interaction, leg } from '../kernel/testing.ts'
import type { CallCommand } from './commands.ts'
import { callDecider } from './decide.ts'
import type { CallEvent, HangUpCause } from './events.ts'
import { legOf } from './state.ts'

const given = specify(callDecider)
const callId = call('c1')
const theirs = leg('customer')
const ours = leg('agent')
const at = after(0)
const party = { kind: 'agent', agentId: agent('giulia') } as const
const byCustomer: HangUpCause = { q850: 16, sipStatus: null, by: 'customer' }
const byAgent: HangUpCause = { q850: 16, sipStatus: null, by: 'agent' }

const arrival = {
  callId,
  interactionId: interaction('i1'),
  customerId: customer('anna'),
  legId: theirs,
  from: '+390612345678',
  fromRaw: '0612345678',
  fromHeader: 'From',
  to: '+390687654321',
  toRaw: '+390687654321',
  sipCallId: 'a84b4c76e66710@trunk',
  at,
} as const

const receive: CallCommand = { type: 'ReceiveCall', ...arrival }
const received: CallEvent = { type: 'CallReceived', data: arrival }
const about = (legId: LegId) => ({ callId, legId, at })
const ringing = (legId: LegId): CallEvent => ({ type: 'LegRinging', data: about(legId) })
const answered = (legId: LegId): CallEvent => ({ type: 'LegAnswered', data: about(legId) })
const offered: CallEvent = { type: 'LegOffered', data: { ...about(ours), party } }
const held = (legId: LegId, by: 'customer' | 'agent'): CallEvent => ({
  type: 'LegHeld',
  data: { ...about(legId), by },
})
const resumed = (legId: LegId, by: 'customer' | 'agent'): CallEvent => ({
  type: 'LegResumed',
  data: { ...about(legId), by },
})
const bridged: CallEvent = { type: 'LegsBridged', data: { callId, legIds: [theirs, ours], at } }
const legEnded = (legId: LegId, cause: HangUpCause): CallEvent => ({
  type: 'LegEnded',
  data: { ...about(legId), cause },
})
const callEnded = (cause: HangUpCause): CallEvent => ({ type: 'CallEnded', data: { callId, cause, at } })

const WAITING = [received, ringing(theirs), answered(theirs)]
const RINGING_AGENT = [...WAITING, offered, ringing(ours)]
const READY = [...RINGING_AGENT, answered(ours)]
const TALKING = [...READY, bridged]
const OVER = [...TALKING, legEnded(theirs, byCustomer), legEnded(ours, byCustomer), callEnded(byCustomer)]

const bridge: CallCommand = { type: 'Bridge', callId, legIds: [theirs, ours], at }
const hold: CallCommand = { type: 'Hold', callId, legId: theirs, by: 'agent', at }
const resume: CallCommand = { type: 'Resume', callId, legId: theirs, by: 'agent', at }
const endLeg = (legId: LegId, cause: HangUpCause): CallCommand => ({
  type: 'EndLeg',
  callId,
  legId,
  cause,
  at,
})

describe('a call', () => {
  it('is received once', () => {
    given([]).when(receive).then([received])
    given([received]).when(receive).thenNothing()
    given([received])
      .when({ ...receive, sipCallId: 'another' })
      .thenRefused('CALL_EXISTS', { callId })
  })

  it('has to be there before anything happens to it', () => {
    given([]).when(bridge).thenRefused('CALL_UNKNOWN', { callId })
    given([]).when({ type: 'EndCall', callId, cause: byCustomer, at }).thenRefused('CALL_UNKNOWN')
  })

  it('takes no new leg once it has ended', () => {
    given(OVER)
      .when({ type: 'OfferLeg', callId, legId: leg('late'), party, at })
      .thenRefused('CALL_ENDED', { callId })
  })
})

describe('a leg', () => {
  it('is offered once', () => {
    given(WAITING).when({ type: 'OfferLeg', callId, legId: ours, party, at }).then([offered])
    given(RINGING_AGENT).when({ type: 'OfferLeg', callId, legId: ours, party, at }).thenNothing()
  })

  it('rings and is answered, each once', () => {
    given([received])
      .when({ type: 'RecordRinging', ...about(theirs) })
      .then([ringing(theirs)])
    given([received])
      .when({ type: 'RecordAnswer', ...about(theirs) })
      .then([answered(theirs)])
    given(WAITING)
      .when({ type: 'RecordAnswer', ...about(theirs) })
      .thenNothing()
    given(WAITING)
      .when({ type: 'RecordRinging', ...about(theirs) })
      .thenNothing()
  })

  it('that nobody knows is refused', () => {
    const unknown = leg('unknown')
    given(WAITING)
      .when({ type: 'RecordAnswer', ...about(unknown) })
      .thenRefused('LEG_UNKNOWN', { callId, legId: unknown })
  })

  describe('of an agent who was muted', () => {
    const moved = leg('moved')
    const treated = (treatment: 'music' | 'holdMusic'): CallEvent => ({
      type: 'TreatmentStarted',
      data: { ...about(theirs), treatment },
    })
    const muted = (legId: LegId): CallEvent => ({ type: 'LegMuted', data: about(legId) })
    const offeredTo = (legId: LegId, to = party): CallEvent => ({
      type: 'LegOffered',
      data: { ...about(legId), party: to },
    })
    const MUTED = [...TALKING, muted(ours)]
    const LEFT_MUTED = [...MUTED, legEnded(ours, byAgent), treated('holdMusic')]
    const answer: CallCommand = { type: 'RecordAnswer', ...about(moved) }

    it('is muted where the conversation goes on, whichever end comes first', () => {
      given([...LEFT_MUTED, offeredTo(moved)])
        .when(answer)
        .then([answered(moved), muted(moved)])
      given([...MUTED, offeredTo(moved)])
        .when(answer)
        .then([answered(moved), muted(moved)])
    })

    it('is muted also past a leg that never was answered, and over two moves', () => {
      const again = leg('again')
      given([...LEFT_MUTED, offeredTo(again), legEnded(again, byAgent), offeredTo(moved)])
        .when(answer)
        .then([answered(moved), muted(moved)])
      given([...LEFT_MUTED, offeredTo(again), answered(again), muted(again), offeredTo(moved)])
        .when(answer)
        .then([answered(moved), muted(moved)])
    })

    it('is open after it was unmuted, from the queue, and for another agent', () => {
      const unmuted: CallEvent = { type: 'LegUnmuted', data: about(ours) }
      given([...MUTED, unmuted, legEnded(ours, byAgent), treated('holdMusic'), offeredTo(moved)])
        .when(answer)
        .then([answered(moved)])
      given([...LEFT_MUTED, treated('music'), offeredTo(moved)])
        .when(answer)
        .then([answered(moved)])
      given([...LEFT_MUTED, offeredTo(moved, { kind: 'agent', agentId: agent('marco') })])
        .when(answer)
        .then([answered(moved)])
    })
  })

  it('that has ended does not come back', () => {
    given([...TALKING, legEnded(ours, byAgent)])
      .when({ type: 'RecordAnswer', ...about(ours) })
      .thenRefused('LEG_ENDED', { callId, legId: ours })
  })

  it.each([
    { type: 'Hold', by: 'agent' },
    { type: 'Resume', by: 'agent' },
    { type: 'Mute' },
    { type: 'Unmute' },
    { type: 'RecordDigit', digit: '5' },
    { type: 'StartTreatment', treatment: 'music' },
  ] as const)('that is not answered yet refuses $type', (command) => {
    given(RINGING_AGENT)
      .when({ ...command, ...about(ours) })
      .thenRefused('ILLEGAL_LEG_MOVE', { callId, legId: ours, from: 'ringing', command: command.type })
  })

  it('hears one treatment at a time', () => {
    const music: CallCommand = { type: 'StartTreatment', ...about(theirs), treatment: 'music' }
    const started: CallEvent = { type: 'TreatmentStarted', data: { ...about(theirs), treatment: 'music' } }
    given(WAITING).when(music).then([started])
    given([...WAITING, started])
      .when(music)
      .thenNothing()
    given([...READY, started, bridged])
      .when(music)
      .then([started])
  })

  it('records each digit', () => {
    const digit: CallEvent = { type: 'DigitReceived', data: { ...about(theirs), digit: '5' } }
    given([...TALKING, digit])
      .when({ type: 'RecordDigit', ...about(theirs), digit: '5' })
      .then([digit])
  })

  it('is muted and unmuted, each once', () => {
    const muted: CallEvent = { type: 'LegMuted', data: about(ours) }
    given(TALKING)
      .when({ type: 'Mute', ...about(ours) })
      .then([muted])
    given([...TALKING, muted])
      .when({ type: 'Mute', ...about(ours) })
      .thenNothing()
    given([...TALKING, muted])
      .when({ type: 'Unmute', ...about(ours) })
      .then([{ type: 'LegUnmuted', data: about(ours) }])
    given(TALKING)
      .when({ type: 'Unmute', ...about(ours) })
      .thenNothing()
  })
})

describe('the bridge', () => {
  it('joins two legs whose media stands, once', () => {
    given(READY).when(bridge).then([bridged])
    given(TALKING).when(bridge).thenNothing()
    given(TALKING)
      .when({ ...bridge, legIds: [ours, theirs] })
      .thenNothing()
  })

  it('waits for both', () => {
    given(RINGING_AGENT)
      .when(bridge)
      .thenRefused('ILLEGAL_LEG_MOVE', { callId, legId: ours, from: 'ringing', command: 'Bridge' })
  })

  it('ends what was played, and no hold: who comes back on a new leg finds the caller as before', () => {
    const next = leg('next')
    for (const by of ['customer', 'agent'] as const)
      given([
        ...TALKING,
        held(theirs, by),
        legEnded(ours, byAgent),
        { type: 'TreatmentStarted', data: { ...about(theirs), treatment: 'holdMusic' } },
        { type: 'LegOffered', data: { ...about(next), party } },
        answered(next),
        { type: 'LegsBridged', data: { callId, legIds: [theirs, next], at } },
      ]).thenState((state) =>
        expect(legOf(state, theirs)).toMatchObject({ status: 'held', by: [by], treatment: 'none' }),
      )
  })
})

describe('hold', () => {
  it('is held and resumed, each once', () => {
    given(TALKING)
      .when(hold)
      .then([held(theirs, 'agent')])
    given([...TALKING, held(theirs, 'agent')])
      .when(hold)
      .thenNothing()
    given([...TALKING, held(theirs, 'agent')])
      .when(resume)
      .then([resumed(theirs, 'agent')])
    given(TALKING).when(resume).thenNothing()
  })

  it('of both sides lasts until both have resumed', () => {
    const both = [...TALKING, held(theirs, 'agent'), held(theirs, 'customer')]
    given([...both, resumed(theirs, 'agent')]).thenState((state) =>
      expect(legOf(state, theirs)).toMatchObject({ status: 'held', by: ['customer'] }),
    )
    given([...both, resumed(theirs, 'agent'), resumed(theirs, 'customer')]).thenState((state) =>
      expect(legOf(state, theirs)?.status).toBe('answered'),
    )
  })

  it('keeps the leg muted', () => {
    given([
      ...TALKING,
      { type: 'LegMuted', data: about(theirs) },
      held(theirs, 'agent'),
      resumed(theirs, 'agent'),
    ]).thenState((state) => expect(legOf(state, theirs)).toMatchObject({ microphone: 'muted' }))
  })
})

describe('hanging up', () => {
  it('by the customer ends every leg and the call', () => {
    given(TALKING)
      .when(endLeg(theirs, byCustomer))
      .then([legEnded(theirs, byCustomer), legEnded(ours, byCustomer), callEnded(byCustomer)])
  })

  it('by the customer who waits ends the call', () => {
    given(WAITING)
      .when(endLeg(theirs, byCustomer))
      .then([legEnded(theirs, byCustomer), callEnded(byCustomer)])
  })

  it('of the agent’s leg leaves the customer in the call', () => {
    given(TALKING)
      .when(endLeg(ours, byAgent))
      .then([legEnded(ours, byAgent)])
    given([...TALKING, legEnded(ours, byAgent)]).thenState((state) =>
      expect(state).toMatchObject({ status: 'live', bridge: null }),
    )
  })

  it('told twice, or after the call, does nothing', () => {
    given([...TALKING, legEnded(ours, byAgent)])
      .when(endLeg(ours, byAgent))
      .thenNothing()
    given(OVER).when(endLeg(ours, byAgent)).thenNothing()
    given(OVER).when({ type: 'EndCall', callId, cause: byAgent, at }).thenNothing()
  })

  it('ends the call as a whole, with the legs that live', () => {
    given([...TALKING, legEnded(ours, byAgent)])
      .when({ type: 'EndCall', callId, cause: byAgent, at })
      .then([legEnded(theirs, byAgent), callEnded(byAgent)])
  })
})
