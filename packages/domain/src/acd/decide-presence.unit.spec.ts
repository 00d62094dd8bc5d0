import { describe, expect, it } from 'vitest'
import { specify } from '../kernel/decider-specification.ts'
import { after, agent, interaction } from '../kernel/testing.ts'
import { NOTHING_CARRIED_OVER } from './carry-over.ts'
import { floorDecider } from './decide.ts'
import type { FloorEvent } from './events.ts'
import { agentOnFloor } from './state.ts'
import {
  becameNotReady,
  becameReady,
  command,
  dayOpened,
  enqueued,
  floorId,
  offerAccepted,
  offered,
  signedOn,
  wrapUpFinished,
  wrapUpStarted,
} from './testing.ts'

const given = specify(floorDecider)
const agentId = agent('giulia')
const ON_BREAK = [dayOpened, signedOn('giulia', 1)]
const READY = [...ON_BREAK, becameReady('giulia', 2)]
const RESERVED = [...READY, enqueued('w', 3), offered('o', 'w', 'giulia', 4)]
const ENGAGED = [...RESERVED, offerAccepted('o', 'w', 'giulia', 5)]
const IN_WRAP_UP = [...ENGAGED, wrapUpStarted('giulia', 'w', 60)]

const signedOff: FloorEvent = { type: 'AgentSignedOff', data: { floorId, agentId, at: after(99) } }
const becomeReady = command('BecomeReady', 99, { agentId })
const becomeNotReady = command('BecomeNotReady', 99, { agentId, reason: 'break' })
const signOff = command('SignOff', 99, { agentId })
const signOn = command('SignOn', 99, { agentId, skills: ['support'] })

describe('a floor’s day', () => {
  const open = command('OpenFloorDay', 0, { day: '2026-11-24', carriedOver: NOTHING_CARRIED_OVER })

  it('is opened once', () => {
    given([]).when(open).then([dayOpened])
    given([dayOpened]).when(open).thenRefused('FLOOR_DAY_OPEN', { floorId })
  })

  it('takes nothing before it is open', () => {
    given([]).when(becomeReady).thenRefused('FLOOR_DAY_NOT_OPEN', { floorId })
    given([])
      .when(command('RemoveWork', 1, { interactionId: interaction('w'), why: 'failed' }))
      .thenRefused('FLOOR_DAY_NOT_OPEN')
  })
})

describe('signing on', () => {
  it('puts the agent on the floor, not ready', () => {
    given([dayOpened])
      .when(signOn)
      .then([signedOn('giulia', 99)])
    given([dayOpened, signedOn('giulia', 99)]).thenState((state) =>
      expect(agentOnFloor(state, agentId)?.presence).toEqual({
        status: 'notReady',
        reason: 'break',
        since: after(99),
      }),
    )
  })

  it('again does nothing, in whatever order the skills are told', () => {
    const both = [dayOpened, signedOn('giulia', 1, ['support', 'billing'])]
    given(both)
      .when(command('SignOn', 99, { agentId, skills: ['billing', 'support'] }))
      .thenNothing()
  })

  it('with other skills changes them and leaves the presence', () => {
    given(READY)
      .when(command('SignOn', 99, { agentId, skills: ['billing'] }))
      .thenState((state) =>
        expect(agentOnFloor(state, agentId)).toEqual({
          agentId,
          skills: ['billing'],
          presence: { status: 'ready', since: after(2) },
        }),
      )
  })
})

describe('becoming ready', () => {
  it('is for who is on the floor', () => {
    given([dayOpened]).when(becomeReady).thenRefused('AGENT_NOT_ON_FLOOR', { agentId })
  })

  it('ends a break', () => {
    given(ON_BREAK)
      .when(becomeReady)
      .then([becameReady('giulia', 99)])
  })

  it('again does nothing, so the place among the ready is kept', () => {
    given(READY).when(becomeReady).thenNothing()
  })

  it('ends the wrap-up', () => {
    given(IN_WRAP_UP)
      .when(becomeReady)
      .then([wrapUpFinished('giulia', 'w', 99)])
  })

  it.each([
    ['reserved', RESERVED],
    ['engaged', ENGAGED],
  ])('is refused while the agent is %s', (status, history) => {
    given(history).when(becomeReady).thenRefused('AGENT_BUSY', { agentId, status })
  })
})

describe('becoming not ready', () => {
  it('is for who is on the floor', () => {
    given([dayOpened]).when(becomeNotReady).thenRefused('AGENT_NOT_ON_FLOOR', { agentId })
  })

  it('is told again only with another reason', () => {
    given(READY)
      .when(becomeNotReady)
      .then([becameNotReady('giulia', 99, 'break')])
    given(ON_BREAK).when(becomeNotReady).thenNothing()
    given(ON_BREAK)
      .when(command('BecomeNotReady', 99, { agentId, reason: 'training' }))
      .then([becameNotReady('giulia', 99, 'training')])
  })

  it('from wrap-up leaves no moment in which an offer could come', () => {
    given(IN_WRAP_UP)
      .when(becomeNotReady)
      .then([wrapUpFinished('giulia', 'w', 99), becameNotReady('giulia', 99, 'break')])
  })

  it.each([
    ['reserved', RESERVED],
    ['engaged', ENGAGED],
  ])('is refused while the agent is %s', (status, history) => {
    given(history).when(becomeNotReady).thenRefused('AGENT_BUSY', { agentId, status })
  })
})

describe('signing off', () => {
  it('takes the agent off the floor', () => {
    given(READY).when(signOff).then([signedOff])
    given([...READY, signedOff]).thenState((state) => expect(agentOnFloor(state, agentId)).toBeUndefined())
  })

  it('does nothing for who is off the floor', () => {
    given([dayOpened]).when(signOff).thenNothing()
  })

  it('ends the wrap-up', () => {
    given(IN_WRAP_UP)
      .when(signOff)
      .then([wrapUpFinished('giulia', 'w', 99), signedOff])
  })

  it.each([
    ['reserved', RESERVED],
    ['engaged', ENGAGED],
  ])('is refused while the agent is %s', (status, history) => {
    given(history).when(signOff).thenRefused('AGENT_BUSY', { agentId, status })
  })
})

describe('finishing the wrap-up', () => {
  it('makes the agent ready from that moment', () => {
    given(IN_WRAP_UP)
      .when(command('FinishWrapUp', 70, { agentId, how: 'byAgent' }))
      .then([wrapUpFinished('giulia', 'w', 70)])
    given([...IN_WRAP_UP, wrapUpFinished('giulia', 'w', 70)]).thenState((state) =>
      expect(agentOnFloor(state, agentId)?.presence).toEqual({ status: 'ready', since: after(70) }),
    )
  })

  it('by the clock waits for the time', () => {
    given(IN_WRAP_UP)
      .when(command('FinishWrapUp', 89, { agentId, how: 'timeUp' }))
      .thenRefused('WRAP_UP_STILL_RUNS', { agentId, until: after(90) })
    given(IN_WRAP_UP)
      .when(command('FinishWrapUp', 90, { agentId, how: 'timeUp' }))
      .then([wrapUpFinished('giulia', 'w', 90, 'timeUp')])
  })

  it('does nothing when it is finished', () => {
    given([...IN_WRAP_UP, wrapUpFinished('giulia', 'w', 70)])
      .when(command('FinishWrapUp', 90, { agentId, how: 'timeUp' }))
      .thenNothing()
  })

  it('is for who is on the floor', () => {
    given([dayOpened])
      .when(command('FinishWrapUp', 90, { agentId, how: 'byAgent' }))
      .thenRefused('AGENT_NOT_ON_FLOOR', { agentId })
  })
})
