import type { EdgeFact, EdgeFactBody } from '../edge-contract/facts.ts'
import type { EdgeAnswer, EdgeOrder, EdgeRefusalCode } from '../edge-contract/orders.ts'
import type { VoiceEdge, VoiceEdgeStatus } from '../edge-contract/voice-edge.ts'

type Listener = Parameters<VoiceEdge['listen']>[0]
type LivingLeg = { legId: string; kind: 'sip' | 'browser'; state: string }

/** What a scripted order gives: its result, or a refusal. */
export type ScriptedAnswer =
  | { readonly result: Readonly<Record<string, unknown>> }
  | { readonly code: EdgeRefusalCode; readonly detail?: string }

/** One script for each order type; an order without one is answered with what the real edge would give in shape. */
export type FakeEdgeScript = {
  readonly [T in EdgeOrder['type']]?: (
    order: Extract<EdgeOrder, { type: T }>,
  ) => ScriptedAnswer | Promise<ScriptedAnswer>
}

export type FakeVoiceEdge = VoiceEdge & {
  /** Orders carried out, in the order they came; a repeat by the same id is not among them. */
  readonly orders: readonly EdgeOrder[]
  ordersOf<T extends EdgeOrder['type']>(type: T): readonly Extract<EdgeOrder, { type: T }>[]
  /** Replaces or adds scripts from here on. */
  script(script: FakeEdgeScript): void
  /** Tells a fact; resolves when the listener has taken it, rejects with what the listener threw. */
  emit(body: EdgeFactBody): Promise<EdgeFact>
  /** Tells a fact again as it was told before: facts are at-least-once. */
  repeat(fact: EdgeFact): Promise<void>
  /** Acts as after a reconnect: `onHello` with the legs that live. A new run starts its numbers from 1. */
  hello(legs?: readonly LivingLeg[], options?: { readonly newRun?: boolean }): Promise<void>
  /** The connection is lost: orders wait until `hello`. */
  goAway(error?: string): void
}

const DEFAULTS: Partial<Record<EdgeOrder['type'], Readonly<Record<string, unknown>>>> = {
  AnswerLeg: { codec: 'PCMU' },
  OpenBrowserLeg: { routerRtpCapabilities: { codecs: [], headerExtensions: [] } },
  CreateBrowserTransport: { id: 'transport', iceParameters: {}, iceCandidates: [], dtlsParameters: {} },
  ProduceBrowserAudio: { producerId: 'producer' },
  ConsumeBrowserAudio: { id: 'consumer', producerId: 'producer', kind: 'audio', rtpParameters: {} },
}

/**
 * The hub's side of the contract without an edge: orders are answered by script, facts are told by the test. It keeps
 * the contract's promises: repeats by id get the first answer, facts go one at a time, nothing is told before `onHello`.
 */
export const fakeVoiceEdge = (options: { readonly script?: FakeEdgeScript } = {}): FakeVoiceEdge => {
  const orders: EdgeOrder[] = []
  const answers = new Map<string, Promise<EdgeAnswer>>()
  let scripts: FakeEdgeScript = options.script ?? {}
  let listener: Listener | null = null
  let run = 1
  let number = 0
  let status: VoiceEdgeStatus = { status: 'starting' }
  let connected = Promise.withResolvers<void>()
  let line: Promise<unknown> = Promise.resolve()

  const inLine = <T>(task: () => Promise<T>): Promise<T> => {
    const result = line.then(task)
    line = result.catch(() => {})
    return result
  }
  const edgeRun = () => `fake-run-${run}`
  const answerOf = async (order: EdgeOrder): Promise<EdgeAnswer> => {
    await connected.promise
    orders.push(order)
    const script = scripts[order.type] as
      | ((order: EdgeOrder) => ScriptedAnswer | Promise<ScriptedAnswer>)
      | undefined
    const answer = script === undefined ? { result: DEFAULTS[order.type] ?? {} } : await script(order)
    return 'result' in answer
      ? { orderId: order.orderId, ok: true, result: answer.result }
      : { orderId: order.orderId, ok: false, code: answer.code, detail: answer.detail ?? answer.code }
  }
  const hello = (legs: readonly LivingLeg[]) =>
    inLine(async () => {
      status = { status: 'up', edgeRun: edgeRun(), sip: { address: '127.0.0.1', port: 5060 } }
      connected.resolve()
      await listener?.onHello(edgeRun(), legs)
    })

  return {
    orders,
    ordersOf: <T extends EdgeOrder['type']>(type: T) =>
      orders.filter((order): order is Extract<EdgeOrder, { type: T }> => order.type === type),
    script: (more) => {
      scripts = { ...scripts, ...more }
    },
    status: () => status,
    order: (order) => {
      const known = answers.get(order.orderId)
      if (known !== undefined) return known
      const answer = answerOf(order)
      answers.set(order.orderId, answer)
      return answer
    },
    listen: (given) => {
      listener = given
      void hello([])
    },
    emit: (body) =>
      inLine(async () => {
        number += 1
        const fact: EdgeFact = { edgeRun: edgeRun(), number, at: new Date().toISOString(), body }
        await listener?.onFact(fact)
        return fact
      }),
    repeat: (fact) => inLine(async () => listener?.onFact(fact)),
    hello: (legs = [], { newRun = false } = {}) => {
      if (newRun) {
        run += 1
        number = 0
      }
      return hello(legs)
    },
    goAway: (error) => {
      connected = Promise.withResolvers()
      status = { status: 'away', since: new Date().toISOString(), error: error ?? null, startFailure: null }
    },
    counters: () => ({}),
    [Symbol.asyncDispose]: async () => {
      await line
      listener = null
    },
  }
}
