import {
  type AgentId,
  agentOnFloor,
  type CallState,
  callStream,
  type InteractionState,
  interactionStream,
  openOffers,
  parseId,
  parseInstant,
  type RecordedEvent,
  waitingOnFloor,
} from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import { temporaryEventStore } from '@centralino/event-store/testing'
import type { EdgeFact, EdgeFactBody } from '@centralino/telephony/edge-contract'
import { type FakeVoiceEdge, fakeVoiceEdge } from '@centralino/telephony/testing'
import { vi } from 'vitest'
import { callIdOf, interactionIdOf } from '../../channels/voice/ids.ts'
import { afresh, hubActor } from '../../commands/because.ts'
import { createCommandHandlers } from '../../commands/command-handlers.ts'
import type { Caller } from '../../desk/desk-actions.ts'
import { createOperations, type Operations, type OperationsState } from '../../operations.ts'
import { stateInMemory } from '../../reactors/testing/state-in-memory.ts'
import { type ManualClock, manualClock } from '../../time/testing/manual-clock.ts'
import type { Line } from '../../websocket/agent-lines.ts'
import type { CallRequest, VoiceNotice } from '../../websocket/protocol.ts'
import { type Life, newLife } from './mortal.ts'

// Every append is on disk before it is acknowledged: on a slow or busy disk a story takes its time.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 })

export const BILLING_NUMBER = '+390612345678'
export const floorId = parseId('floor', 'main')
export const billing = parseId('queue', 'billing')
export const anna = parseId('agent', 'anna')
export const bruno = parseId('agent', 'bruno')
const by = afresh(hubActor('test'))
/** As the fake edge calls its first run. */
const RUN = 'fake-run-1'

type Arrived = Extract<EdgeFactBody, { type: 'CallArrived' }>
type Params<M extends CallRequest['method']> = Extract<CallRequest, { method: M }>['params']

export type BrowserLine = {
  readonly notices: VoiceNotice[]
  close(): void
}

export type PlacedCall = {
  readonly legId: string
  readonly interactionId: ReturnType<typeof interactionIdOf>
  readonly callId: ReturnType<typeof callIdOf>
}

/** The hub's floor and voice on a real log, with a fake edge and a clock that the test turns. */
export type FloorWorld = AsyncDisposable & {
  readonly store: EventStore
  readonly edge: FakeVoiceEdge
  readonly clock: ManualClock
  readonly notices: readonly string[]
  /** The facts of the last notice with that code. */
  factsOf(code: string): Readonly<Record<string, string | number>> | undefined
  /** What failed and was only logged: a test that expects nothing of the kind looks here. */
  readonly failures: readonly unknown[]
  operations(): Operations
  /** Dies without a word and comes back from the log, the checkpoints and the edge that lives on. */
  restart(): Promise<void>
  /** Whether the log takes anything, as the voice channel is told of it. */
  setWritable(writable: boolean): void
  /** Loses the directory's snapshot and both checkpoints; what the log says is all that is left. */
  forgetState(): void
  /** The life that runs now. */
  life(): Life
  /** Tells a fact at the clock's time. */
  tell(body: EdgeFactBody): Promise<EdgeFact>
  facts(): readonly EdgeFact[]
  /** Everything that follows has been done, or the hub died over it. */
  settle(): Promise<void>
  advance(milliseconds: number): Promise<void>
  /** An agent who is signed in at a browser and ready. */
  ready(agentId: AgentId, skills?: readonly string[]): Promise<BrowserLine>
  openLine(agentId: AgentId): BrowserLine
  as(agentId: AgentId): Caller
  /** A call that arrives and, with `established`, whose answer the caller acknowledges. */
  call(options?: { from?: string; established?: boolean; arrival?: Partial<Arrived> }): Promise<PlacedCall>
  /** The offer that stands for this agent is accepted. */
  accept(agentId: AgentId): Promise<void>
  phone<M extends CallRequest['method']>(
    agentId: AgentId,
    method: M,
    params: Params<M>,
  ): Promise<Record<string, unknown>>
  /** The agent's browser opens its leg and its audio arrives; gives the leg's id. */
  talk(agentId: AgentId, call: PlacedCall): Promise<string>
  log(): Promise<readonly RecordedEvent[]>
  types(stream?: string): Promise<readonly string[]>
  interaction(call: PlacedCall): Promise<InteractionState>
  callState(call: PlacedCall): Promise<CallState>
  presence(agentId: AgentId): string | undefined
  waiting(): readonly string[]
}

export const floorWorld = async (): Promise<FloorWorld> => {
  const store = await temporaryEventStore()
  const clock = manualClock('2026-11-24T09:00:00.000Z')
  const edge = fakeVoiceEdge({ now: clock.now })
  const emptyState = (): OperationsState => ({
    directory: stateInMemory(),
    journey: stateInMemory(),
    voice: stateInMemory(),
  })
  let state = emptyState()
  const notices: string[] = []
  const noticeFacts = new Map<string, Readonly<Record<string, string | number>>>()
  const failures: unknown[] = []
  const lives: Operations[] = []
  let life = newLife(store, edge)
  let legs = 0
  let writable = true
  const onWritable = new Set<(writable: boolean) => void>()

  const start = async (): Promise<Operations> => {
    const own = life
    // What a killed process would still have logged is no failure of anybody's.
    const failed = (data: object) => void (own.alive && failures.push(data))
    const operations = await createOperations({
      store: life.store,
      edge: life.edge,
      recording: {
        isWritable: () => writable,
        onChange: (listener) => {
          onWritable.add(listener)
          return () => onWritable.delete(listener)
        },
      },
      state,
      floorId,
      timeZone: 'Europe/Rome',
      defaultCountry: 'IT',
      clock,
      drawSeed: () => 1,
      checkpointEveryMilliseconds: 1,
      notices: {
        report: (code, facts = {}) => {
          notices.push(code)
          noticeFacts.set(code, facts)
        },
      },
      log: {
        debug: () => {},
        info: () => {},
        warn: failed,
        error: failed,
      },
    })
    lives.push(operations)
    await operations.start()
    return operations
  }

  await seed(store)
  let operations = await start()

  const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

  const world: FloorWorld = {
    store,
    edge,
    clock,
    notices,
    factsOf: (code) => noticeFacts.get(code),
    failures,
    operations: () => operations,
    restart: async () => {
      life.kill()
      life = newLife(store, edge)
      operations = await start()
    },
    setWritable: (given) => {
      writable = given
      for (const listener of onWritable) listener(given)
    },
    forgetState: () => {
      state = emptyState()
    },
    life: () => life,
    facts: () => edge.facts,
    tell: (body) => edge.emit(body),
    settle: async () => {
      // A line that closes or a notice that is told may set off something in the next turns.
      for (let turns = 0; turns < 3; turns += 1) await turn()
      await Promise.race([edge.idle().then(() => operations.settled()), life.death])
    },
    advance: async (milliseconds) => {
      clock.advance(milliseconds)
      await world.settle()
    },
    openLine: (agentId) => {
      const heard: VoiceNotice[] = []
      const tab: Line = { notify: (notice) => heard.push(notice), probe: () => {}, dismiss: () => {} }
      const end = operations.lines.open(agentId, tab, { browser: agentId, waits: false })
      return { notices: heard, close: end.close }
    },
    as: (agentId) => ({ actor: { kind: 'agent', id: agentId }, agentId }),
    ready: async (agentId, skills = ['billing']) => {
      await operations.handlers.agent.handle(
        { type: 'HireAgent', agentId, profile: { name: agentId, skills }, at: clock.now() },
        by,
      )
      const line = world.openLine(agentId)
      await operations.desk.becomeReady(world.as(agentId))
      clock.advance(1_000)
      await world.settle()
      return line
    },
    call: async ({ from = '+48221234567', established = true, arrival = {} } = {}) => {
      legs += 1
      const legId = `leg-${legs}`
      await world.tell({
        type: 'CallArrived',
        legId,
        sipCallId: `${legs}@trunk`,
        requestUri: `sip:${BILLING_NUMBER}@hub`,
        from: { uri: `sip:${from}@trunk`, displayName: null },
        assertedIdentity: null,
        to: { uri: `sip:${BILLING_NUMBER}@hub` },
        source: { address: '192.0.2.1', port: 5060 },
        ...arrival,
      })
      await world.settle()
      if (established) {
        await world.tell({ type: 'LegEstablished', legId, codec: 'PCMU' })
        await world.settle()
      }
      const callId = callIdOf(RUN, legId)
      return { legId, callId, interactionId: interactionIdOf(callId) }
    },
    accept: async (agentId) => {
      const offer = openOffers(operations.floor.state()).find((one) => one.agentId === agentId)
      if (offer === undefined) throw new Error(`nothing is offered to ${agentId}`)
      const outcome = await operations.desk.acceptOffer(world.as(agentId), offer.offerId)
      if (!outcome.ok) throw new Error(outcome.code)
      await world.settle()
    },
    phone: async (agentId, method, params) => {
      const request = { id: 0, method, params } as unknown as CallRequest
      const answer = await operations.voice.phone.answer(world.as(agentId), request)
      if (!answer.ok) throw new Error(answer.code)
      return answer.result
    },
    talk: async (agentId, { interactionId }) => {
      const { legId } = await world.phone(agentId, 'openLeg', { interactionId })
      await world.tell({ type: 'BrowserLegReady', legId: String(legId) })
      await world.settle()
      return String(legId)
    },
    log: async () => {
      const events: RecordedEvent[] = []
      for await (const event of store.readAll()) events.push(event)
      return events
    },
    types: async (stream) =>
      (await world.log())
        .filter((one) => stream === undefined || one.stream === stream)
        .map((one) => one.type),
    interaction: ({ interactionId }) =>
      operations.handlers.interaction.state(interactionStream(interactionId)),
    callState: ({ callId }) => operations.handlers.call.state(callStream(callId)),
    presence: (agentId) => {
      const presence = agentOnFloor(operations.floor.state(), agentId)?.presence
      return presence?.status === 'notReady' ? `notReady ${presence.reason}` : presence?.status
    },
    waiting: () => waitingOnFloor(operations.floor.state()).map((work) => work.interactionId),
    [Symbol.asyncDispose]: async () => {
      // What a dead life left hanging is left alone after a time, and nobody else turns the clock any more.
      const turning = setInterval(() => clock.advance(100), 5)
      for (const one of lives) await one[Symbol.asyncDispose]()
      clearInterval(turning)
      await store[Symbol.asyncDispose]()
    },
  }
  return world
}

/** One queue with one number. */
const seed = async (store: EventStore): Promise<void> => {
  await createCommandHandlers(store).queue.handle(
    {
      type: 'DefineQueue',
      queueId: billing,
      settings: {
        name: 'Billing',
        requiredSkills: ['billing'],
        offerTimeoutSeconds: 20,
        wrapUpSeconds: 60,
        entryPoints: [BILLING_NUMBER],
      },
      at: parseInstant('2026-11-24T08:00:00.000Z'),
    },
    by,
  )
}
