import {
  type CallState,
  callStream,
  type InteractionId,
  type LegId,
  liveLegs,
  parseId,
  unreachable,
  workOnFloor,
} from '@centralino/domain'
import { uuidv7 } from '@centralino/event-store'
import type { EdgeAnswer, OrderBody } from '@centralino/telephony/edge-contract'
import { afresh, withPurpose } from '../../commands/because.ts'
import { createSerialQueue, type SerialQueue } from '../../concurrency/serial-queue.ts'
import type { BrowserPhone, PhoneAnswer, PhoneUser } from '../../websocket/browser-phone.ts'
import type { CallRequest } from '../../websocket/protocol.ts'
import { EdgeSilentError } from './edge-orders.ts'
import { hubFailure, REPLACED } from './hang-up.ts'
import type { VoiceRooms } from './voice-rooms.ts'

type LiveCall = Extract<CallState, { status: 'live' }>
type LegRequest = Exclude<CallRequest, { method: 'openLeg' }>

const refused = (code: Extract<PhoneAnswer, { ok: false }>['code']): PhoneAnswer => ({ ok: false, code })
const answerOf = (answer: EdgeAnswer): PhoneAnswer =>
  answer.ok ? { ok: true, result: answer.result } : { ok: false, code: answer.code }

/**
 * The agent's side of a call, leg by leg. A leg is in the log before it is at the edge, so that no fact about it ever comes
 * from nowhere. Who may open one is asked of the floor, which knows it the moment the offer was accepted.
 */
export const createBrowserLegs = (rooms: VoiceRooms): BrowserPhone => {
  const { floor, directory, handlers, orders, clock } = rooms
  /** One at a time for each agent: a double click opens one leg after the other, and the last one stands. */
  const opening = new Map<string, SerialQueue>()

  const liveCall = async (by: PhoneUser, interactionId: InteractionId): Promise<LiveCall | PhoneAnswer> => {
    const work = workOnFloor(floor.state(), interactionId)
    if (work?.status !== 'handling' || work.agentId !== by.agentId) return refused('NOT_YOUR_CALL')
    if (work.work.channel !== 'call') return refused('NOT_YOUR_CALL')
    const call = directory.callOfInteraction(interactionId)
    const state = call === null ? null : await handlers.call.state(callStream(call.callId))
    return state?.status === 'live' ? state : refused('CALL_ENDED')
  }

  const openLeg = async (by: PhoneUser, interactionId: InteractionId): Promise<PhoneAnswer> => {
    const call = await liveCall(by, interactionId)
    if ('ok' in call) return call
    const { callId, customerId } = call
    const [customer] = call.legs
    if (customer === undefined) return refused('CALL_ENDED')
    const context = afresh(by.actor, customerId)
    for (const { legId, party } of liveLegs(call)) {
      if (party.kind !== 'agent') continue
      await handlers.call.handle({ type: 'EndLeg', callId, legId, cause: REPLACED, at: clock.now() }, context)
    }
    const legId = parseId('leg', uuidv7())
    const offered = await handlers.call.handle(
      { type: 'OfferLeg', callId, legId, party: { kind: 'agent', agentId: by.agentId }, at: clock.now() },
      context,
    )
    if (offered.outcome === 'refused') return refused('CALL_ENDED')
    directory.note(offered.events)
    const opened = await askEdge({ type: 'OpenBrowserLeg', legId, bridgeWith: customer.legId }, legId)
    if (opened.ok) return { ok: true, result: { legId, ...opened.result } }
    await handlers.call.handle(
      { type: 'EndLeg', callId, legId, cause: hubFailure(), at: clock.now() },
      withPurpose(context, 'notOpened'),
    )
    return opened
  }

  const askEdge = async (body: OrderBody, orderId: string = uuidv7()): Promise<PhoneAnswer> => {
    try {
      return answerOf(await orders.ask(orderId, body))
    } catch (error) {
      if (error instanceof EdgeSilentError) return refused('EDGE_AWAY')
      throw error
    }
  }

  const onLeg = async (by: PhoneUser, request: LegRequest): Promise<PhoneAnswer> => {
    const legId = parseLegId(request.params.legId)
    const call = legId === null ? null : directory.callOfLeg(legId)
    if (legId === null || call === null) return refused('CALL_ENDED')
    if (!call.legs.some((leg) => leg.legId === legId && leg.agentId === by.agentId))
      return refused('NOT_YOUR_CALL')
    return askEdge(orderFor(legId, request))
  }

  return {
    answer: (by, request) => {
      if (request.method !== 'openLeg') return onLeg(by, request)
      const interactionId = parseInteractionId(request.params.interactionId)
      if (interactionId === null) return Promise.resolve(refused('NOT_YOUR_CALL'))
      const queue = opening.get(by.agentId) ?? createSerialQueue(16)
      opening.set(by.agentId, queue)
      return queue
        .run(() => openLeg(by, interactionId))
        .finally(() => {
          if (queue.waiting === 0 && opening.get(by.agentId) === queue) opening.delete(by.agentId)
        })
    },
  }
}

const orderFor = (legId: LegId, request: LegRequest): OrderBody => {
  switch (request.method) {
    case 'createTransport':
      return { type: 'CreateBrowserTransport', legId, direction: request.params.direction }
    case 'connectTransport': {
      const { transportId, dtlsParameters } = request.params
      return { type: 'ConnectBrowserTransport', legId, transportId, dtlsParameters }
    }
    case 'produce': {
      const { transportId, rtpParameters } = request.params
      return { type: 'ProduceBrowserAudio', legId, transportId, rtpParameters }
    }
    case 'consume': {
      const { transportId, rtpCapabilities } = request.params
      return { type: 'ConsumeBrowserAudio', legId, transportId, rtpCapabilities }
    }
    default:
      return unreachable(request)
  }
}

/** What a browser sends may be anything. */
const orNull = <T>(parse: () => T): T | null => {
  try {
    return parse()
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}
const parseLegId = (text: string) => orNull(() => parseId('leg', text))
const parseInteractionId = (text: string) => orNull(() => parseId('interaction', text))
