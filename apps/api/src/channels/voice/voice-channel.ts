import { randomUUID } from 'node:crypto'
import { type AgentId, type InteractionEvent, parseId, type RecordedEvent } from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import { type EdgeFact, Q850, type VoiceEdge } from '@centralino/telephony/edge-contract'
import { createReactor, type ReactionFailure, type Reactor } from '../../reactors/reactor.ts'
import { withRetries } from '../../reactors/retry.ts'
import type { StateFile } from '../../reactors/state-file.ts'
import type { BrowserPhone } from '../../websocket/browser-phone.ts'
import { createAgentLegWatch, type WorkReturned } from './agent-leg-watch.ts'
import { createBrowserLegs } from './browser-legs.ts'
import { carryOut, laneOfOrders } from './carry-out.ts'
import { createEdgeOrders } from './edge-orders.ts'
import { onFact } from './on-fact.ts'
import { reconcile } from './reconcile.ts'
import type { VoiceRooms } from './voice-rooms.ts'

/**
 * Calls: what the edge sees goes into the log (`onFact`), what the log says goes to the edge (`carryOut`), and an agent
 * who has a call is on it (`AgentLegWatch`).
 */
export type VoiceChannel = AsyncDisposable & {
  /** Begins to listen to the edge and to follow the log. */
  start(): Promise<void>
  /** For the browser's WebSocket. */
  readonly phone: BrowserPhone
  /** The agent's browser is gone for good. */
  agentLost(agentId: AgentId): Promise<void>
  /** Resolves when nothing that a timer set off is under way. */
  idle(): Promise<void>
  readonly reactor: Reactor
}

export type VoiceChannelOptions = Omit<VoiceRooms, 'orders' | 'canRecord'> & {
  readonly recording: Recording
  readonly store: EventStore
  readonly edge: VoiceEdge
  readonly checkpoint: StateFile<string>
  readonly checkpointEveryMilliseconds?: number
  readonly onReactionFailure: (failure: ReactionFailure) => void
}

/** Whether what happens can be written down; each change is told. */
export type Recording = {
  isWritable(): boolean
  onChange(listener: (writable: boolean) => void): () => void
}

export const createVoiceChannel = (options: VoiceChannelOptions): VoiceChannel => {
  const { store, edge, checkpoint, recording, onReactionFailure } = options
  const rooms: VoiceRooms = {
    ...options,
    orders: createEdgeOrders(edge, options.clock),
    canRecord: () => recording.isWritable(),
  }
  let stopped = false
  let stopListening: () => void = () => undefined
  const watch = createAgentLegWatch(rooms, (error) => {
    rooms.notices.report('CALL_NOT_RETURNED')
    rooms.log.error({ error }, 'a call whose agent was lost could not be returned; tried again in a second')
  })

  const reactor = createReactor({
    name: 'voice',
    store,
    checkpoint,
    ...(options.checkpointEveryMilliseconds === undefined
      ? {}
      : { checkpointEveryMilliseconds: options.checkpointEveryMilliseconds }),
    clock: options.clock,
    laneOf: (event) => laneOfOrders(event) ?? laneOfWatch(event),
    react: async (event) => {
      await watchLegs(event)
      await carryOut(rooms, event)
    },
    onFailure: onReactionFailure,
  })

  /** Which event starts or stops the agent's time to be on the line. */
  const watchLegs = async (event: RecordedEvent): Promise<void> => {
    if (isHandling(event)) {
      const { interactionId } = event.data
      const call = rooms.directory.callOfInteraction(interactionId)
      if (call === null || event.type === 'InteractionHandlingEnded') watch.satisfied(interactionId)
      else watch.expectFirst(interactionId)
      return
    }
    if (isReturned(event)) return watch.workReturned(event)
    if (event.type !== 'LegAnswered' && event.type !== 'LegEnded' && event.type !== 'CallEnded') return
    const state = await rooms.handlers.call.state(event.stream)
    if (state.status === 'none') return
    const { legId } = event.data as { legId?: string }
    const leg = state.legs.find((one) => one.legId === legId)
    if (event.type === 'CallEnded') watch.satisfied(state.interactionId)
    else if (leg?.party.kind !== 'agent') return
    else if (event.type === 'LegAnswered') watch.satisfied(state.interactionId)
    else if (state.status === 'live') watch.expectAgain(state.interactionId)
  }

  const take = async (fact: EdgeFact): Promise<void> => {
    await onFact(rooms, fact)
    const { body } = fact
    if (body.type !== 'MediaLost' || body.why !== 'workerDied') return
    const call = rooms.directory.callOfLeg(parseId('leg', body.legId))
    if (call !== null) await watch.mediaFailed(call.interactionId)
  }

  const takeFact = async (fact: EdgeFact): Promise<void> => {
    const taken = await withRetries(() => take(fact), {
      clock: options.clock,
      stopped: () => stopped,
      onFailure: (error, attempt) =>
        rooms.log.warn({ error, fact: fact.body.type, attempt }, 'a fact of the edge could not be taken'),
    })
    if (taken === 'done') return
    // Not acknowledged: the edge keeps it for the next run.
    if (taken === 'closed') throw new Error('the hub is shutting down')
    rooms.notices.report('FACT_PASSED_OVER', { fact: fact.body.type })
    if (fact.body.type === 'CallArrived') await turnAway(fact.body.legId, fact)
  }

  /** The edge refuses what could not be written down, also while facts wait for the log and are told no further. */
  const admit = (): void => {
    const order = { type: 'AdmitCalls', admit: recording.isWritable() } as const
    rooms.orders
      .ask(`admission/${randomUUID()}`, order)
      .catch((error: unknown) => rooms.log.warn({ error }, 'the edge was not told whether to let calls in'))
  }

  /** A caller whom we cannot take for a fault of ours is told so instead of hearing nothing. */
  const turnAway = async (legId: string, fact: EdgeFact): Promise<void> => {
    try {
      await rooms.orders.ask(`fact ${fact.edgeRun}/${fact.number}/turnAway`, {
        type: 'HangUpLeg',
        legId,
        reason: { q850: Q850.temporaryFailure, sipStatus: 500 },
      })
    } catch (error) {
      rooms.log.warn({ error }, 'a caller could not be turned away')
    }
  }

  return {
    phone: createBrowserLegs(rooms),
    agentLost: (agentId) => watch.agentLost(agentId),
    idle: () => watch.idle(),
    reactor,
    start: async () => {
      await reactor.start()
      watch.sweep()
      stopListening = recording.onChange(admit)
      edge.listen({
        onHello: (edgeRun, legs) => {
          // What the edge was told before is forgotten with the connection.
          if (!recording.isWritable()) admit()
          return reconcile(rooms, edgeRun, legs)
        },
        onFact: takeFact,
      })
    },
    [Symbol.asyncDispose]: async () => {
      stopped = true
      stopListening()
      watch.stop()
      await watch.idle()
      await reactor[Symbol.asyncDispose]()
    },
  }
}

type HandlingEvent = Extract<
  InteractionEvent,
  { type: 'InteractionHandlingStarted' | 'InteractionHandlingEnded' }
>

const isHandling = (event: RecordedEvent): event is RecordedEvent<HandlingEvent> =>
  event.type === 'InteractionHandlingStarted' || event.type === 'InteractionHandlingEnded'

const isReturned = (event: RecordedEvent): event is RecordedEvent<WorkReturned> =>
  event.type === 'WorkReturned'

const laneOfWatch = (event: RecordedEvent): string | null =>
  isHandling(event) || isReturned(event) ? event.data.interactionId : null
