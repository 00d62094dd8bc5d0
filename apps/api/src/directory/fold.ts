import {
  type AgentId,
  type CallEvent,
  type CallId,
  type FloorEvent,
  type FloorId,
  type InteractionId,
  type LegId,
  type QueueEvent,
  type QueueId,
  type QueueSettings,
  unreachable,
} from '@centralino/domain'

export type LiveLeg = { readonly legId: LegId; readonly agentId: AgentId | null }

export type LiveCall = {
  readonly callId: CallId
  readonly interactionId: InteractionId
  /** The number dialled (E.164). */
  readonly to: string
  /** The customer's first; ended legs stay until the call ends. */
  readonly legs: readonly LiveLeg[]
}

/** What the hub must find at once and no single stream holds: by number, by leg, by what is live. Changed in place. */
export type DirectoryFold = {
  readonly queues: Map<QueueId, QueueSettings>
  /** Number (E.164) or mail address in lower case → the queue it leads to. */
  readonly entryPoints: Map<string, QueueId>
  /** The last day that each floor opened. */
  readonly floorDays: Map<FloorId, string>
  readonly calls: Map<CallId, LiveCall>
  readonly callOfLeg: Map<LegId, CallId>
  readonly callOfInteraction: Map<InteractionId, CallId>
}

export const emptyFold = (): DirectoryFold => ({
  queues: new Map(),
  entryPoints: new Map(),
  floorDays: new Map(),
  calls: new Map(),
  callOfLeg: new Map(),
  callOfInteraction: new Map(),
})

type FoldedEvent =
  | QueueEvent
  | Extract<FloorEvent, { type: 'FloorDayOpened' }>
  | Extract<CallEvent, { type: 'CallReceived' | 'LegOffered' | 'CallEnded' }>

const FOLDED: ReadonlySet<string> = new Set<FoldedEvent['type']>([
  'QueueDefined',
  'QueueChanged',
  'FloorDayOpened',
  'CallReceived',
  'LegOffered',
  'CallEnded',
])

/** Types are ours from the log: what stands there was written by our deciders. */
const isFolded = (event: { readonly type: string }): event is FoldedEvent => FOLDED.has(event.type)

/** Folds one event in; folding it twice changes nothing. */
export const foldIn = (
  fold: DirectoryFold,
  event: { readonly type: string; readonly data: unknown },
): void => {
  if (!isFolded(event)) return
  switch (event.type) {
    case 'QueueDefined':
    case 'QueueChanged':
      setQueue(fold, event.data.queueId, event.data.settings)
      return
    case 'FloorDayOpened': {
      const { floorId, day } = event.data
      if (day > (fold.floorDays.get(floorId) ?? '')) fold.floorDays.set(floorId, day)
      return
    }
    case 'CallReceived': {
      const { callId, interactionId, to, legId } = event.data
      if (fold.calls.has(callId)) return
      addCall(fold, { callId, interactionId, to, legs: [{ legId, agentId: null }] })
      return
    }
    case 'LegOffered': {
      const { callId, legId, party } = event.data
      const call = fold.calls.get(callId)
      if (call === undefined || call.legs.some((leg) => leg.legId === legId)) return
      const agentId = party.kind === 'agent' ? party.agentId : null
      addCall(fold, { ...call, legs: [...call.legs, { legId, agentId }] })
      return
    }
    case 'CallEnded':
      removeCall(fold, event.data.callId)
      return
    default:
      unreachable(event)
  }
}

export const setQueue = (fold: DirectoryFold, queueId: QueueId, settings: QueueSettings): void => {
  for (const [entryPoint, leadsTo] of fold.entryPoints) {
    if (leadsTo === queueId) fold.entryPoints.delete(entryPoint)
  }
  fold.queues.set(queueId, settings)
  for (const entryPoint of settings.entryPoints) fold.entryPoints.set(entryPoint.toLowerCase(), queueId)
}

export const addCall = (fold: DirectoryFold, call: LiveCall): void => {
  fold.calls.set(call.callId, call)
  fold.callOfInteraction.set(call.interactionId, call.callId)
  for (const { legId } of call.legs) fold.callOfLeg.set(legId, call.callId)
}

const removeCall = (fold: DirectoryFold, callId: CallId): void => {
  const call = fold.calls.get(callId)
  if (call === undefined) return
  fold.calls.delete(callId)
  fold.callOfInteraction.delete(call.interactionId)
  for (const { legId } of call.legs) fold.callOfLeg.delete(legId)
}
