import { type Actor, interactionStream, parseInstant } from '@centralino/domain'
import { type EdgeFact, type OrderBody, Q850 } from '@centralino/telephony/edge-contract'
import { type CallArrival, toCallArrival } from './to-command.ts'
import { fromFact } from './voice-context.ts'
import type { VoiceRooms } from './voice-rooms.ts'

/**
 * A call from outside: found its queue by the number dialled, its customer by the caller's number, and opened in the log.
 * Nobody's phone rings before that. Everything after (180, 200, greeting) follows from `CallReceived`. A number that leads
 * nowhere is refused with 404 and leaves no trace in the log: nobody was reached and nothing of ours was touched. A call
 * that cannot be written down is refused with 503 at once, not when the caller has waited for it.
 */
export const onCallArrived = async (rooms: VoiceRooms, fact: EdgeFact): Promise<void> => {
  const call = toCallArrival(fact, rooms)
  if (call.to === null || rooms.directory.queueFor(call.to) === null) {
    // A number of ours that has lost its queue, or a scanner: who wants to know sees by these. Nothing of the caller's.
    const { to, sourceAddress } = call
    rooms.notices.report('CALL_TO_UNKNOWN_NUMBER', { dialled: to ?? 'no number', source: sourceAddress })
    return refuseCall(rooms, fact, call, { q850: Q850.unallocatedNumber, sipStatus: 404 })
  }
  if (!rooms.canRecord()) {
    await refuseCall(rooms, fact, call, { q850: Q850.temporaryFailure, sipStatus: 503 })
    const { status } = await rooms.handlers.interaction.state(interactionStream(call.interactionId))
    // What is half in the log is completed when it takes it again, and ended by the leg's own end.
    if (status === 'none') return rooms.notices.report('CALL_NOT_RECORDED')
  }
  const at = parseInstant(fact.at)
  const { customerId, candidates } = await rooms.identification.identify(
    call.contactPoint,
    at,
    fromFact(fact, 'identify'),
  )
  const customer: Actor = { kind: 'customer', id: customerId }
  const { callId, interactionId, contactPoint, legId, from, fromRaw, fromHeader, to, toRaw, sipCallId } = call
  await rooms.handlers.interaction.handle(
    {
      type: 'OpenInteraction',
      interactionId,
      channel: 'call',
      direction: 'inbound',
      customerId,
      candidates,
      contactPoint,
      entryPoint: to,
      subject: null,
      carrier: { kind: 'call', callId },
      at,
    },
    fromFact(fact, 'open', { actor: customer, customerId }),
  )
  const received = await rooms.handlers.call.handle(
    {
      type: 'ReceiveCall',
      callId,
      interactionId,
      customerId,
      legId,
      from,
      fromRaw,
      fromHeader,
      to,
      toRaw,
      sipCallId,
      at,
    },
    fromFact(fact, 'receive', { actor: customer, customerId }),
  )
  if (received.outcome === 'accepted') rooms.directory.note(received.events)
}

const refuseCall = async (
  rooms: VoiceRooms,
  fact: EdgeFact,
  call: CallArrival,
  reason: Extract<OrderBody, { type: 'HangUpLeg' }>['reason'],
): Promise<void> => {
  await rooms.orders.ask(`fact ${fact.edgeRun}/${fact.number}/refuse`, {
    type: 'HangUpLeg',
    legId: call.legId,
    reason,
  })
}
