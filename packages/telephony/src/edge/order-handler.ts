import { unreachable } from '@centralino/domain/kernel'
import {
  answerLeg,
  bridgeLegs,
  type CallContext,
  hangUpLeg,
  holdLeg,
  isRefusal,
  type Leg,
  mediaOutcome,
  muteLeg,
  type Outcome,
  openBrowserLeg,
  playToLeg,
  refuse,
  resumeLeg,
  ringLeg,
  unbridgeLegs,
} from '../call-control/index.ts'
import type { EdgeAnswer, EdgeOrder } from '../edge-contract/orders.ts'

type SipLeg = Extract<Leg, { kind: 'sip' }>
type BrowserLeg = Extract<Leg, { kind: 'browser' }>

/** Carries an order out. Never rejects: what goes wrong inside is reported and answered as MEDIA_FAILED. */
export const carryOut = async (context: CallContext, order: EdgeOrder): Promise<EdgeAnswer> => {
  const { orderId } = order
  let outcome: Outcome
  try {
    outcome = await outcomeOf(context, order)
  } catch (error) {
    context.report(order.type, error)
    outcome = refuse('MEDIA_FAILED', 'failed inside the edge')
  }
  return isRefusal(outcome)
    ? { orderId, ok: false, code: outcome.refused, detail: outcome.detail }
    : { orderId, ok: true, result: outcome }
}

const outcomeOf = (context: CallContext, order: EdgeOrder): Outcome | Promise<Outcome> => {
  switch (order.type) {
    case 'AdmitCalls':
      context.admitCalls(order.admit)
      return {}
    case 'RingLeg':
      return onSipLeg(context, order.legId, ringLeg)
    case 'AnswerLeg':
      return onSipLeg(context, order.legId, (leg) => answerLeg(context, leg))
    case 'HangUpLeg':
      return onLeg(context, order.legId, (leg) => hangUpLeg(context, leg, order.reason))
    case 'PlayToLeg':
      return onLeg(context, order.legId, (leg) => playToLeg(context, leg, order.source))
    case 'BridgeLegs':
      return bridgeLegs(context, order.legIds)
    case 'UnbridgeLegs':
      return unbridgeLegs(context, order.legIds)
    case 'HoldLeg':
      return onLeg(context, order.legId, (leg) => holdLeg(context, leg))
    case 'ResumeLeg':
      return onLeg(context, order.legId, (leg) => resumeLeg(context, leg))
    case 'MuteLeg':
      return onLeg(context, order.legId, (leg) => muteLeg(context, leg, true))
    case 'UnmuteLeg':
      return onLeg(context, order.legId, (leg) => muteLeg(context, leg, false))
    case 'OpenBrowserLeg':
      return openBrowserLeg(context, order.legId, order.bridgeWith)
    case 'CreateBrowserTransport':
      return onBrowserLeg(context, order.legId, ({ media }) =>
        mediaOutcome(context, () => media.createTransport(order.direction)),
      )
    case 'ConnectBrowserTransport':
      return onBrowserLeg(context, order.legId, ({ media }) =>
        mediaOutcome(context, async () => {
          await media.connectTransport(order.transportId, order.dtlsParameters)
          return {}
        }),
      )
    case 'ProduceBrowserAudio':
      return onBrowserLeg(context, order.legId, ({ media }) =>
        mediaOutcome(context, () => media.produce(order.transportId, order.rtpParameters)),
      )
    case 'ConsumeBrowserAudio':
      return onBrowserLeg(context, order.legId, ({ media }) =>
        mediaOutcome(context, () => media.consume(order.transportId, order.rtpCapabilities)),
      )
    default:
      return unreachable(order)
  }
}

const onLeg = (
  context: CallContext,
  legId: string,
  task: (leg: Leg) => Outcome | Promise<Outcome>,
): Outcome | Promise<Outcome> => {
  const leg = context.legs.find(legId)
  return isRefusal(leg) ? leg : task(leg)
}

const onSipLeg = (context: CallContext, legId: string, task: (leg: SipLeg) => Outcome | Promise<Outcome>) =>
  onLeg(context, legId, (leg) =>
    leg.kind === 'sip' ? task(leg) : refuse('WRONG_LEG_KIND', 'a SIP leg is needed'),
  )

const onBrowserLeg = (
  context: CallContext,
  legId: string,
  task: (leg: BrowserLeg) => Outcome | Promise<Outcome>,
) =>
  onLeg(context, legId, (leg) =>
    leg.kind === 'browser' ? task(leg) : refuse('WRONG_LEG_KIND', 'a browser leg is needed'),
  )
