import type { Clock } from '../clock/clock.ts'
import type { EdgeFactBody } from '../edge-contract/facts.ts'
import type { Media } from '../media/media.ts'
import type { Leg } from './leg.ts'
import { whatItHears } from './leg.ts'
import type { LegTable, OrderRefusal } from './leg-table.ts'

export const callCounterNames = [
  'calls.arrived',
  'calls.answered',
  'calls.refused',
  'calls.bridged',
  'legs.ended',
  'legs.lost',
  'legs.stalled',
] as const
export type CallCounterName = (typeof callCounterNames)[number]

/** What the rooms of call control share. */
export type CallContext = {
  readonly legs: LegTable
  readonly media: Media
  readonly clock: Clock
  /** Tells the hub; never throws. */
  tell(body: EdgeFactBody): void
  /** Why no call may be let in at the moment, or null. */
  noRoom(): 'shuttingDown' | 'hubAway' | 'factsFull' | 'notAdmitted' | null
  /** What the hub says of letting calls in. */
  admitCalls(admit: boolean): void
  hubIsAway(): boolean
  count(name: CallCounterName): void
  /** What went wrong inside, for the operator; no personal data. */
  report(what: string, error: unknown): void
  newLegId(): string
  readonly limits: CallLimits
}

export type CallLimits = {
  readonly legs: number
  /** A call that waits so long for the hub's first order is refused. */
  readonly firstOrderMilliseconds: number
  /** Longest that a bridge waits for both legs' media. */
  readonly bridgeMilliseconds: number
}

/** An order's result, or why it was refused. */
export type Outcome = Readonly<Record<string, unknown>> | OrderRefusal

export const isRefusal = (outcome: Leg | Outcome): outcome is OrderRefusal => 'refused' in outcome

/** Who is at the other end of its bridge; null without one. */
export const peerOf = (context: CallContext, leg: Leg): Leg | null =>
  leg.bridgedWith === null ? null : context.legs.get(leg.bridgedWith)

/** Switches what the leg and its bridge hear to what their states say. */
export const applyHearing = (context: CallContext, leg: Leg): void => {
  const peer = peerOf(context, leg)
  leg.media?.hear(whatItHears(leg, peer))
  peer?.media?.hear(whatItHears(peer, leg))
}
