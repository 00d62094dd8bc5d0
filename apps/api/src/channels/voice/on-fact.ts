import {
  type Actor,
  type CallCommand,
  type CallId,
  type CallState,
  callStream,
  type Instant,
  isBridged,
  type LegId,
  type LegState,
  legOf,
  parseId,
  parseInstant,
  unreachable,
} from '@centralino/domain'
import { type EdgeFact, type EdgeFactBody, Q850 } from '@centralino/telephony/edge-contract'
import { onCallArrived } from './call-arrived.ts'
import { causeOf, hubFailure, mediaLost } from './hang-up.ts'
import { callIdOf } from './ids.ts'
import { fromFact } from './voice-context.ts'
import type { VoiceRooms } from './voice-rooms.ts'

type LegFact = Extract<EdgeFactBody, { legId: string }>
type OfLeg = Exclude<LegFact, { type: 'CallArrived' }>
type LiveCall = Extract<CallState, { status: 'live' }>

/**
 * Writes into the log what the edge saw. Resolves when it is on disk, and the edge may then forget the fact. Repeating a
 * fact changes nothing: its number is the idempotency key, and the domain takes a move that was made already as made.
 */
export const onFact = async (rooms: VoiceRooms, fact: EdgeFact): Promise<void> => {
  const { body } = fact
  switch (body.type) {
    case 'CallArrived':
      return onCallArrived(rooms, fact)
    case 'CallRefused':
      rooms.notices.report('CALL_REFUSED_BY_EDGE', { status: body.status })
      return
    default:
      return onLegFact(rooms, fact, body)
  }
}

const onLegFact = async (rooms: VoiceRooms, fact: EdgeFact, body: OfLeg): Promise<void> => {
  const legId = parseId('leg', body.legId)
  const callId = rooms.directory.callOfLeg(legId)?.callId ?? callIdOf(fact.edgeRun, legId)
  const state = await rooms.handlers.call.state(callStream(callId))
  // Refused with 404 before it was a call, or over and done.
  if (state.status !== 'live') return
  const leg = legOf(state, legId)
  if (leg === undefined) return
  const command = commandFor(body, { callId, legId, at: parseInstant(fact.at) }, leg, state)
  if (command !== null) {
    const context = fromFact(fact, 'call', { actor: actorOf(leg, state), customerId: state.customerId })
    const handled = await rooms.handlers.call.handle(command, context)
    if (handled.outcome === 'accepted') rooms.directory.note(handled.events)
    else rooms.log.debug({ fact: body.type, code: handled.refusal.code }, 'a fact came too late')
  }
  if (body.type === 'LegEstablished' && leg.party.kind === 'customer') await queueCaller(rooms, fact, state)
}

type Where = { readonly callId: CallId; readonly legId: LegId; readonly at: Instant }

const commandFor = (body: OfLeg, where: Where, leg: LegState, state: LiveCall): CallCommand | null => {
  const party = leg.party.kind
  switch (body.type) {
    case 'LegEstablished':
      // A browser leg stands when its audio does: `BrowserLegReady`.
      return party === 'customer' ? { type: 'RecordAnswer', ...where } : null
    case 'BrowserLegReady':
      return { type: 'RecordAnswer', ...where }
    case 'PlaybackFinished':
      return isBridged(state, where.legId) ? null : { type: 'StartTreatment', treatment: 'music', ...where }
    case 'DigitReceived':
      return { type: 'RecordDigit', digit: body.digit, ...where }
    case 'HeldByPeer':
      return { type: 'Hold', by: party, ...where }
    case 'ResumedByPeer':
      return { type: 'Resume', by: party, ...where }
    case 'MediaLost':
      return { type: 'EndLeg', cause: mediaLost(party, body.why), ...where }
    case 'LegEnded':
      return { type: 'EndLeg', cause: causeOf(body.cause, party), ...where }
    default:
      return unreachable(body)
  }
}

const actorOf = ({ party }: LegState, { customerId }: LiveCall): Actor =>
  party.kind === 'agent' ? { kind: 'agent', id: party.agentId } : { kind: 'customer', id: customerId }

/**
 * The caller's ACK makes the call stand, and only then does it wait for an agent: scanners that never acknowledge an
 * answer ring nobody's phone. The queue is looked up again, as its numbers may have changed since the INVITE.
 */
const queueCaller = async (rooms: VoiceRooms, fact: EdgeFact, state: LiveCall): Promise<void> => {
  const { callId, interactionId, customerId } = state
  const to = rooms.directory.liveCall(callId)?.to
  const queue = to === undefined ? null : rooms.directory.queueFor(to)
  const at = parseInstant(fact.at)
  const actor: Actor = { kind: 'customer', id: customerId }
  if (queue === null) {
    rooms.notices.report('CALL_LOST_ITS_QUEUE')
    const cause = { ...hubFailure(), q850: Q850.unallocatedNumber }
    await rooms.handlers.call.handle(
      { type: 'EndCall', callId, cause, at },
      fromFact(fact, 'end', { customerId }),
    )
    return
  }
  await rooms.handlers.interaction.handle(
    { type: 'QueueInteraction', interactionId, queueId: queue.queueId, at },
    fromFact(fact, 'queue', { actor, customerId }),
  )
}
