import type { MicrophoneTrouble } from '../../phone/microphone.ts'
import type { PhoneState } from '../../phone/phone-state.ts'
import type { LineState } from '../../phone/voice-socket.ts'
import type { Desk, InteractionLine, OfferLine, OnTheLine } from '../desk/desk-types.ts'
import { standingCall } from '../desk/line-rules.ts'

/** What the call bar shows; the first that is so, from the most pressing on. */
export type BarState =
  | { readonly status: 'offered'; readonly offer: OfferLine }
  | { readonly status: 'inCall'; readonly call: OnTheLine; readonly media: Media }
  | { readonly status: 'wrapUp'; readonly contact: InteractionLine }
  | { readonly status: 'lineTaken' }
  | { readonly status: 'lineAway'; readonly since: number }
  | { readonly status: 'missed' }
  | { readonly status: 'idle' }

/** How the voice of a running call is. */
export type Media =
  | { readonly status: 'connecting' }
  | { readonly status: 'talking' }
  | { readonly status: 'noMicrophone'; readonly why: MicrophoneTrouble }
  | { readonly status: 'failed' }
  /** Spoken in another window of the same agent. */
  | { readonly status: 'elsewhere' }

export function barState(desk: Desk, phone: PhoneState, line: LineState): BarState {
  // What the desk showed last is over: the hub has ended the calls and taken back the offers.
  if (line.status === 'away' && line.isHubStopped) return { status: 'lineAway', since: line.since }
  if (desk.offer !== null) return { status: 'offered', offer: desk.offer }
  const call = standingCall(desk)
  if (call !== null) return { status: 'inCall', call, media: mediaOf(phone, line, call.id) }
  if (desk.current?.status === 'WRAP_UP' && desk.agent.presence.status === 'WRAP_UP') {
    return { status: 'wrapUp', contact: desk.current }
  }
  if (line.status === 'taken') return { status: 'lineTaken' }
  if (line.status === 'away') return { status: 'lineAway', since: line.since }
  const { presence } = desk.agent
  if (presence.status === 'NOT_READY' && presence.reason === 'MISSED_OFFER') return { status: 'missed' }
  return { status: 'idle' }
}

function mediaOf(phone: PhoneState, line: LineState, interactionId: string): Media {
  const none: Media = { status: line.status === 'taken' ? 'elsewhere' : 'connecting' }
  if (phone.status !== 'idle' && phone.interactionId !== interactionId) return none
  switch (phone.status) {
    case 'idle':
      return none
    case 'connecting':
      return { status: 'connecting' }
    case 'talking':
      return { status: 'talking' }
    case 'noMicrophone':
      return { status: 'noMicrophone', why: phone.why }
    case 'failed':
      return { status: 'failed' }
  }
}

/** The line between customer and agent, as the hub reports it. */
export type LegsState = {
  /** Who holds the call; null when nobody does. */
  readonly heldBy: 'us' | 'customer' | 'both' | null
  /** Since when the first of them does. */
  readonly heldSince: string | null
  /** Held from here: the customer hears music, and it is here that it is resumed. */
  readonly isHeld: boolean
  readonly isMuted: boolean
}

export function legsState(call: OnTheLine, agentId: string): LegsState {
  const legs = call.call?.legs.filter((leg) => leg.status !== 'ENDED') ?? []
  const held = legs.filter((leg) => leg.status === 'HELD')
  const isHeld = held.some((leg) => leg.heldBy.includes('agent'))
  const isHeldThere = held.some((leg) => leg.heldBy.includes('customer'))
  return {
    heldBy: isHeld ? (isHeldThere ? 'both' : 'us') : isHeldThere ? 'customer' : null,
    heldSince: held[0]?.heldAt ?? null,
    isHeld,
    isMuted: legs.some((leg) => leg.agent?.id === agentId && leg.muted),
  }
}
