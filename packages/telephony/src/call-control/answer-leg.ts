import type { MediaLegListener } from '../media/media.ts'
import { isMediaError } from '../media/media-error.ts'
import { Q850 } from '../q850.ts'
import { type NegotiatedAudio, sipStatusOfSdpRefusal } from '../sdp/index.ts'
import type { ReinviteDecision } from '../sip/index.ts'
import { applyHearing, type CallContext, type Outcome } from './context.ts'
import { loseLeg } from './end-leg.ts'
import type { SipLeg } from './leg.ts'
import { mayMove, move } from './leg-state.ts'
import { refuse } from './leg-table.ts'
import { mediaSessionOf, SipNegotiation } from './sip-negotiation.ts'

const NOT_ACCEPTABLE_HERE = 488

/** 180 Ringing. */
export const ringLeg = (leg: SipLeg): Outcome => {
  if (leg.state.status === 'ringing') return {}
  if (!mayMove(leg.state.status, 'ringing'))
    return refuse('WRONG_LEG_STATE', `the leg is ${leg.state.status}`)
  leg.state = move(leg.state, { status: 'ringing' })
  leg.session.ring()
  return {}
}

/** 200 with our SDP. The codec is null when the peer offered none yet: its answer comes with the ACK. */
export const answerLeg = (context: CallContext, leg: SipLeg): Promise<Outcome> => {
  if (leg.answering !== null) return leg.answering
  if (!mayMove(leg.state.status, 'answered')) {
    return Promise.resolve(refuse('WRONG_LEG_STATE', `the leg is ${leg.state.status}`))
  }
  leg.answering = answer(context, leg)
  return leg.answering
}

const answer = async (context: CallContext, leg: SipLeg): Promise<Outcome> => {
  const media = await context.media.openSipLeg(listenerOf(context, leg)).catch((error: unknown) => {
    context.report('openSipLeg', error)
    return isMediaError(error) ? error.code : ('FAILED' as const)
  })
  if (typeof media === 'string') {
    leg.answering = null
    return refuse('MEDIA_FAILED', media)
  }
  const negotiation = new SipNegotiation(media.local)
  const { offer } = leg.session
  const answered = offer === null ? { sdp: negotiation.offer(), audio: null } : negotiation.answer(offer)
  if ('refused' in answered) {
    media.close()
    leg.endedBy = 'edge'
    leg.session.end({
      q850: Q850.incompatibleDestination,
      sipStatus: sipStatusOfSdpRefusal[answered.refused],
    })
    return refuse('NO_COMMON_CODEC', answered.detail)
  }
  if (!leg.session.accept(answered.sdp)) {
    // A CANCEL crossed the order.
    media.close()
    return refuse('LEG_ENDED', 'the caller has gone')
  }
  leg.state = move(leg.state, { status: 'answered' })
  leg.media = media
  leg.negotiation = negotiation
  context.count('calls.answered')
  if (answered.audio !== null) connect(context, leg, answered.audio)
  applyHearing(context, leg)
  return { codec: leg.law }
}

/** The ACK brought the answer to our offer. One that we cannot use ends the call: there is no refusing it any more. */
export const takeAnswerOfPeer = (context: CallContext, leg: SipLeg, sdp: string): void => {
  const audio = leg.negotiation?.readAnswer(sdp)
  if (audio === undefined) return
  if ('refused' in audio) {
    leg.endedBy = 'edge'
    leg.session.end({ q850: Q850.incompatibleDestination })
    return
  }
  connect(context, leg, audio)
}

/** The peer changes the session (RFC 3261 §14.2): hold, another address, another codec. */
export const takeReinvite = (context: CallContext, leg: SipLeg, offer: string | null): ReinviteDecision => {
  const { negotiation } = leg
  if (negotiation === null) return { refuse: NOT_ACCEPTABLE_HERE }
  if (offer === null) return { sdp: negotiation.offer() }
  const answered = negotiation.answer(offer)
  if ('refused' in answered) return { refuse: sipStatusOfSdpRefusal[answered.refused] }
  connect(context, leg, answered.audio)
  return { sdp: answered.sdp }
}

const connect = (context: CallContext, leg: SipLeg, audio: NegotiatedAudio): void => {
  leg.law = audio.codec
  leg.media?.connect(mediaSessionOf(audio))
  if (leg.heldByPeer === audio.heldByPeer) return
  leg.heldByPeer = audio.heldByPeer
  context.tell({ type: audio.heldByPeer ? 'HeldByPeer' : 'ResumedByPeer', legId: leg.legId })
}

const listenerOf = (context: CallContext, leg: SipLeg): MediaLegListener => ({
  onDigit: ({ digit, durationMilliseconds }) =>
    context.tell({ type: 'DigitReceived', legId: leg.legId, digit, durationMilliseconds }),
  onGreetingFinished: () => context.tell({ type: 'PlaybackFinished', legId: leg.legId, prompt: 'greeting' }),
  onLost: (why) =>
    loseLeg(context, leg, why, (q850) => {
      leg.endedBy = 'edge'
      leg.session.end({ q850 })
    }),
})
