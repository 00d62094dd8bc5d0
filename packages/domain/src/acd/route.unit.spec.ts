import { describe, expect, it } from 'vitest'
import { specify } from '../kernel/decider-specification.ts'
import { fold } from '../kernel/fold.ts'
import { after } from '../kernel/testing.ts'
import { floorDecider } from './decide.ts'
import type { FloorEvent } from './events.ts'
import { ROUTING_POLICY_VERSION, type WorkOffered } from './route.ts'
import {
  becameNotReady,
  becameReady,
  dayOpened,
  enqueued,
  offerAccepted,
  offered,
  offerLapsed,
  offerWithdrawn,
  route,
  signedOn,
  workReturned,
  wrapUpStarted,
} from './testing.ts'

const given = specify(floorDecider)

const routed = (history: readonly FloorEvent[], seed = 0): WorkOffered | null => {
  const decision = floorDecider.decide(route('next', 100, seed), fold(floorDecider, history))
  if (decision.outcome === 'refused') throw new Error(decision.refusal.code)
  const offer = decision.events[0]
  return offer?.type === 'WorkOffered' ? offer : null
}

const pair = (offer: WorkOffered | null) => offer && [offer.data.interactionId, offer.data.agentId]
const reasons = (offer: WorkOffered | null) =>
  Object.fromEntries(offer?.data.considered.map(({ agentId, why }) => [agentId, why]) ?? [])

const ready = (name: string, since: number, skills?: readonly string[]) => [
  signedOn(name, 0, skills),
  becameReady(name, since),
]

describe('who gets the work', () => {
  it('is the agent who has been ready longest', () => {
    const offer = routed([
      dayOpened,
      ...ready('anna', 3),
      ...ready('bea', 2),
      ...ready('carla', 4),
      enqueued('w', 5),
    ])
    expect(pair(offer)).toEqual(['w', 'bea'])
    expect(reasons(offer)).toEqual({ anna: 'readyLater', bea: 'longestReady', carla: 'readyLater' })
  })

  it('has every skill that is asked for', () => {
    const skills = ['support', 'lang-it']
    const offer = routed([
      dayOpened,
      ...ready('anna', 1),
      ...ready('bea', 2, ['lang-it', 'billing', 'support']),
      enqueued('w', 5, { requiredSkills: skills }),
    ])
    expect(pair(offer)).toEqual(['w', 'bea'])
    expect(reasons(offer)).toEqual({ anna: 'skillMissing', bea: 'longestReady' })
  })

  it('is anybody when no skill is asked for', () => {
    expect(
      pair(routed([dayOpened, ...ready('anna', 1, []), enqueued('w', 5, { requiredSkills: [] })])),
    ).toEqual(['w', 'anna'])
  })

  it('says why each of the others was not chosen, and lists everybody', () => {
    const offer = routed([
      dayOpened,
      ...['onBreak', 'reserved', 'engaged', 'wrapping'].map((name) => signedOn(name, 0)),
      ...['reserved', 'engaged', 'wrapping'].flatMap((name, index) => [
        becameReady(name, 1 + index),
        enqueued(`of-${name}`, 1 + index),
        offered(`o-${name}`, `of-${name}`, name, 5),
      ]),
      offerAccepted('o-engaged', 'of-engaged', 'engaged', 6),
      offerAccepted('o-wrapping', 'of-wrapping', 'wrapping', 6),
      wrapUpStarted('wrapping', 'of-wrapping', 90),
      ...ready('other', 1, ['billing']),
      ...ready('chosen', 50),
      enqueued('w', 60),
    ])
    expect(reasons(offer)).toEqual({
      onBreak: 'notReady',
      reserved: 'reserved',
      engaged: 'engaged',
      wrapping: 'wrapUp',
      other: 'skillMissing',
      chosen: 'longestReady',
    })
    expect(offer?.data.considered.filter(({ eligible }) => eligible).map(({ agentId }) => agentId)).toEqual([
      'chosen',
    ])
  })

  it('carries the queue, the policy, the seed and the time until it lapses', () => {
    const offer = routed([dayOpened, ...ready('anna', 1), enqueued('w', 5, { offerTimeoutSeconds: 15 })], 7)
    expect(offer?.data).toMatchObject({
      offerId: 'next',
      queueId: 'support',
      policyVersion: ROUTING_POLICY_VERSION,
      seed: 7,
      at: after(100),
      expiresAt: after(115),
    })
  })

  it('of agents ready since the same instant is drawn by the seed, each now and then', () => {
    const names = ['anna', 'bea', 'carla', 'dora']
    const history = [dayOpened, ...names.flatMap((name) => ready(name, 1)), enqueued('w', 5)]
    const drawn = Array.from({ length: 200 }, (_none, seed) => routed(history, seed)?.data.agentId)
    for (const name of names) expect(drawn.filter((winner) => winner === name).length).toBeGreaterThan(20)
    expect(Array.from({ length: 200 }, (_none, seed) => routed(history, seed)?.data.agentId)).toEqual(drawn)
  })

  it('keeps the old place when the customer left while it rang', () => {
    const offer = routed([
      dayOpened,
      ...ready('anna', 1),
      ...ready('bea', 2),
      enqueued('gone', 3),
      offered('o', 'gone', 'anna', 4),
      offerWithdrawn('o', 'gone', 'anna', 5, 'customerLeft'),
      enqueued('w', 6),
    ])
    expect(offer?.data.agentId).toBe('anna')
  })
})

describe('which work is offered', () => {
  it('is the one that waits longest', () => {
    const history = [dayOpened, ...ready('anna', 1), enqueued('second', 6), enqueued('first', 5)]
    expect(pair(routed(history))).toEqual(['first', 'anna'])
  })

  it('is the one that was returned to the head, however short it waits', () => {
    const offer = routed([
      dayOpened,
      ...ready('anna', 1),
      enqueued('first', 9),
      offered('o', 'first', 'anna', 10),
      offerAccepted('o', 'first', 'anna', 11),
      enqueued('early', 2),
      workReturned('first', 'anna', 12),
      becameReady('anna', 13),
    ])
    expect(pair(offer)).toEqual(['first', 'anna'])
  })

  it('is not held up by work that nobody ready can do', () => {
    const offer = routed([
      dayOpened,
      ...ready('anna', 1),
      enqueued('polish', 2, { requiredSkills: ['lang-pl'] }),
      enqueued('w', 5),
    ])
    expect(pair(offer)).toEqual(['w', 'anna'])
  })

  it('is nothing while nobody is ready, nothing waits, or the two do not fit', () => {
    given([dayOpened, signedOn('anna', 0), enqueued('w', 5)])
      .when(route('next', 100))
      .thenNothing()
    given([dayOpened, ...ready('anna', 1)])
      .when(route('next', 100))
      .thenNothing()
    given([dayOpened, ...ready('anna', 1, ['billing']), enqueued('w', 5)])
      .when(route('next', 100))
      .thenNothing()
  })

  it('treats mail and calls alike: one at a time', () => {
    const history = [
      dayOpened,
      ...ready('anna', 1),
      enqueued('mail', 5, { channel: 'email' }),
      enqueued('call', 6),
    ]
    expect(pair(routed(history))).toEqual(['mail', 'anna'])
    expect(routed([...history, offered('o', 'mail', 'anna', 7)])).toBeNull()
  })

  it('is offered once when the command is repeated', () => {
    const history = [dayOpened, ...ready('anna', 1), ...ready('bea', 1), enqueued('w', 5), enqueued('w2', 6)]
    given([...history, offered('next', 'w', 'anna', 100)])
      .when(route('next', 100))
      .thenNothing()
  })
})

describe('an agent who let this very work go by', () => {
  const lapsed = (name: string, at: number) => [
    offered(`o-${name}-${at}`, 'w', name, at),
    offerLapsed(`o-${name}-${at}`, 'w', name, at + 20),
    becameNotReady(name, at + 20, 'missedOffer'),
  ]

  it('is not asked again while another is ready, though ready longer', () => {
    const offer = routed([
      dayOpened,
      ...ready('anna', 1),
      enqueued('w', 2),
      ...lapsed('anna', 3),
      becameReady('anna', 30),
      ...ready('bea', 40),
    ])
    expect(pair(offer)).toEqual(['w', 'bea'])
    expect(reasons(offer)).toEqual({ anna: 'alreadyMissedThisOffer', bea: 'longestReady' })
    expect(offer?.data.considered.find(({ agentId }) => agentId === 'anna')?.eligible).toBe(false)
  })

  it('is asked again when there is nobody else', () => {
    const offer = routed([
      dayOpened,
      ...ready('anna', 1),
      signedOn('bea', 1),
      enqueued('w', 2),
      ...lapsed('anna', 3),
      becameReady('anna', 30),
    ])
    expect(pair(offer)).toEqual(['w', 'anna'])
    expect(reasons(offer)).toEqual({ anna: 'longestReady', bea: 'notReady' })
  })

  it('is asked again in turn when everybody ready has let it go by', () => {
    const offer = routed([
      dayOpened,
      ...ready('anna', 1),
      ...ready('bea', 2),
      enqueued('w', 2),
      ...lapsed('anna', 3),
      ...lapsed('bea', 30),
      becameReady('bea', 60),
      becameReady('anna', 70),
    ])
    expect(pair(offer)).toEqual(['w', 'bea'])
    expect(reasons(offer)).toEqual({ anna: 'readyLater', bea: 'longestReady' })
  })

  it('still gets other work', () => {
    const offer = routed([
      dayOpened,
      ...ready('anna', 1),
      enqueued('w', 2),
      ...lapsed('anna', 3),
      becameReady('anna', 30),
      ...ready('bea', 40),
      offered('o2', 'w', 'bea', 50),
      enqueued('w2', 60),
    ])
    expect(pair(offer)).toEqual(['w2', 'anna'])
  })
})
