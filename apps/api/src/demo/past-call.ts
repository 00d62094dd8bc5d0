import {
  type CallCommand,
  type CallId,
  type HangUpCause,
  type Instant,
  type InteractionId,
  type LegId,
  parseId,
} from '@centralino/domain'
import { uuidv7 } from '@centralino/event-store'
import { interactionIdOf } from '../channels/voice/ids.ts'
import { afresh, hubActor } from '../commands/because.ts'
import type { AbandonedCall, PastCall } from './contacts.ts'
import { accepted, after, enqueue, type PastRooms, serve, tellInteraction, wrapUp } from './past-contact.ts'
import { DEMO_CUSTOMERS } from './people.ts'

type Bare<C> = C extends CallCommand ? Omit<C, 'callId'> : never
type Ringing = {
  readonly interactionId: InteractionId
  readonly customerLeg: LegId
  tell(command: Bare<CallCommand>): Promise<void>
}

const CUSTOMER_HUNG_UP: HangUpCause = { q850: 16, sipStatus: null, by: 'customer' }

/** A call that an agent took. */
export const pastCall = async (rooms: PastRooms, call: PastCall, at: Instant): Promise<void> => {
  const { interactionId, customerLeg, tell } = await arrive(rooms, call, at)
  const queued = after(at, 1)
  const { agentId, at: answered } = await serve(rooms, interactionId, queued, {
    ringSeconds: call.ringSeconds,
    missedOnce: call.missedOnce ?? false,
  })
  const agentLeg = parseId('leg', uuidv7())
  const bridged = after(answered, 1)
  await tell({ type: 'OfferLeg', legId: agentLeg, party: { kind: 'agent', agentId }, at: answered })
  await tell({ type: 'RecordAnswer', legId: agentLeg, at: bridged })
  await tell({ type: 'Bridge', legIds: [customerLeg, agentLeg], at: bridged })
  if (call.heldSeconds !== undefined) {
    const held = after(bridged, call.talkSeconds / 3)
    await tell({ type: 'Hold', legId: customerLeg, by: 'agent', at: held })
    await tell({ type: 'Resume', legId: customerLeg, by: 'agent', at: after(held, call.heldSeconds) })
  }
  const over = after(bridged, call.talkSeconds)
  await tell({ type: 'EndCall', cause: CUSTOMER_HUNG_UP, at: over })
  await wrapUp(rooms, interactionId, agentId, over, 'customerLeft', call)
}

/** Everybody was in a meeting, and the caller gave up. */
export const abandonedCall = async (rooms: PastRooms, call: AbandonedCall, at: Instant): Promise<void> => {
  await rooms.floor.everybody('BecomeNotReady', after(at, -120))
  const { interactionId, tell } = await arrive(rooms, call, at)
  const over = after(at, call.waitedSeconds)
  await tell({ type: 'EndCall', cause: CUSTOMER_HUNG_UP, at: over })
  await tellInteraction(rooms, { type: 'Abandon', interactionId, at: over })
  await rooms.floor.run({ type: 'RemoveWork', interactionId, why: 'abandoned', at: over })
  await rooms.floor.everybody('BecomeReady', after(over, 300))
}

/** INVITE, identification, ringing, answer, greeting, music, queue. */
const arrive = async (rooms: PastRooms, call: PastCall | AbandonedCall, at: Instant): Promise<Ringing> => {
  const { customerId: caller, phones } = DEMO_CUSTOMERS[call.from]
  const from = phones[0] ?? ''
  const to = call.queue.settings.entryPoints[0] ?? ''
  const contactPoint = { kind: 'phone', value: from, raw: from } as const
  const callId: CallId = parseId('call', uuidv7())
  const interactionId = interactionIdOf(callId)
  const customerLeg = parseId('leg', uuidv7())
  const context = afresh(hubActor('demo'), caller)
  const tell: Ringing['tell'] = async (command) =>
    accepted(
      command.type,
      await rooms.handlers.call.handle(
        { ...command, callId } as CallCommand,
        afresh(hubActor('demo'), caller),
      ),
    )

  const { candidates } = await rooms.identification.identify(contactPoint, at, context)
  await tellInteraction(rooms, {
    type: 'OpenInteraction',
    interactionId,
    channel: 'call',
    direction: 'inbound',
    customerId: caller,
    candidates,
    contactPoint,
    entryPoint: to,
    subject: null,
    carrier: { kind: 'call', callId },
    at,
  })
  await tell({
    type: 'ReceiveCall',
    interactionId,
    customerId: caller,
    legId: customerLeg,
    from,
    fromRaw: `sip:${from}@trunk.example`,
    fromHeader: 'From',
    to,
    toRaw: `sip:${to}@linfa.example`,
    sipCallId: uuidv7(),
    at,
  })
  // In a household the agent says who it was; that person ranks first from then on.
  await rooms.identification.recordUse(caller, contactPoint, at, afresh(hubActor('demo'), caller))
  const answered = after(at, 1)
  await tell({ type: 'RecordRinging', legId: customerLeg, at: after(at, 0.2) })
  await tell({ type: 'RecordAnswer', legId: customerLeg, at: answered })
  await tell({ type: 'StartTreatment', legId: customerLeg, treatment: 'greeting', at: answered })
  await tellInteraction(rooms, {
    type: 'QueueInteraction',
    interactionId,
    queueId: call.queue.queueId,
    at: answered,
  })
  await enqueue(rooms, interactionId, call.queue, 'call', answered)
  return { interactionId, customerLeg, tell }
}
