import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createManualClock } from '../../clock/testing/manual-clock.ts'
import { createFakeNetwork, type Fate } from '../testing/fake-network.ts'
import { ANSWER, OFFER } from '../testing/messages.ts'
import type { IncomingSession, SessionEnd } from './session.ts'
import { createUserAgent } from './user-agent.ts'

const CALLER = { address: '192.0.2.1', port: 5060 }
const CALLED = { address: '192.0.2.2', port: 5060 }
/** 64*T1 four times over: whatever was begun by then has given up. */
const ALL_TIMERS_MILLISECONDS = 4 * 32_000

const moment = fc.integer({ min: 0, max: 40_000 })
const maybe = fc.option(moment, { nil: null })
const script = fc.record({
  rings: maybe,
  decides: fc.record({ at: moment, answers: fc.boolean() }),
  callerEnds: maybe,
  calledEnds: maybe,
  callerHolds: maybe,
  calledHolds: maybe,
  /** The fate of the first datagrams; those beyond arrive. */
  fates: fc.array(
    fc.oneof(
      { weight: 4, arbitrary: fc.integer({ min: 0, max: 300 }).map((delay): Fate => [delay]) },
      { weight: 3, arbitrary: fc.constant<Fate>([]) },
      { weight: 1, arbitrary: fc.tuple(fc.nat(900), fc.nat(900)).map((delays): Fate => delays) },
    ),
    { maxLength: 60 },
  ),
})

type Script = typeof script extends fc.Arbitrary<infer S> ? S : never

const play = (story: Script) => {
  const clock = createManualClock()
  const network = createFakeNetwork(clock, (datagram) => story.fates[datagram] ?? [10])
  const ends: Record<'caller' | 'called', SessionEnd[]> = { caller: [], called: [] }
  const incoming: IncomingSession[] = []
  let token = 0
  const randomToken = (): string => `token${token++}`
  const at = (milliseconds: number | null, run: () => void): void => {
    if (milliseconds !== null) clock.setTimer(milliseconds, run)
  }
  const common = { clock, randomToken, random: () => 0.37 }
  const called = createUserAgent({
    ...common,
    transport: network.attach(CALLED),
    onInvite: (session) => {
      incoming.push(session)
      at(story.rings, () => session.ring())
      at(story.decides.at, () => {
        if (story.decides.answers) session.accept(ANSWER)
        else session.reject(486)
      })
      at(story.calledEnds, () => session.end({ q850: 16 }))
      at(story.calledHolds, () => void session.reinvite(OFFER))
      // Nobody talks for ever.
      at(100_000, () => session.end({ q850: 16 }))
      return { onReinvite: () => ({ sdp: ANSWER }), onEnded: (end) => ends.called.push(end) }
    },
  })
  const caller = createUserAgent({
    ...common,
    transport: network.attach(CALLER),
    onInvite: () => ({ onEnded: () => undefined }),
  })
  const session = caller.invite({
    target: `sip:1@${CALLED.address}`,
    offer: OFFER,
    listener: { onReinvite: () => ({ sdp: ANSWER }), onEnded: (end) => ends.caller.push(end) },
  })
  at(story.callerEnds, () => session.end({ q850: 16 }))
  at(story.callerHolds, () => void session.reinvite(OFFER))
  at(100_000, () => session.end({ q850: 16 }))
  clock.advance(100_000 + ALL_TIMERS_MILLISECONDS)
  return { clock, caller, called, ends, incoming }
}

describe('two user agents on a network that loses, delays and doubles', () => {
  it('end each call once on each side and keep nothing of it, whatever they do and whatever is lost', () => {
    const seen = { answered: 0, unanswered: 0 }
    fc.assert(
      fc.property(script, (story) => {
        const { clock, caller, called, ends, incoming } = play(story)
        expect(ends.caller).toHaveLength(1)
        expect(ends.called).toHaveLength(incoming.length)
        expect(incoming.length).toBeLessThanOrEqual(1)
        expect(caller.sessions()).toEqual([])
        expect(called.sessions()).toEqual([])
        expect(caller.transactions()).toEqual({ client: 0, server: 0 })
        expect(called.transactions()).toEqual({ client: 0, server: 0 })
        expect(clock.pending()).toBe(0)
        if (ends.caller[0]?.how === 'bye') seen.answered += 1
        else seen.unanswered += 1
      }),
      { numRuns: 1500, seed: 3261 },
    )
    expect(seen.answered).toBeGreaterThan(100)
    expect(seen.unanswered).toBeGreaterThan(100)
  }, 120_000)

  it('agree on how a call ended when nothing is lost', () => {
    const quiet = { rings: 500, callerHolds: 3000, calledHolds: 5000, fates: [] }
    const answered = play({
      ...quiet,
      decides: { at: 1000, answers: true },
      callerEnds: 9000,
      calledEnds: null,
    })
    expect(answered.ends.caller[0]).toMatchObject({ how: 'bye', by: 'local' })
    expect(answered.ends.called[0]).toMatchObject({ how: 'bye', by: 'peer', q850: 16 })
    const cancelled = play({
      ...quiet,
      decides: { at: 9000, answers: true },
      callerEnds: 900,
      calledEnds: null,
    })
    expect(cancelled.ends.called[0]).toMatchObject({ how: 'cancelled', by: 'peer' })
    const refused = play({
      ...quiet,
      decides: { at: 1000, answers: false },
      callerEnds: null,
      calledEnds: null,
    })
    expect(refused.ends.caller[0]).toMatchObject({ how: 'refused', by: 'peer', sipStatus: 486, q850: 17 })
  })
})
