import type { EdgeFactBody } from '../edge-contract/facts.ts'

export type LegEnd = Extract<EdgeFactBody, { type: 'LegEnded' }>['cause']

/** Where a leg is in its life; `held` is the hub's hold, not the peer's own. */
export type LegState =
  | { readonly status: 'offered' }
  | { readonly status: 'ringing' }
  | { readonly status: 'answered' }
  | { readonly status: 'held' }
  | { readonly status: 'ended'; readonly cause: LegEnd }

export type LegStatus = LegState['status']

const MOVES = {
  offered: ['ringing', 'answered', 'ended'],
  ringing: ['answered', 'ended'],
  answered: ['held', 'ended'],
  held: ['answered', 'ended'],
  ended: [],
} as const satisfies Record<LegStatus, readonly LegStatus[]>

export const mayMove = (from: LegStatus, to: LegStatus): boolean =>
  (MOVES[from] as readonly LegStatus[]).includes(to)

export class IllegalLegMoveError extends Error {
  override readonly name = 'IllegalLegMoveError'
}

/** The state after the move; throws on one that a leg cannot make, which the caller should have refused before. */
export const move = (from: LegState, to: LegState): LegState => {
  if (!mayMove(from.status, to.status)) throw new IllegalLegMoveError(`${from.status} → ${to.status}`)
  return to
}
