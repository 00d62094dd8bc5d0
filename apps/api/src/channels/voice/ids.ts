import { type CallId, type InteractionId, parseId } from '@centralino/domain'
import { uuidv5 } from '@centralino/event-store'

/**
 * A call's id follows from the edge's run and its own id for the caller's leg: a fact told twice names the same call, and
 * any call of the log can be asked whether it lives in this run of the edge.
 */
export const callIdOf = (edgeRun: string, customerLegId: string): CallId =>
  parseId('call', uuidv5(`call of ${edgeRun}/${customerLegId}`))

/** An inbound call's interaction. */
export const interactionIdOf = (callId: CallId): InteractionId =>
  parseId('interaction', uuidv5(`interaction of call ${callId}`))
