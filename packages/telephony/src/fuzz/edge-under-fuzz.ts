import { type CallContext, LegTable, receiveCall } from '../call-control/index.ts'
import type { Clock } from '../clock/clock.ts'
import { carryOut } from '../edge/order-handler.ts'
import type { EdgeOrder } from '../edge-contract/orders.ts'
import type { OrderBody } from '../edge-contract/voice-edge.ts'
import type { Media, SipMediaLeg } from '../media/media.ts'
import { makeOffer } from '../sdp/index.ts'
import { createSipCounters, type OutgoingSession, type SipCounters, type UserAgent } from '../sip/index.ts'
import type { SipTransport } from '../sip/transport/sip-transport.ts'
import { createUserAgent } from '../sip/user-agent/index.ts'
import type { Random } from './random.ts'

/** What a run must not leave behind. */
export type Remains = {
  readonly legs: number
  readonly sessions: number
  readonly clientTransactions: number
  readonly serverTransactions: number
}

/** The edge's own layers, from the transport up to call control, under a hub that orders this and that. */
export type EdgeUnderFuzz = {
  readonly counters: SipCounters
  readonly userAgent: UserAgent
  /** What was contained: nothing, if all is well. */
  readonly failures: readonly unknown[]
  /** The hub's turn: orders for a leg, or a call out. */
  order(): void
  remains(): Remains
}

const LEGS = 100

/** RTP goes nowhere: what its readers make of a stranger's packets is another run's matter. */
const createDeafMedia = (): Media => {
  let port = 20_000
  return {
    openSipLeg: async (): Promise<SipMediaLeg> => {
      port = port >= 60_000 ? 20_000 : port + 2
      return {
        kind: 'sip',
        local: { address: '192.0.2.1', port },
        connect: () => undefined,
        hear: () => undefined,
        close: () => undefined,
      }
    },
    openBrowserLeg: () => Promise.reject(new Error('no browser here')),
    counters: () => ({}),
    [Symbol.asyncDispose]: async () => undefined,
  }
}

/** Puts it together as `edge.ts` does, without hub and workers; calls out go to `peer`. */
export const createEdgeUnderFuzz = (
  transport: SipTransport,
  clock: Clock,
  random: Random,
  peer: string,
): EdgeUnderFuzz => {
  const counters = createSipCounters()
  const failures: unknown[] = []
  const fail = (error: unknown): void => {
    failures.push(error)
  }
  let legs = 0
  let orders = 0
  const context: CallContext = {
    legs: new LegTable(),
    media: createDeafMedia(),
    clock,
    tell: () => undefined,
    noRoom: () => null,
    admitCalls: () => undefined,
    hubIsAway: () => false,
    count: () => undefined,
    report: (_what, error) => fail(error),
    newLegId: () => {
      legs += 1
      return `leg-${legs}`
    },
    limits: { legs: LEGS, firstOrderMilliseconds: 10_000, bridgeMilliseconds: 5_000 },
  }
  const userAgent = createUserAgent({
    transport,
    clock,
    counters,
    random: random.next,
    limits: { sessions: LEGS + 20, transactions: 1_000, ringingMilliseconds: 20_000 },
    log: (level, message, data) => {
      if (level === 'error') fail(data?.['error'] ?? message)
    },
    onInvite: (session) => receiveCall(context, session),
  })
  const outgoing: OutgoingSession[] = []
  const ours = {
    address: '192.0.2.1',
    port: 20_000,
    codecs: ['PCMU', 'PCMA'],
    sessionId: '1',
    sessionVersion: 1,
  } as const

  const give = (body: OrderBody): void => {
    orders += 1
    carryOut(context, { orderId: `o${orders}`, ...body } as EdgeOrder).catch(fail)
  }
  const callOut = (): void => {
    if (outgoing.length >= 16) return
    const session = userAgent.invite({
      target: peer,
      offer: makeOffer(ours),
      listener: { onEnded: () => void outgoing.splice(outgoing.indexOf(session), 1) },
    })
    outgoing.push(session)
  }
  const changeCallOut = (): void => {
    const session = outgoing[random.below(outgoing.length)]
    if (session === undefined) return
    if (random.chance(0.5)) session.end({ q850: 16 })
    else session.reinvite(makeOffer({ ...ours, direction: 'sendonly' })).catch(fail)
  }

  return {
    counters,
    userAgent,
    failures,
    order: () => {
      const choice = random.below(12)
      if (choice === 0) callOut()
      if (choice === 1) changeCallOut()
      const living = context.legs.all()
      const leg = living[random.below(living.length)]
      const other = living[random.below(living.length)]
      if (choice < 2 || leg === undefined || other === undefined) return
      const { legId } = leg
      if (choice < 4) give({ type: 'RingLeg', legId })
      else if (choice < 8) give({ type: 'AnswerLeg', legId })
      else if (choice === 8) give({ type: 'BridgeLegs', legIds: [legId, other.legId] })
      else if (choice === 9) give({ type: random.chance(0.5) ? 'HoldLeg' : 'ResumeLeg', legId })
      else if (choice === 10) give({ type: 'PlayToLeg', legId, source: 'music' })
      else give({ type: 'HangUpLeg', legId, reason: { q850: 16, sipStatus: null } })
    },
    remains: () => {
      const { client, server } = userAgent.transactions()
      return {
        legs: context.legs.size,
        sessions: userAgent.sessions().length,
        clientTransactions: client,
        serverTransactions: server,
      }
    },
  }
}
