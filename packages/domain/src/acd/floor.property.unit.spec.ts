import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fold } from '../kernel/fold.ts'
import type { AgentId, InteractionId, OfferId } from '../kernel/ids.ts'
import { after, agent, interaction, offer } from '../kernel/testing.ts'
import { carryOver } from './carry-over.ts'
import type { FloorCommand } from './commands.ts'
import { floorDecider } from './decide.ts'
import type { AgentOnFloor, FloorEvent, WaitingWork } from './events.ts'
import { explain } from './explain.ts'
import {
  agentOnFloor,
  agentsOnFloor,
  type FloorState,
  handlingOnFloor,
  openOffers,
  signingOffOnFloor,
  waitingOnFloor,
  workOnFloor,
} from './state.ts'
import { command, dayOpened, floorId, workOf } from './testing.ts'

/** Names are drawn from few, so that commands meet each other. */
const AGENTS = 6
const WORKS = 12
const SKILLS = ['support', 'billing', 'lang-pl']

const agentIds = fc.nat(AGENTS - 1).map((index) => agent(`agent-${index}`))
const workIds = fc.nat(WORKS - 1).map((index) => interaction(`work-${index}`))
const skills = fc.uniqueArray(fc.constantFrom(...SKILLS), { maxLength: SKILLS.length })

/** What is wanted; which offer it is about is known only when it is its turn. */
type Wish =
  | { readonly kind: 'signOn'; readonly agentId: AgentId; readonly skills: readonly string[] }
  | { readonly kind: 'ready' | 'notReady' | 'signOff' | 'finishWrapUp'; readonly agentId: AgentId }
  | { readonly kind: 'enqueue'; readonly interactionId: InteractionId; readonly skills: readonly string[] }
  | { readonly kind: 'route'; readonly seed: number }
  | { readonly kind: 'accept' | 'decline' | 'lapse' | 'customerLeft' | 'agentLost'; readonly nth: number }
  /** Of those who are at work, where anybody is. */
  | { readonly kind: 'leave' | 'hangUp'; readonly nth: number }
  | { readonly kind: 'remove' | 'return' | 'putBack' | 'wrapUp'; readonly interactionId: InteractionId }
  | { readonly kind: 'newDay' }

const wishes = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('signOn' as const), agentId: agentIds, skills }) },
    {
      weight: 8,
      arbitrary: fc.record({
        kind: fc.constantFrom('ready', 'ready', 'ready', 'notReady', 'signOff', 'finishWrapUp'),
        agentId: agentIds,
      }),
    },
    {
      weight: 5,
      arbitrary: fc.record({ kind: fc.constant('enqueue' as const), interactionId: workIds, skills }),
    },
    { weight: 8, arbitrary: fc.record({ kind: fc.constant('route' as const), seed: fc.nat() }) },
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constantFrom('accept', 'accept', 'decline', 'lapse', 'customerLeft', 'agentLost'),
        nth: fc.nat(3),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constantFrom('leave', 'hangUp'), nth: fc.nat(AGENTS - 1) }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constantFrom('remove', 'return', 'putBack', 'wrapUp', 'wrapUp'),
        interactionId: workIds,
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('newDay' as const) }) },
  ),
  { maxLength: 200, size: 'max' },
) as fc.Arbitrary<readonly Wish[]>

const commandOf = (wish: Wish, state: FloorState, second: number): FloorCommand => {
  // Whole minutes pass seldom, so that agents become ready in the same instant and offers stand for a while.
  const at = Math.floor(second / 4) * 5
  switch (wish.kind) {
    case 'signOn':
      return command('SignOn', at, { agentId: wish.agentId, skills: wish.skills })
    case 'ready':
      return command('BecomeReady', at, { agentId: wish.agentId })
    case 'notReady':
      return command('BecomeNotReady', at, { agentId: wish.agentId, reason: 'break' })
    case 'signOff':
      return command('SignOff', at, { agentId: wish.agentId })
    case 'leave':
    case 'hangUp': {
      const atWork = handlingOnFloor(state)
      const { agentId, work } = atWork[wish.nth % Math.max(1, atWork.length)] ?? {
        agentId: agent(`agent-${wish.nth}`),
        work: workOf('none', at),
      }
      return wish.kind === 'leave'
        ? command('SignOffAfterWork', at, { agentId })
        : command('StartWrapUp', at, { interactionId: work.interactionId })
    }
    case 'finishWrapUp':
      return command('FinishWrapUp', at, { agentId: wish.agentId, how: 'byAgent' })
    case 'enqueue': {
      const work = workOf(wish.interactionId, at, { requiredSkills: wish.skills })
      return command('Enqueue', at, { work })
    }
    case 'route':
      return command('RouteNext', at, { offerId: offer(`offer-${second}`), seed: wish.seed })
    case 'remove':
      return command('RemoveWork', at, { interactionId: wish.interactionId, why: 'abandoned' })
    case 'return':
      return command('ReturnWork', at, { interactionId: wish.interactionId, why: 'agentLost' })
    case 'putBack':
      return command('ReturnWork', at, { interactionId: wish.interactionId, why: 'putBack' })
    case 'wrapUp':
      return command('StartWrapUp', at, { interactionId: wish.interactionId })
    case 'newDay':
      return command('OpenFloorDay', at, {
        day: `day-${second}`,
        carriedOver: carryOver(state),
        signingOff: signingOffOnFloor(state),
      })
    default: {
      const offers = openOffers(state)
      const { offerId, agentId } = offers[wish.nth % Math.max(1, offers.length)] ?? {
        offerId: 'none' as OfferId,
        agentId: agent('agent-0'),
      }
      if (wish.kind === 'accept') return command('AcceptOffer', at, { offerId, agentId })
      if (wish.kind === 'decline') return command('DeclineOffer', at, { offerId, agentId })
      if (wish.kind === 'lapse') return command('LapseOffer', at + 1_000, { offerId })
      return command('WithdrawOffer', at, { offerId, why: wish.kind })
    }
  }
}

type Step = {
  readonly command: FloorCommand
  readonly before: FloorState
  readonly events: readonly FloorEvent[]
  readonly after: FloorState
}

/** Every step of the story, from an open day; a new day begins with what the last one left over. */
const play = (story: readonly Wish[]): readonly Step[] => {
  let state = fold(floorDecider, [dayOpened])
  return story.map((wish, second) => {
    const asked = commandOf(wish, state, second)
    const before = wish.kind === 'newDay' ? floorDecider.initialState : state
    const decision = floorDecider.decide(asked, before)
    const events = decision.outcome === 'accepted' ? decision.events : []
    state = fold(floorDecider, events, before)
    return { command: asked, before, events, after: state }
  })
}

/** The routing rule again, as plainly as it can be said. */
const expectedMatch = (state: FloorState): readonly (readonly [InteractionId, AgentId])[] => {
  const readyFor = (work: WaitingWork): readonly AgentOnFloor[] => {
    const able = agentsOnFloor(state).filter(
      ({ presence, skills: has }) =>
        presence.status === 'ready' && work.requiredSkills.every((skill) => has.includes(skill)),
    )
    const fresh = able.filter(({ agentId }) => !work.missedBy.includes(agentId))
    return fresh.length > 0 ? fresh : able
  }
  const work = waitingOnFloor(state).find((one) => readyFor(one).length > 0)
  if (work === undefined) return []
  const candidates = readyFor(work)
  const since = candidates.map(({ presence }) => presence.since).toSorted()[0]
  return candidates
    .filter(({ presence }) => presence.since === since)
    .map(({ agentId }) => [work.interactionId, agentId] as const)
}

const runs = { numRuns: 150 }

describe('whatever happens on a floor', () => {
  it('an agent is never in two things, and everything has its agent', () => {
    fc.assert(
      fc.property(wishes, (story) => {
        for (const { after: state } of play(story)) {
          const tied = [
            ...openOffers(state).map(({ agentId, offerId }) => [agentId, 'reserved', offerId]),
            ...handlingOnFloor(state).map(({ agentId, work }) => [agentId, 'engaged', work.interactionId]),
          ].toSorted()
          const busy = agentsOnFloor(state)
            .flatMap(({ agentId, presence }) =>
              presence.status === 'reserved'
                ? [[agentId, 'reserved', presence.offerId]]
                : presence.status === 'engaged'
                  ? [[agentId, 'engaged', presence.interactionId]]
                  : [],
            )
            .toSorted()
          expect(tied).toEqual(busy)
          expect(new Set(tied.map(([agentId]) => agentId)).size).toBe(tied.length)
        }
      }),
      runs,
    )
  })

  it('an agent who is to sign off finishes what is in hand and begins nothing', () => {
    let signedOff = 0
    fc.assert(
      fc.property(wishes, (story) => {
        const leaving = new Set<AgentId>()
        for (const { events, after: state } of play(story)) {
          for (const event of events) {
            if (event.type === 'AgentSignOffRequested') leaving.add(event.data.agentId)
            if (event.type === 'AgentSignedOn') leaving.delete(event.data.agentId)
            if (event.type === 'AgentSignedOff' && leaving.delete(event.data.agentId)) signedOff += 1
          }
          expect(signingOffOnFloor(state)).toEqual([...leaving].toSorted())
          for (const agentId of leaving)
            expect(agentOnFloor(state, agentId)?.presence.status).toMatch(/^(engaged|wrapUp)$/)
        }
      }),
      runs,
    )
    // The stories do come to it (some twenty times); otherwise this proves nothing.
    expect(signedOff).toBeGreaterThan(0)
  })

  it('each piece of work is in exactly one place: waiting, on offer, handled or gone', () => {
    fc.assert(
      fc.property(wishes, (story) => {
        const enqueued = new Set<InteractionId>()
        for (const { command: asked, events, after: state } of play(story)) {
          for (const event of events)
            if (event.type === 'WorkEnqueued') enqueued.add(event.data.work.interactionId)
          // A new day forgets what is done.
          if (asked.type === 'OpenFloorDay')
            for (const id of enqueued) if (workOnFloor(state, id) === undefined) enqueued.delete(id)
          const waiting = waitingOnFloor(state).map((work) => work.interactionId)
          const onOffer = openOffers(state).map(({ work }) => work.interactionId)
          const handled = handlingOnFloor(state).map(({ work }) => work.interactionId)
          const gone = [...enqueued].filter((id) => workOnFloor(state, id)?.status === 'gone')
          expect([...waiting, ...onOffer, ...handled, ...gone].toSorted()).toEqual([...enqueued].toSorted())
        }
      }),
      runs,
    )
  })

  it('an offer goes to the agent whom the plain rule names, and there is one whenever the rule names somebody', () => {
    let offers = 0
    fc.assert(
      fc.property(wishes, (story) => {
        for (const { command: asked, before, events } of play(story)) {
          if (asked.type !== 'RouteNext') continue
          const expected = expectedMatch(before)
          const [event] = events
          if (event === undefined) {
            expect(expected).toEqual([])
            continue
          }
          offers += 1
          if (event.type !== 'WorkOffered') throw new Error(event.type)
          const { interactionId, agentId, considered } = event.data
          expect(expected).toContainEqual([interactionId, agentId])
          expect(agentOnFloor(before, agentId)?.presence.status).toBe('ready')
          expect(considered.map((one) => one.agentId)).toEqual(
            agentsOnFloor(before).map((one) => one.agentId),
          )
          expect(considered.filter(({ why }) => why === 'longestReady')).toEqual([
            { agentId, eligible: true, why: 'longestReady' },
          ])
        }
      }),
      runs,
    )
    // The stories do come to offers; otherwise this proves nothing.
    expect(offers).toBeGreaterThan(100)
  })

  it('the same events make the same floor, and each decision can be run again', () => {
    fc.assert(
      fc.property(wishes, (story) => {
        let log: FloorEvent[] = [dayOpened]
        for (const { command: asked, before, events, after: state } of play(story)) {
          const again = floorDecider.decide(asked, before)
          expect(again.outcome === 'accepted' ? again.events : []).toEqual(events)
          for (const event of events) {
            if (event.type === 'FloorDayOpened') log = []
            if (event.type === 'WorkOffered') expect(explain(log, event).same).toBe(true)
            log.push(JSON.parse(JSON.stringify(event)) as FloorEvent)
          }
          expect(carryOver(fold(floorDecider, log))).toEqual(carryOver(state))
          expect(signingOffOnFloor(fold(floorDecider, log))).toEqual(signingOffOnFloor(state))
        }
      }),
      { numRuns: 30 },
    )
  })

  it('every earlier state stays as it was, and decides as it did', () => {
    fc.assert(
      fc.property(wishes, (story) => {
        const steps = play(story)
        const seen = steps.map((step) => JSON.stringify([carryOver(step.after), waitingOnFloor(step.after)]))
        // A second future from each: a retry after a conflict must not disturb the first.
        for (const { after: state } of steps)
          fold(
            floorDecider,
            [
              {
                type: 'AgentSignedOn',
                data: { floorId, agentId: agent('new'), skills: ['x'], at: after(1) },
              },
            ],
            state,
          )
        expect(
          steps.map((step) => JSON.stringify([carryOver(step.after), waitingOnFloor(step.after)])),
        ).toEqual(seen)
        for (const { command: asked, before, events } of steps) {
          const decision = floorDecider.decide(asked, before)
          expect(decision.outcome === 'accepted' ? decision.events : []).toEqual(events)
        }
      }),
      runs,
    )
  })
})
