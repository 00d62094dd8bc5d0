import { type CallContext, endLeg, type Leg, LegTable, loseLeg, receiveCall } from '../call-control/index.ts'
import { fakeSession, offerOf } from '../call-control/testing.ts'
import { createManualClock } from '../clock/testing/manual-clock.ts'
import { FactLog } from '../edge/fact-log.ts'
import { carryOut } from '../edge/order-handler.ts'
import { OrderMemory } from '../edge/order-memory.ts'
import type { EdgeFactBody } from '../edge-contract/facts.ts'
import type { EdgeAnswer, EdgeOrder } from '../edge-contract/orders.ts'
import { createFakeMedia, type FakeBrowserLeg } from '../media/fake/fake-media.ts'

export type LivingLeg = {
  readonly legId: string
  readonly kind: 'sip' | 'browser'
  readonly state: 'offered' | 'ringing' | 'answered' | 'held'
}

/** One run of an edge without sound and without SIP: call control, order memory and fact log are the edge's own. */
export type FakeEdgeRun = {
  readonly edgeRun: string
  readonly facts: FactLog
  legs(): readonly LivingLeg[]
  /** Carries the order out, unless `instead` has an answer; a repeat by id gets the first answer. */
  order(order: EdgeOrder, instead: () => Promise<EdgeAnswer | null>): Promise<EdgeAnswer>
  /** Lets happen what the fact tells, and records it. */
  happen(body: EdgeFactBody): void
  /** From here on exactly these legs live; nothing is told of the others. */
  replaceLegs(legs: readonly LivingLeg[]): Promise<void>
  /** Ends every leg with the cause. */
  shutdown(q850: number): void
}

const MOST_FACTS = 10_000
const MOST_LEGS = 1_000

export const createFakeEdgeRun = (edgeRun: string, now: () => string): FakeEdgeRun => {
  const facts = new FactLog({ edgeRun, limit: MOST_FACTS, now })
  const memory = new OrderMemory()
  const media = createFakeMedia()
  const legs = new LegTable()
  let arriving: Extract<EdgeFactBody, { type: 'CallArrived' }> | null = null
  const context: CallContext = {
    legs,
    media,
    // Stands still: nobody is refused for waiting too long.
    clock: createManualClock(),
    tell: (body) => void facts.record(body),
    noRoom: () => null,
    admitCalls: () => undefined,
    hubIsAway: () => false,
    count: () => undefined,
    report: (what, error) => {
      throw new Error(`the fake edge failed in ${what}`, { cause: error })
    },
    newLegId: () => arriving?.legId ?? '',
    limits: { legs: MOST_LEGS, firstOrderMilliseconds: 1, bridgeMilliseconds: 1 },
  }

  /** A caller of both laws in the order in which trunks offer them. */
  const arrive = (body: Extract<EdgeFactBody, { type: 'CallArrived' }>, tell: boolean): void => {
    arriving = body
    const session = fakeSession(offerOf(['PCMU', 'PCMA']))
    const told = (fact: EdgeFactBody) => {
      if (fact.type !== 'CallArrived') context.tell(fact)
      else if (tell) context.tell(body)
    }
    session.listener = receiveCall({ ...context, tell: told }, session)
    arriving = null
  }

  const happenTo = (leg: Leg, body: EdgeFactBody): void => {
    switch (body.type) {
      case 'LegEstablished':
        leg.stands.resolve()
        facts.record(body)
        return
      case 'BrowserLegReady':
        if (leg.kind === 'browser' && leg.state.status === 'offered')
          (leg.media as FakeBrowserLeg).listener.onReady?.()
        else facts.record(body)
        return
      case 'MediaLost':
        loseLeg(context, leg, body.why, (q850) => endLeg(context, leg, { q850, sipStatus: null, by: 'edge' }))
        return
      case 'LegEnded':
        endLeg(context, leg, body.cause)
        return
      default:
        facts.record(body)
    }
  }

  const open = async ({ legId, kind, state }: LivingLeg): Promise<void> => {
    if (kind === 'browser') await carryOut(context, { orderId: '', type: 'OpenBrowserLeg', legId })
    else {
      const party = { uri: 'sip:anonymous@192.0.2.7', displayName: null }
      const source = { address: '192.0.2.7', port: 5_060 }
      const heads = {
        sipCallId: legId,
        requestUri: party.uri,
        from: party,
        assertedIdentity: null,
        to: party,
      }
      arrive({ type: 'CallArrived', legId, ...heads, source }, false)
      if (state !== 'offered' && state !== 'ringing')
        await carryOut(context, { orderId: '', type: 'AnswerLeg', legId })
    }
    const leg = legs.get(legId)
    if (leg === null) return
    leg.state = { status: state }
    if (state === 'answered' || state === 'held') leg.stands.resolve()
  }

  return {
    edgeRun,
    facts,
    legs: () =>
      legs
        .all()
        .flatMap(({ legId, kind, state: { status } }) =>
          status === 'ended' ? [] : [{ legId, kind, state: status }],
        ),
    order: (order, instead) =>
      memory.once(order.orderId, async () => (await instead()) ?? carryOut(context, order)),
    happen: (body) => {
      const leg = 'legId' in body ? legs.get(body.legId) : null
      if (body.type === 'CallArrived') arrive(body, true)
      else if (leg === null) facts.record(body)
      else happenTo(leg, body)
    },
    replaceLegs: async (living) => {
      for (const { legId } of legs.all()) {
        if (!living.some((each) => each.legId === legId)) legs.remove(legId)
      }
      for (const each of living) {
        if (legs.get(each.legId) === null) await open(each)
      }
    },
    shutdown: (q850) => {
      for (const leg of legs.all()) endLeg(context, leg, { q850, sipStatus: null, by: 'edge' })
    },
  }
}
