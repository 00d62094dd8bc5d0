import { describe, expect, it } from 'vitest'
import { fold } from '../kernel/fold.ts'
import { after, agent, interaction, offer } from '../kernel/testing.ts'
import { carryOver } from './carry-over.ts'
import { floorDecider } from './decide.ts'
import type { FloorEvent } from './events.ts'
import { explain } from './explain.ts'
import type { WorkOffered } from './route.ts'
import {
  becameReady,
  command,
  dayOpened,
  enqueued,
  offerAccepted,
  offered,
  route,
  signedOn,
  wrapUpStarted,
} from './testing.ts'

const BEFORE: readonly FloorEvent[] = [
  dayOpened,
  signedOn('anna', 1),
  signedOn('bea', 1),
  becameReady('anna', 2),
  becameReady('bea', 2),
  enqueued('w', 3),
  enqueued('w2', 4),
]

const decided = (history: readonly FloorEvent[], seed: number): WorkOffered => {
  const decision = floorDecider.decide(route('o', 10, seed), fold(floorDecider, history))
  const offer = decision.outcome === 'accepted' ? decision.events[0] : undefined
  if (offer?.type !== 'WorkOffered') throw new Error('no offer')
  return offer
}

describe('a past decision', () => {
  it('gives the same answer when it is run again from the log alone', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const offer = decided(BEFORE, seed)
      // As the log returns it: read back from text.
      const recorded = JSON.parse(JSON.stringify(offer)) as WorkOffered
      const log = JSON.parse(JSON.stringify(BEFORE)) as FloorEvent[]
      expect(explain(log, recorded)).toEqual({ same: true, again: offer })
    }
  })

  it('is found out when somebody else was written in', () => {
    const offer = decided(BEFORE, 1)
    const other = offer.data.considered.find(({ agentId }) => agentId !== offer.data.agentId)?.agentId
    const forged = { ...offer, data: { ...offer.data, agentId: other ?? offer.data.agentId } }
    expect(explain(BEFORE, forged)).toEqual({ same: false, again: offer })
  })

  it('is found out when a reason was changed', () => {
    const offer = decided(BEFORE, 1)
    const considered = offer.data.considered.map((one) => ({ ...one, why: 'skillMissing' as const }))
    expect(explain(BEFORE, { ...offer, data: { ...offer.data, considered } }).same).toBe(false)
  })

  it('is found out when there was nothing to decide', () => {
    const offer = decided(BEFORE, 1)
    expect(explain(BEFORE.slice(0, 3), offer)).toEqual({ same: false, again: null })
    expect(explain([], offer)).toEqual({ same: false, again: null })
  })
})

describe('the day after', () => {
  const evening: readonly FloorEvent[] = [
    ...BEFORE,
    enqueued('w3', 5),
    signedOn('carla', 6),
    becameReady('carla', 6),
    signedOn('dora', 6),
    offered('o1', 'w', 'anna', 7),
    offered('o2', 'w2', 'bea', 8),
    offerAccepted('o2', 'w2', 'bea', 9),
    enqueued('w4', 9),
    offered('o4', 'w4', 'carla', 10),
    offerAccepted('o4', 'w4', 'carla', 11),
    wrapUpStarted('carla', 'w4', 12),
  ]
  const state = fold(floorDecider, evening)
  const nextDay = floorDecider.decide(
    command('OpenFloorDay', 86_400, { day: '2026-11-25', carriedOver: carryOver(state), signingOff: [] }),
    floorDecider.initialState,
  )
  const opened = nextDay.outcome === 'accepted' ? nextDay.events : []
  const morning = fold(floorDecider, JSON.parse(JSON.stringify(opened)) as FloorEvent[])

  it('begins with what the evening left, agents, waiting, offers and handling', () => {
    expect(carryOver(state)).toMatchObject({
      agents: [
        { agentId: 'anna', presence: { status: 'reserved', offerId: 'o1' } },
        { agentId: 'bea', presence: { status: 'engaged', interactionId: 'w2' } },
        { agentId: 'carla', presence: { status: 'wrapUp', until: after(42) } },
        { agentId: 'dora', presence: { status: 'notReady' } },
      ],
      waiting: [{ interactionId: 'w3' }],
      offers: [{ offerId: 'o1', agentId: 'anna', work: { interactionId: 'w' }, expiresAt: after(27) }],
      handling: [{ agentId: 'bea', work: { interactionId: 'w2' } }],
    })
    expect(carryOver(morning)).toEqual(carryOver(state))
  })

  it.each([
    command('AcceptOffer', 86_401, { offerId: offer('o1'), agentId: agent('anna') }),
    command('LapseOffer', 86_401, { offerId: offer('o1') }),
    command('StartWrapUp', 86_401, { interactionId: interaction('w2') }),
    command('ReturnWork', 86_401, { interactionId: interaction('w2'), why: 'agentLost' }),
    command('FinishWrapUp', 86_401, { agentId: agent('carla'), how: 'timeUp' }),
    command('RemoveWork', 86_401, { interactionId: interaction('w3'), why: 'abandoned' }),
    command('BecomeReady', 86_401, { agentId: agent('dora') }),
  ])('$type is decided as it would have been yesterday', (asked) => {
    const decision = floorDecider.decide(asked, morning)
    expect(decision).toEqual(floorDecider.decide(asked, state))
    expect(decision.outcome === 'accepted' && decision.events.length).toBeGreaterThan(0)
  })

  it('offers what waited over night', () => {
    const ready = fold(floorDecider, [becameReady('dora', 86_401)], morning)
    expect(floorDecider.decide(route('o9', 86_402), ready)).toMatchObject({
      outcome: 'accepted',
      events: [{ type: 'WorkOffered', data: { interactionId: 'w3', agentId: 'dora' } }],
    })
  })
})
