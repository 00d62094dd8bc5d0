import type { BrowserMediaLeg, MediaLeg, PlayedSource, SipMediaLeg } from '../media/media.ts'
import type { G711 } from '../media/rtp/g711.ts'
import type { IncomingSession } from '../sip/index.ts'
import type { Outcome } from './context.ts'
import type { LegState } from './leg-state.ts'
import type { SipNegotiation } from './sip-negotiation.ts'

type AnyLeg = {
  readonly legId: string
  state: LegState
  /** What it hears while it is not bridged. */
  treatment: PlayedSource
  /** Whose bridge it shares. */
  bridgedWith: string | null
  muted: boolean
  /** Resolved when audio can pass to and from the leg. */
  readonly stands: PromiseWithResolvers<void>
  /** Resolved when the leg has ended. */
  readonly over: PromiseWithResolvers<void>
}

export type SipLeg = AnyLeg & {
  readonly kind: 'sip'
  readonly session: IncomingSession
  /** From the answer on; null before. */
  media: SipMediaLeg | null
  negotiation: SipNegotiation | null
  /** The answer under way or given. */
  answering: Promise<Outcome> | null
  law: G711 | null
  heldByPeer: boolean
  /** Who decides when we end the session ourselves: an order, unless the edge says otherwise. */
  endedBy: 'hub' | 'edge'
}

export type BrowserLeg = AnyLeg & {
  readonly kind: 'browser'
  readonly media: BrowserMediaLeg
  /** Its microphone sends nothing, as when the browser has died: who hears it gets music meanwhile. */
  stalled: boolean
}

export type Leg = SipLeg | BrowserLeg

/** WebRTC comes without comfort noise here: a browser that is there sends packets, whatever its microphone hears. */
export const isStalled = (leg: Leg): boolean => leg.kind === 'browser' && leg.stalled

/**
 * What a leg hears, from where it and its bridge stand: the one place where hold, mute and bridge meet.
 * Null stands for a leg that has no media yet.
 */
export const whatItHears = (leg: Leg, peer: Leg | null): PlayedSource | MediaLeg => {
  if (peer === null) return leg.treatment
  if (peer.state.status === 'held') return 'holdMusic'
  if (leg.state.status === 'held') return 'silence'
  if (isStalled(peer)) return 'holdMusic'
  return peer.muted || peer.media === null ? 'silence' : peer.media
}
