import type { HangUpCause, LegState } from '@centralino/domain'
import { type EdgeFactBody, Q850 } from '@centralino/telephony/edge-contract'

type MediaLoss = Extract<EdgeFactBody, { type: 'MediaLost' }>['why']
type LegEnd = Extract<EdgeFactBody, { type: 'LegEnded' }>['cause']

/** What the edge says of a leg's end, with the far end named as the party that it is. */
export const causeOf = (end: LegEnd, party: LegState['party']['kind']): HangUpCause => ({
  q850: end.q850,
  sipStatus: end.sipStatus,
  by: end.by === 'peer' ? party : 'hub',
})

/** The media of a leg is gone: the agent's browser is that agent's side, a caller's leg and a worker that died are our failure. */
export const mediaLost = (party: LegState['party']['kind'], why: MediaLoss): HangUpCause => ({
  q850: Q850.temporaryFailure,
  sipStatus: null,
  by: party === 'agent' && why !== 'workerDied' ? 'agent' : 'hub',
})

export const hubFailure = (sipStatus: number | null = null): HangUpCause => ({
  q850: Q850.temporaryFailure,
  sipStatus,
  by: 'hub',
})

/** The agent pressed the button. */
export const AGENT_HUNG_UP: HangUpCause = { q850: Q850.normalClearing, sipStatus: null, by: 'agent' }

/** An older leg of the same agent makes room for a newer one. */
export const REPLACED: HangUpCause = { q850: Q850.normalUnspecified, sipStatus: null, by: 'hub' }
