import { describe, expect, it } from 'vitest'
import { specify } from '../kernel/decider-specification.ts'
import { fold } from '../kernel/fold.ts'
import { after, agent, interaction } from '../kernel/testing.ts'
import { carryOver, NOTHING_CARRIED_OVER } from './carry-over.ts'
import { floorDecider } from './decide.ts'
import { agentOnFloor, signingOffOnFloor } from './state.ts'
import {
  becameNotReady,
  becameReady,
  command,
  dayOpened,
  enqueued,
  floorId,
  offerAccepted,
  offered,
  offerWithdrawn,
  signedOff,
  signedOn,
  signOffRequested,
  workRemoved,
  workReturned,
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

const becomeReady = command('BecomeReady', 99, { agentId })
const becomeNotReady = command('BecomeNotReady', 99, { agentId, reason: 'break' })
const signOff = command('SignOff', 99, { agentId })
const signOffAfterWork = command('SignOffAfterWork', 99, { agentId })
const signOn = command('SignOn', 99, { agentId, skills: ['support'] })

describe('a floor’s day', () => {
  const open = command('OpenFloorDay', 0, {
    day: '2026-11-24',
    carriedOver: NOTHING_CARRIED_OVER,
    signingOff: [],
  })

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
    given(READY)
      .when(signOff)
      .then([signedOff('giulia', 99)])
    given([...READY, signedOff('giulia', 99)]).thenState((state) =>
      expect(agentOnFloor(state, agentId)).toBeUndefined(),
    )
  })

  it('does nothing for who is off the floor', () => {
    given([dayOpened]).when(signOff).thenNothing()
  })

  it('ends the wrap-up', () => {
    given(IN_WRAP_UP)
      .when(signOff)
      .then([wrapUpFinished('giulia', 'w', 99), signedOff('giulia', 99)])
  })

  it.each([
    ['reserved', RESERVED],
    ['engaged', ENGAGED],
  ])('is refused while the agent is %s', (status, history) => {
    given(history).when(signOff).thenRefused('AGENT_BUSY', { agentId, status })
  })
})

describe('signing off after the work in hand', () => {
  const LEAVING = [...ENGAGED, signOffRequested('giulia', 10)]
  const LEAVING_IN_WRAP_UP = [...LEAVING, wrapUpStarted('giulia', 'w', 60)]
  const finishedAndOff = [wrapUpFinished('giulia', 'w', 99), signedOff('giulia', 99)]

  it('is signing off where nothing is in hand', () => {
    given(READY)
      .when(signOffAfterWork)
      .then([signedOff('giulia', 99)])
    given(ON_BREAK)
      .when(signOffAfterWork)
      .then([signedOff('giulia', 99)])
    given([dayOpened]).when(signOffAfterWork).thenNothing()
  })

  it('takes an offer that rings to the next agent', () => {
    given(RESERVED)
      .when(signOffAfterWork)
      .then([
        offerWithdrawn('o', 'w', 'giulia', 99, 'agentLost'),
        becameNotReady('giulia', 99, 'connectionLost'),
        signedOff('giulia', 99),
      ])
  })

  it.each([
    ['engaged', ENGAGED],
    ['wrapUp', IN_WRAP_UP],
  ])('leaves the agent at work while %s, and remembers it', (status, history) => {
    given(history)
      .when(signOffAfterWork)
      .then([signOffRequested('giulia', 99)])
    given([...history, signOffRequested('giulia', 99)]).thenState((state) => {
      expect(agentOnFloor(state, agentId)?.presence.status).toBe(status)
      expect(signingOffOnFloor(state)).toEqual([agentId])
    })
    given([...history, signOffRequested('giulia', 10)])
      .when(signOffAfterWork)
      .thenNothing()
  })

  it('lets the wrap-up follow the call, and leaves no moment after it in which an offer could come', () => {
    given(LEAVING)
      .when(command('StartWrapUp', 60, { interactionId: interaction('w') }))
      .then([wrapUpStarted('giulia', 'w', 60)])
    for (const how of ['byAgent', 'timeUp'] as const)
      given(LEAVING_IN_WRAP_UP)
        .when(command('FinishWrapUp', 99, { agentId, how }))
        .then([wrapUpFinished('giulia', 'w', 99, how), signedOff('giulia', 99)])
  })

  it.each([becomeReady, becomeNotReady, signOff])('$type ends the wrap-up and the day', (asked) => {
    given(LEAVING_IN_WRAP_UP).when(asked).then(finishedAndOff)
  })

  it('follows at once where the work is taken back', () => {
    given(LEAVING)
      .when(command('ReturnWork', 99, { interactionId: interaction('w'), why: 'agentLost' }))
      .then([
        workReturned('w', 'giulia', 99),
        becameNotReady('giulia', 99, 'connectionLost'),
        signedOff('giulia', 99),
      ])
  })

  it('waits for the wrap-up also where the contact failed', () => {
    given(LEAVING)
      .when(command('RemoveWork', 60, { interactionId: interaction('w'), why: 'failed' }))
      .then([wrapUpStarted('giulia', 'w', 60), workRemoved('w', 60, 'failed')])
  })

  it('is forgotten when it is done, and when the agent is signed on again before', () => {
    given([...LEAVING_IN_WRAP_UP, ...finishedAndOff]).thenState((state) =>
      expect(signingOffOnFloor(state)).toEqual([]),
    )
    given(LEAVING)
      .when(signOn)
      .then([signedOn('giulia', 99)])
    given([...LEAVING, signedOn('giulia', 20)]).thenState((state) => {
      expect(signingOffOnFloor(state)).toEqual([])
      expect(agentOnFloor(state, agentId)?.presence.status).toBe('engaged')
    })
  })

  it('outlives midnight', () => {
    const state = fold(floorDecider, LEAVING)
    const carriedOver = carryOver(state)
    given([])
      .when(
        command('OpenFloorDay', 0, {
          day: '2026-11-24',
          carriedOver,
          signingOff: signingOffOnFloor(state),
        }),
      )
      .then([
        { type: 'FloorDayOpened', data: { floorId, day: '2026-11-24', carriedOver, at: after(0) } },
        signOffRequested('giulia', 0),
      ])
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
