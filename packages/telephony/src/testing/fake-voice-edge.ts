import { FactQueue } from '../adapter/fact-queue.ts'
import { silentLog } from '../edge-contract/edge-log.ts'
import type { EdgeFact, EdgeFactBody } from '../edge-contract/facts.ts'
import { type EdgeAnswer, type EdgeOrder, type EdgeRefusalCode, edgeOrder } from '../edge-contract/orders.ts'
import type { VoiceEdge, VoiceEdgeStatus } from '../edge-contract/voice-edge.ts'
import { createFakeEdgeRun, type LivingLeg } from './fake-edge-run.ts'

type Listener = Parameters<VoiceEdge['listen']>[0]

/** What a scripted order gives: its result, a refusal, or null for what the edge itself would do. */
export type ScriptedAnswer =
  | { readonly result: Readonly<Record<string, unknown>> }
  | { readonly code: EdgeRefusalCode; readonly detail?: string }
  | null

/** One script for each order type; an order without one is carried out on the fake's legs. */
export type FakeEdgeScript = {
  readonly [T in EdgeOrder['type']]?: (
    order: Extract<EdgeOrder, { type: T }>,
  ) => ScriptedAnswer | Promise<ScriptedAnswer>
}

export type FakeVoiceEdge = VoiceEdge & {
  /** Orders carried out, in the order they came; a repeat by the same id is not among them. */
  readonly orders: readonly EdgeOrder[]
  ordersOf<T extends EdgeOrder['type']>(type: T): readonly Extract<EdgeOrder, { type: T }>[]
  /** Every fact there was, of every run. */
  readonly facts: readonly EdgeFact[]
  /** Replaces or adds scripts from here on. */
  script(script: FakeEdgeScript): void
  /**
   * Lets happen what the fact tells, and tells it, with what follows from it: a leg whose media is lost ends. Resolves
   * when the listener has taken it, rejects with what the listener threw the first time; it is told again nevertheless.
   */
  emit(body: EdgeFactBody): Promise<EdgeFact>
  /** Tells a fact that was taken again, as after a crash between taking and acknowledging it. */
  repeat(fact: EdgeFact): Promise<void>
  /**
   * Acts as after a reconnect: `onHello` with the legs that live, or with those given, which live from then on; then
   * every fact that was not taken. A new run knows no leg and no order, and its numbers start from 1.
   */
  hello(legs?: readonly LivingLeg[], options?: { readonly newRun?: boolean }): Promise<void>
  /** The connection is lost: orders and facts wait until `hello`. */
  goAway(error?: string): void
  /** Resolves when no fact waits for the listener. */
  idle(): Promise<void>
}

export type FakeVoiceEdgeOptions = {
  readonly script?: FakeEdgeScript
  /** When facts happen, ISO 8601, UTC. */
  readonly now?: () => string
}

const NORMAL_CLEARING = 16

/**
 * The hub's side of the contract without processes, sound and SIP: facts are told by the test, orders are carried out by
 * the edge's own call control on legs that have no media, or answered by script. A listener that comes after another is
 * a hub that was started anew: it gets hello and what the other did not take.
 */
export const fakeVoiceEdge = (options: FakeVoiceEdgeOptions = {}): FakeVoiceEdge => {
  const orders: EdgeOrder[] = []
  const told: EdgeFact[] = []
  const takings = new Map<string, PromiseWithResolvers<void>>()
  const closed = Promise.withResolvers<null>()
  const now = options.now ?? (() => new Date().toISOString())
  let scripts: FakeEdgeScript = options.script ?? {}
  let listener: Listener | null = null
  let runs = 0
  let status: VoiceEdgeStatus = { status: 'starting' }
  let connected = Promise.withResolvers<void>()
  let closing = false
  /** One at a time, whether it is told by the queue or by `repeat`. */
  let line: Promise<unknown> = Promise.resolve()

  const inLine = <T>(task: () => Promise<T>): Promise<T> => {
    const result = line.then(task)
    line = result.catch(() => {})
    return result
  }
  const keyOf = ({ edgeRun, number }: EdgeFact) => `${edgeRun}/${number}`
  const startRun = () => {
    runs += 1
    const started = createFakeEdgeRun(`fake-run-${runs}`, now)
    started.facts.onRecorded((fact) => {
      told.push(fact)
      takings.set(keyOf(fact), Promise.withResolvers())
      takings.get(keyOf(fact))?.promise.catch(() => undefined)
      if (status.status === 'up') queue.fact(fact)
    })
    return started
  }
  const newQueue = () =>
    new FactQueue({
      log: silentLog,
      acknowledge: (edgeRun, number) => {
        run.facts.acknowledge(edgeRun, number)
        takings.get(`${edgeRun}/${number}`)?.resolve()
      },
    })
  let queue = newQueue()
  let run = startRun()

  const take = (given: Listener): Listener => ({
    onHello: (...hello) => inLine(() => given.onHello(...hello)),
    onFact: (fact) =>
      inLine(async () => {
        try {
          await given.onFact(fact)
        } catch (error) {
          takings.get(keyOf(fact))?.reject(error)
          throw error
        }
      }),
  })
  const connect = (): void => {
    status = { status: 'up', edgeRun: run.edgeRun, sip: { address: '127.0.0.1', port: 5060 } }
    queue.hello(run.edgeRun, run.legs())
    for (const fact of run.facts.unacknowledged()) queue.fact(fact)
    connected.resolve()
  }
  const disconnect = (error: string | null): void => {
    connected = Promise.withResolvers()
    status = { status: 'away', since: now(), error, startFailure: null }
  }
  const scripted = async (order: EdgeOrder): Promise<EdgeAnswer | null> => {
    orders.push(order)
    const { orderId } = order
    const script = scripts[order.type] as
      | ((order: EdgeOrder) => ScriptedAnswer | Promise<ScriptedAnswer>)
      | undefined
    const answer = (await script?.(order)) ?? null
    if (answer === null) return null
    return 'result' in answer
      ? { orderId, ok: true, result: answer.result }
      : { orderId, ok: false, code: answer.code, detail: answer.detail ?? answer.code }
  }
  const answerOf = async (order: EdgeOrder): Promise<EdgeAnswer> => {
    const { orderId } = order
    await Promise.race([connected.promise, closed.promise])
    if (closing) return { orderId, ok: false, code: 'LEG_ENDED', detail: 'the voice edge is shut down' }
    if (!edgeOrder.safeParse(order).success)
      return { orderId, ok: false, code: 'INVALID_ORDER', detail: 'not an order of this contract' }
    return run.order(order, () => scripted(order))
  }

  queueMicrotask(() => {
    if (status.status === 'starting') connect()
  })

  return {
    orders,
    facts: told,
    ordersOf: <T extends EdgeOrder['type']>(type: T) =>
      orders.filter((order): order is Extract<EdgeOrder, { type: T }> => order.type === type),
    script: (more) => {
      scripts = { ...scripts, ...more }
    },
    status: () => status,
    order: answerOf,
    listen: (given) => {
      const first = listener === null
      listener = given
      if (!first) {
        queue.close()
        queue = newQueue()
        if (status.status === 'up') connect()
      }
      queue.listen(take(given))
    },
    emit: async (body) => {
      const before = told.length
      run.happen(body)
      const fact = told[before]
      if (fact === undefined) throw new Error(`the fake edge did not tell ${body.type}`)
      await takings.get(keyOf(fact))?.promise
      return fact
    },
    repeat: (fact) => inLine(async () => listener?.onFact(fact)),
    hello: async (legs, { newRun = false } = {}) => {
      if (newRun) run = startRun()
      if (legs !== undefined) await run.replaceLegs(legs)
      connect()
      await queue.idle()
    },
    goAway: (error) => disconnect(error ?? null),
    idle: () => queue.idle(),
    counters: () => ({}),
    [Symbol.asyncDispose]: async () => {
      if (closing) return
      closing = true
      closed.resolve(null)
      run.shutdown(NORMAL_CLEARING)
      if (listener !== null) await queue.idle()
      queue.close()
      disconnect(null)
    },
  }
}
