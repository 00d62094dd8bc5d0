import { describe, expect, it } from 'vitest'
import { specify } from '../kernel/decider-specification.ts'
import { after, agent, interaction, offer } from '../kernel/testing.ts'
import { floorDecider } from './decide.ts'
import { agentOnFloor, openOffers, waitingOnFloor, workOnFloor } from './state.ts'
import {
  becameNotReady,
  becameReady,
  command,
  dayOpened,
  enqueued,
  offerAccepted,
  offerDeclined,
  offered,
  offerLapsed,
  offerWithdrawn,
  signedOn,
  workOf,
  workRemoved,
  workReturned,
  wrapUpStarted,
} from './testing.ts'

const given = specify(floorDecider)
const agentId = agent('giulia')
const stranger = agent('marta')
const offerId = offer('o')
const interactionId = interaction('w')
const READY = [dayOpened, signedOn('giulia', 1), becameReady('giulia', 2)]
const WAITING = [...READY, enqueued('w', 3), enqueued('later', 4)]
const OFFERED = [...WAITING, offered('o', 'w', 'giulia', 5)]
const HANDLING = [...OFFERED, offerAccepted('o', 'w', 'giulia', 6)]
const LAPSED = [...OFFERED, offerLapsed('o', 'w', 'giulia', 25), becameNotReady('giulia', 25, 'missedOffer')]
const SERVED = [...HANDLING, wrapUpStarted('giulia', 'w', 60)]

describe('accepting an offer', () => {
  const acceptIt = command('AcceptOffer', 6, { offerId, agentId })

  it('engages the agent with the work', () => {
    given(OFFERED)
      .when(acceptIt)
      .then([offerAccepted('o', 'w', 'giulia', 6)])
    given(HANDLING).thenState((state) => {
      expect(agentOnFloor(state, agentId)?.presence).toMatchObject({ status: 'engaged', interactionId })
      expect(workOnFloor(state, interactionId)?.status).toBe('handling')
      expect(openOffers(state)).toEqual([])
    })
  })

  it('twice does nothing the second time', () => {
    given(HANDLING).when(acceptIt).thenNothing()
  })

  it('is for the agent it was made to', () => {
    given(OFFERED)
      .when(command('AcceptOffer', 6, { offerId, agentId: stranger }))
      .thenRefused('OFFER_NOT_YOURS', { offerId, agentId: stranger })
  })

  it('holds after the time, as long as the offer has not lapsed', () => {
    given(OFFERED)
      .when(command('AcceptOffer', 26, { offerId, agentId }))
      .then([offerAccepted('o', 'w', 'giulia', 26)])
    given(LAPSED).when(acceptIt).thenRefused('OFFER_NOT_OPEN', { offerId })
  })
})

describe('an offer that lapses (RONA)', () => {
  it('makes the agent not ready and leaves the work its place', () => {
    given(OFFERED)
      .when(command('LapseOffer', 25, { offerId }))
      .then([offerLapsed('o', 'w', 'giulia', 25), becameNotReady('giulia', 25, 'missedOffer')])
    given(LAPSED).thenState((state) =>
      expect(waitingOnFloor(state)).toEqual([workOf('w', 3, { missedBy: [agentId] }), workOf('later', 4)]),
    )
  })

  it('does not lapse before its time', () => {
    given(OFFERED)
      .when(command('LapseOffer', 24, { offerId }))
      .thenRefused('OFFER_STILL_STANDS', { offerId, expiresAt: after(25) })
  })

  it('does not lapse once it is accepted', () => {
    given(HANDLING)
      .when(command('LapseOffer', 25, { offerId }))
      .thenRefused('OFFER_NOT_OPEN', { offerId })
  })
})

describe('declining an offer', () => {
  it('puts the agent on a break and remembers who declined', () => {
    given(OFFERED)
      .when(command('DeclineOffer', 7, { offerId, agentId }))
      .then([offerDeclined('o', 'w', 'giulia', 7), becameNotReady('giulia', 7, 'break')])
    given([...OFFERED, offerDeclined('o', 'w', 'giulia', 7)]).thenState((state) =>
      expect(waitingOnFloor(state)[0]).toEqual(workOf('w', 3, { missedBy: [agentId] })),
    )
  })

  it('is for the agent it was made to, while it stands', () => {
    given(OFFERED)
      .when(command('DeclineOffer', 7, { offerId, agentId: stranger }))
      .thenRefused('OFFER_NOT_YOURS', { offerId, agentId: stranger })
    given(LAPSED)
      .when(command('DeclineOffer', 26, { offerId, agentId }))
      .thenRefused('OFFER_NOT_OPEN', { offerId })
  })
})

describe('withdrawing an offer', () => {
  it('because the customer left removes the work and gives the agent the old place', () => {
    given(OFFERED)
      .when(command('WithdrawOffer', 8, { offerId, why: 'customerLeft' }))
      .then([offerWithdrawn('o', 'w', 'giulia', 8, 'customerLeft'), workRemoved('w', 8)])
    given([...OFFERED, offerWithdrawn('o', 'w', 'giulia', 8, 'customerLeft'), workRemoved('w', 8)]).thenState(
      (state) => {
        expect(agentOnFloor(state, agentId)?.presence).toEqual({ status: 'ready', since: after(2) })
        expect(waitingOnFloor(state)).toEqual([workOf('later', 4)])
      },
    )
  })

  it('because the agent was lost leaves the work waiting, and nobody missed it', () => {
    const events = [
      offerWithdrawn('o', 'w', 'giulia', 8, 'agentLost'),
      becameNotReady('giulia', 8, 'connectionLost'),
    ]
    given(OFFERED)
      .when(command('WithdrawOffer', 8, { offerId, why: 'agentLost' }))
      .then(events)
    given([...OFFERED, ...events]).thenState((state) =>
      expect(waitingOnFloor(state)).toEqual([workOf('w', 3), workOf('later', 4)]),
    )
  })

  it('needs one that stands', () => {
    given(HANDLING)
      .when(command('WithdrawOffer', 8, { offerId, why: 'customerLeft' }))
      .thenRefused('OFFER_NOT_OPEN', { offerId })
  })
})

describe('enqueueing', () => {
  it('takes a piece of work once a day, wherever it is by then', () => {
    const enqueue = command('Enqueue', 3, { work: workOf('w', 3) })
    given(READY)
      .when(enqueue)
      .then([enqueued('w', 3)])
    for (const history of [WAITING, OFFERED, HANDLING, SERVED, [...WAITING, workRemoved('w', 9)]])
      given(history).when(enqueue).thenRefused('WORK_KNOWN', { interactionId })
  })

  it('takes it once more when it was opened again, and only from where it is over', () => {
    const again = command('Enqueue', 90, { work: workOf('w', 90, { place: 'head' }), reopened: true })
    for (const history of [SERVED, [...WAITING, workRemoved('w', 9)]])
      given(history)
        .when(again)
        .then([enqueued('w', 90, { place: 'head' })])
    for (const history of [WAITING, OFFERED, HANDLING])
      given(history).when(again).thenRefused('WORK_KNOWN', { interactionId })
    given([...SERVED, enqueued('w', 90, { place: 'head' })]).thenState((state) =>
      expect(waitingOnFloor(state).map((work) => work.interactionId)).toEqual(['w', 'later']),
    )
  })
})

describe('removing work', () => {
  const remove = command('RemoveWork', 9, { interactionId, why: 'abandoned' })

  it('that waits takes it off the floor', () => {
    given(WAITING)
      .when(remove)
      .then([workRemoved('w', 9)])
  })

  it('that is on offer frees the agent', () => {
    given(OFFERED)
      .when(remove)
      .then([offerWithdrawn('o', 'w', 'giulia', 9, 'customerLeft'), workRemoved('w', 9)])
  })

  it('that is on offer, because we failed it, blames nobody else', () => {
    given(OFFERED)
      .when(command('RemoveWork', 9, { interactionId, why: 'failed' }))
      .then([offerWithdrawn('o', 'w', 'giulia', 9, 'workFailed'), workRemoved('w', 9, 'failed')])
  })

  it('that is handled gives the agent the wrap-up', () => {
    given(HANDLING)
      .when(command('RemoveWork', 9, { interactionId, why: 'failed' }))
      .then([wrapUpStarted('giulia', 'w', 9), workRemoved('w', 9, 'failed')])
  })

  it('that is gone does nothing, and that never came is refused', () => {
    given(SERVED).when(remove).thenNothing()
    given([...WAITING, workRemoved('w', 9)])
      .when(remove)
      .thenNothing()
    given(READY).when(remove).thenRefused('WORK_UNKNOWN', { interactionId })
  })
})

describe('returning work of an agent who was lost', () => {
  const giveBack = command('ReturnWork', 30, { interactionId, why: 'agentLost' })
  const events = [workReturned('w', 'giulia', 30), becameNotReady('giulia', 30, 'connectionLost')]

  it('puts it at the head and the agent off', () => {
    given(HANDLING).when(giveBack).then(events)
    given([...HANDLING, enqueued('earlier', 1), ...events]).thenState((state) =>
      expect(waitingOnFloor(state).map((work) => work.interactionId)).toEqual(['w', 'earlier', 'later']),
    )
  })

  it('again does nothing', () => {
    given([...HANDLING, ...events])
      .when(giveBack)
      .thenNothing()
  })

  it('is for work that is handled', () => {
    given(WAITING).when(giveBack).thenRefused('WORK_NOT_HANDLED', { interactionId, status: 'waiting' })
    given(OFFERED).when(giveBack).thenRefused('WORK_NOT_HANDLED', { interactionId, status: 'offered' })
    given(SERVED).when(giveBack).thenRefused('WORK_NOT_HANDLED', { interactionId, status: 'gone' })
    given(READY).when(giveBack).thenRefused('WORK_UNKNOWN', { interactionId })
  })
})

describe('putting work back', () => {
  const putBack = command('ReturnWork', 30, { interactionId, why: 'putBack' })
  const events = [workReturned('w', 'giulia', 30, 'putBack'), becameNotReady('giulia', 30, 'break')]

  it('puts it at the head with the time it waits since, and its agent on a break', () => {
    given(HANDLING).when(putBack).then(events)
    given([...HANDLING, ...events]).thenState((state) => {
      const work = workOf('w', 3, { place: 'head', missedBy: [agentId] })
      expect(waitingOnFloor(state)[0]).toEqual(work)
    })
  })

  it('asks who put it back only where nobody else is there', () => {
    const readyAgain = [...HANDLING, ...events, becameReady('giulia', 40)]
    const route = command('RouteNext', 50, { offerId: offer('o9'), seed: 1 })
    given(readyAgain)
      .when(route)
      .thenState((state) => expect(openOffers(state).map(({ agentId }) => agentId)).toEqual(['giulia']))
    given([...readyAgain, signedOn('marta', 41), becameReady('marta', 45)])
      .when(route)
      .thenState((state) => expect(openOffers(state).map(({ agentId }) => agentId)).toEqual(['marta']))
  })
})

describe('starting the wrap-up', () => {
  const start = command('StartWrapUp', 60, { interactionId })

  it('lasts as long as the work’s queue says', () => {
    given(HANDLING)
      .when(start)
      .then([wrapUpStarted('giulia', 'w', 60)])
  })

  it('again does nothing', () => {
    given(SERVED).when(start).thenNothing()
  })

  it('is for work that is handled', () => {
    given(OFFERED).when(start).thenRefused('WORK_NOT_HANDLED', { interactionId, status: 'offered' })
    given(READY).when(start).thenRefused('WORK_UNKNOWN', { interactionId })
  })
})
