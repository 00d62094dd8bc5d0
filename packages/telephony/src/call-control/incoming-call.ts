import type { EdgeFactBody } from '../edge-contract/facts.ts'
import { Q850 } from '../q850.ts'
import { sipStatusOfSdpRefusal } from '../sdp/index.ts'
import type { IncomingSession, SessionEnd, SessionListener } from '../sip/index.ts'
import { takeAnswerOfPeer, takeReinvite } from './answer-leg.ts'
import type { CallContext } from './context.ts'
import { endLeg } from './end-leg.ts'
import type { SipLeg } from './leg.ts'
import type { LegEnd } from './leg-state.ts'
import { checkOffer } from './sip-negotiation.ts'

const SERVICE_UNAVAILABLE = 503
const REFUSED: SessionListener = { onEnded: () => undefined }

/** An INVITE from outside: refused by the edge itself, or let in as a leg of which the hub is told. */
export const receiveCall = (context: CallContext, session: IncomingSession): SessionListener => {
  const noRoom = context.legs.size >= context.limits.legs ? 'legsFull' : context.noRoom()
  if (noRoom !== null) return refuseCall(context, session, SERVICE_UNAVAILABLE, noRoom)
  if (session.offer !== null) {
    const refusal = checkOffer(session.offer)
    if (refusal !== null) {
      return refuseCall(context, session, sipStatusOfSdpRefusal[refusal.refused], refusal.refused)
    }
  }

  const leg: SipLeg = {
    kind: 'sip',
    legId: context.newLegId(),
    session,
    state: { status: 'offered' },
    treatment: 'silence',
    bridgedWith: null,
    muted: false,
    stands: Promise.withResolvers(),
    over: Promise.withResolvers(),
    media: null,
    negotiation: null,
    answering: null,
    law: null,
    heldByPeer: false,
    endedBy: 'hub',
  }
  context.legs.add(leg)
  context.count('calls.arrived')
  context.tell(arrived(leg))
  const cancelTimer = refuseUnattended(context, leg)

  return {
    onAck: ({ sdp, of }) => {
      if (sdp !== null) takeAnswerOfPeer(context, leg, sdp)
      if (of === 'invite') established(context, leg)
    },
    onReinvite: (offer) => takeReinvite(context, leg, offer),
    onEnded: (end) => {
      cancelTimer()
      endLeg(context, leg, causeOf(end, leg.endedBy))
    },
  }
}

const refuseCall = (
  context: CallContext,
  session: IncomingSession,
  status: number,
  why: string,
): SessionListener => {
  context.count('calls.refused')
  session.reject(status)
  context.tell({ type: 'CallRefused', sipCallId: session.callId, status, why })
  return REFUSED
}

/** The hub is away, or does not care: the caller is not left with 100 Trying for ever. */
const refuseUnattended = (context: CallContext, leg: SipLeg): (() => void) =>
  context.clock.setTimer(context.limits.firstOrderMilliseconds, () => {
    if (leg.state.status !== 'offered' || leg.answering !== null) return
    leg.endedBy = 'edge'
    context.count('calls.refused')
    leg.session.end({ q850: Q850.temporaryFailure, sipStatus: SERVICE_UNAVAILABLE })
  })

const established = (context: CallContext, leg: SipLeg): void => {
  if (leg.law === null || leg.state.status === 'ended') return
  leg.stands.resolve()
  context.tell({ type: 'LegEstablished', legId: leg.legId, codec: leg.law })
}

const causeOf = (end: SessionEnd, localBy: 'hub' | 'edge'): LegEnd => ({
  q850: end.q850,
  sipStatus: end.sipStatus,
  by: end.by === 'peer' ? 'peer' : end.by === 'local' ? localBy : 'edge',
})

/** RFC 3323 §4.1.1.3. */
const ANONYMOUS = { uri: 'sip:anonymous@anonymous.invalid', displayName: null } as const

/**
 * Who asked for privacy is told of as anonymous. RFC 3325 §7 lets a trust domain know the asserted identity all the same;
 * ours does not: agents are no part of it, and what is not told is neither shown, nor looked up, nor kept in a log.
 */
const arrived = ({ legId, session }: SipLeg): EdgeFactBody => {
  const { identityWithheld } = session
  const from = identityWithheld ? ANONYMOUS : session.from
  const assertedIdentity = identityWithheld ? null : session.assertedIdentity
  return {
    type: 'CallArrived',
    legId,
    sipCallId: session.callId,
    requestUri: session.requestUri.uri,
    from: { uri: from.uri, displayName: from.displayName },
    assertedIdentity:
      assertedIdentity === null
        ? null
        : { uri: assertedIdentity.uri, displayName: assertedIdentity.displayName },
    to: { uri: session.to.uri },
    source: { address: session.source.address, port: session.source.port },
  }
}
