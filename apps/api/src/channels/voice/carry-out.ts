import {
  type AgentId,
  type CallCommand,
  type CallEvent,
  type CallState,
  callStream,
  type InteractionEvent,
  type LegId,
  type LegState,
  legOf,
  liveLegs,
  microphoneOf,
  type RecordedEvent,
  sameData,
  unreachable,
} from '@centralino/domain'
import type { EdgeAnswer, EdgeRefusalCode, OrderBody } from '@centralino/telephony/edge-contract'
import { becauseOf, hubActor } from '../../commands/because.ts'
import { hubFailure } from './hang-up.ts'
import { interactionIdOf } from './ids.ts'
import type { VoiceRooms } from './voice-rooms.ts'

/** The events that ask something of the edge. */
export type CarriedOut =
  | Extract<
      CallEvent,
      {
        type:
          | 'CallReceived'
          | 'LegAnswered'
          | 'LegsBridged'
          | 'LegHeld'
          | 'LegResumed'
          | 'LegMuted'
          | 'LegUnmuted'
          | 'LegEnded'
          | 'CallEnded'
      }
    >
  | Extract<InteractionEvent, { type: 'InteractionReturnedToQueue' }>

const CARRIED_OUT: ReadonlySet<string> = new Set<CarriedOut['type']>([
  'CallReceived',
  'LegAnswered',
  'LegsBridged',
  'LegHeld',
  'LegResumed',
  'LegMuted',
  'LegUnmuted',
  'LegEnded',
  'CallEnded',
  'InteractionReturnedToQueue',
])

type Of<T extends CarriedOut['type']> = RecordedEvent<Extract<CarriedOut, { type: T }>>
type LiveCall = Extract<CallState, { status: 'live' }>

const isCarriedOut = (event: RecordedEvent): event is RecordedEvent<CarriedOut> => CARRIED_OUT.has(event.type)

/** One lane for each call, named by its interaction. */
export const laneOfOrders = (event: RecordedEvent): string | null => {
  if (!isCarriedOut(event)) return null
  return event.type === 'InteractionReturnedToQueue'
    ? event.data.interactionId
    : interactionIdOf(event.data.callId)
}

/**
 * Tells the edge what the log says. Order ids are the event's id and the order's purpose: told twice, done once. Every
 * reaction looks at the call as it is now and leaves what has passed alone, so that a late repeat never puts music over a
 * conversation. Refused orders are no error: the leg ended meanwhile, and its own fact says so.
 */
export const carryOut = async (rooms: VoiceRooms, event: RecordedEvent): Promise<void> => {
  if (!isCarriedOut(event)) return
  if (event.type === 'InteractionReturnedToQueue') return playMusic(rooms, event as Of<typeof event.type>)
  const state = await rooms.handlers.call.state(callStream(event.data.callId))
  if (event.type === 'CallEnded') return hangUpAll(rooms, event as Of<typeof event.type>, state)
  if (state.status !== 'live') return
  switch (event.type) {
    case 'CallReceived':
      return answerCaller(rooms, event as Of<typeof event.type>)
    case 'LegAnswered':
      return legAnswered(rooms, event as Of<typeof event.type>, state)
    case 'LegsBridged':
      return tellBridged(rooms, event as Of<typeof event.type>, state)
    case 'LegHeld':
    case 'LegResumed':
      return hold(rooms, event as Of<typeof event.type>, state)
    case 'LegMuted':
    case 'LegUnmuted':
      await order(rooms, event, 'mute', {
        type: event.type === 'LegMuted' ? 'MuteLeg' : 'UnmuteLeg',
        legId: event.data.legId,
      })
      return
    case 'LegEnded':
      return agentLegEnded(rooms, event as Of<typeof event.type>, state)
    default:
      return unreachable(event)
  }
}

const order = (
  rooms: VoiceRooms,
  event: RecordedEvent,
  purpose: string,
  body: OrderBody,
): Promise<EdgeAnswer> => rooms.orders.ask(`${event.id}/${purpose}`, body)

const record = async (
  rooms: VoiceRooms,
  event: RecordedEvent,
  purpose: string,
  command: CallCommand,
): Promise<void> => {
  const handled = await rooms.handlers.call.handle(
    command,
    becauseOf(event, purpose, { actor: hubActor('voice') }),
  )
  if (handled.outcome === 'refused')
    rooms.log.debug({ command: command.type, code: handled.refusal.code }, 'the call moved on meanwhile')
}

/** The leg is gone at the edge: its `LegEnded` is on the way, or its run is over and `onHello` ends the call. */
const GONE: ReadonlySet<EdgeRefusalCode> = new Set<EdgeRefusalCode>(['LEG_UNKNOWN', 'LEG_ENDED'])

const answerCaller = async (rooms: VoiceRooms, event: Of<'CallReceived'>): Promise<void> => {
  const { callId, legId, at } = event.data
  const rung = await order(rooms, event, 'ring', { type: 'RingLeg', legId })
  if (rung.ok) await record(rooms, event, 'ringing', { type: 'RecordRinging', callId, legId, at })
  const answered = await order(rooms, event, 'answer', { type: 'AnswerLeg', legId })
  if (!answered.ok) {
    if (GONE.has(answered.code)) return
    rooms.notices.report('CALL_NOT_ANSWERED', { code: answered.code })
    const sipStatus = answered.code === 'NO_COMMON_CODEC' ? 488 : 500
    return record(rooms, event, 'failed', { type: 'EndCall', callId, cause: hubFailure(sipStatus), at })
  }
  await order(rooms, event, 'greet', { type: 'PlayToLeg', legId, source: 'greetingThenMusic' })
}

const legAnswered = async (rooms: VoiceRooms, event: Of<'LegAnswered'>, state: LiveCall): Promise<void> => {
  const { callId, legId, at } = event.data
  const leg = legOf(state, legId)
  if (leg === undefined || leg.status === 'ended') return
  const [customer] = state.legs
  if (customer === undefined) return
  if (leg.party.kind === 'customer')
    return record(rooms, event, 'greeting', {
      type: 'StartTreatment',
      callId,
      legId,
      treatment: 'greeting',
      at,
    })

  // Before anybody is heard. The edge refuses only for a leg that is gone, and then the bridge too.
  if (microphoneOf(leg) === 'muted') await order(rooms, event, 'mute', { type: 'MuteLeg', legId })
  if (isHeldByAgent(customer)) await order(rooms, event, 'hold', { type: 'HoldLeg', legId })
  const legIds: [LegId, LegId] = [customer.legId, legId]
  const bridged = await order(rooms, event, 'bridge', { type: 'BridgeLegs', legIds })
  if (bridged.ok)
    return record(rooms, event, 'bridged', { type: 'Bridge', callId, legIds, at: rooms.clock.now() })
  rooms.notices.report('BRIDGE_REFUSED', { code: bridged.code })
  // The agent may open another leg at once; if none comes, the caller goes back to the queue.
  await record(rooms, event, 'unbridged', {
    type: 'EndLeg',
    callId,
    legId,
    cause: hubFailure(),
    at: rooms.clock.now(),
  })
}

const isHeldByAgent = (customer: LegState): boolean =>
  customer.status === 'held' && customer.by.includes('agent')

const agentOfLeg = (leg: LegState | undefined): AgentId | null =>
  leg?.party.kind === 'agent' ? leg.party.agentId : null

const tellBridged = async (rooms: VoiceRooms, event: Of<'LegsBridged'>, state: LiveCall): Promise<void> => {
  for (const legId of event.data.legIds) {
    const agentId = agentOfLeg(legOf(state, legId))
    if (agentId !== null) rooms.lines.notify(agentId, { notice: 'bridged', legId })
  }
}

/** The agent's hold is ordered on the agent's leg: the other side of the bridge then hears hold music. */
const hold = async (
  rooms: VoiceRooms,
  event: Of<'LegHeld' | 'LegResumed'>,
  state: LiveCall,
): Promise<void> => {
  if (event.data.by !== 'agent') return
  const agentLeg = state.bridge?.find((legId) => agentOfLeg(legOf(state, legId)) !== null)
  if (agentLeg === undefined) return
  await order(rooms, event, 'hold', {
    type: event.type === 'LegHeld' ? 'HoldLeg' : 'ResumeLeg',
    legId: agentLeg,
  })
}

/** The agent's side is gone and the caller is still there: no dead air. A hold lasts until the agent is back, or the queue is. */
const agentLegEnded = async (rooms: VoiceRooms, event: Of<'LegEnded'>, state: LiveCall): Promise<void> => {
  const { callId, legId, cause, at } = event.data
  const agentId = agentOfLeg(legOf(state, legId))
  const [customer] = state.legs
  if (agentId === null || customer === undefined) return
  rooms.lines.notify(agentId, { notice: 'legEnded', legId, by: cause.by, q850: cause.q850 })
  await order(rooms, event, 'hangUp', {
    type: 'HangUpLeg',
    legId,
    reason: { q850: cause.q850, sipStatus: null },
  })
  // A leg that never got as far as the bridge took nothing from the caller, who still hears what was playing.
  if (state.bridge !== null || stillHears(customer)) return
  await order(rooms, event, 'meanwhile', { type: 'PlayToLeg', legId: customer.legId, source: 'holdMusic' })
  await record(rooms, event, 'meanwhile', {
    type: 'StartTreatment',
    callId,
    legId: customer.legId,
    treatment: 'holdMusic',
    at,
  })
}

const stillHears = (customer: LegState): boolean =>
  (customer.status === 'answered' || customer.status === 'held') && customer.treatment !== 'none'

const playMusic = async (rooms: VoiceRooms, event: Of<'InteractionReturnedToQueue'>): Promise<void> => {
  const { interactionId, at } = event.data
  const call = rooms.directory.callOfInteraction(interactionId)
  if (call === null) return
  const state = await rooms.handlers.call.state(callStream(call.callId))
  if (state.status !== 'live' || state.bridge !== null) return
  const [customer] = liveLegs(state)
  if (customer === undefined) return
  const { callId } = call
  const { legId } = customer
  await order(rooms, event, 'music', { type: 'PlayToLeg', legId, source: 'music' })
  await record(rooms, event, 'resumed', { type: 'Resume', callId, legId, by: 'agent', at })
  await record(rooms, event, 'music', { type: 'StartTreatment', callId, legId, treatment: 'music', at })
}

const hangUpAll = async (rooms: VoiceRooms, event: Of<'CallEnded'>, state: CallState): Promise<void> => {
  if (state.status === 'none') return
  const { cause } = event.data
  const reason = { q850: cause.q850, sipStatus: cause.by === 'hub' ? cause.sipStatus : null }
  for (const leg of state.legs) {
    // What ended before has been told before.
    if (leg.status !== 'ended' || !sameData(leg.cause, cause)) continue
    await order(rooms, event, `hangUp/${leg.legId}`, { type: 'HangUpLeg', legId: leg.legId, reason })
    const agentId = agentOfLeg(leg)
    if (agentId !== null)
      rooms.lines.notify(agentId, { notice: 'legEnded', legId: leg.legId, by: cause.by, q850: cause.q850 })
  }
}
