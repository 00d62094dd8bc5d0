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
}

export type Leg = SipLeg | BrowserLeg

/**
 * What a leg hears, from where it and its bridge stand: the one place where hold, mute and bridge meet.
 * Null stands for a leg that has no media yet.
 */
export const whatItHears = (leg: Leg, peer: Leg | null): PlayedSource | MediaLeg => {
  if (peer === null) return leg.treatment
  if (peer.state.status === 'held') return 'holdMusic'
  if (leg.state.status === 'held' || peer.muted || peer.media === null) return 'silence'
  return peer.media
}
