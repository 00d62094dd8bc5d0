import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  connectToEdge,
  type EdgeConnection,
  type EdgeConnectionListener,
  type Hello,
} from '../../adapter/edge-connection.ts'
import { EdgeProcess } from '../../adapter/edge-process.ts'
import { type EdgeConfig, type EdgeConfigInput, edgeConfig } from '../../edge-contract/edge-config.ts'
import { type EdgeLog, silentLog } from '../../edge-contract/edge-log.ts'
import type { EdgeFact, EdgeFactBody } from '../../edge-contract/facts.ts'
import type { EdgeAnswer, EdgeOrder } from '../../edge-contract/orders.ts'
import type { OrderBody } from '../../edge-contract/voice-edge.ts'
import { Q850 } from '../../q850.ts'

type FactOf<T extends EdgeFactBody['type']> = Extract<EdgeFactBody, { type: T }>

/** A hub that does only what the test says: acknowledges nothing by itself, answers no call by itself. */
export type TestHub = {
  readonly hello: Hello
  readonly facts: readonly EdgeFact[]
  counters(): Readonly<Record<string, number>> | null
  /** Sends an order and waits for its answer; `orderId` to send one again. */
  order(body: OrderBody, orderId?: string): Promise<EdgeAnswer>
  /** The first fact of that type that `matches`, when it comes. */
  fact<T extends EdgeFactBody['type']>(type: T, matches?: (body: FactOf<T>) => boolean): Promise<FactOf<T>>
  acknowledge(number: number): void
  shutdown(): void
  close(): void
}

export type EdgeUnderTest = AsyncDisposable & {
  readonly config: EdgeConfig
  readonly process: EdgeProcess
  readonly target: { readonly address: string; readonly port: number }
  connect(): Promise<TestHub>
}

/** The next ports for an edge, so that test files side by side do not meet. */
let nextPorts = 26_000 + (process.pid % 50) * 60

const PATIENCE_MILLISECONDS = 30_000

/** Starts the real edge process with its real worker; resolves when a hub was greeted. */
export const startEdgeUnderTest = async (
  workerBin: string | null,
  overrides: Partial<EdgeConfigInput> = {},
  log: EdgeLog = silentLog,
): Promise<EdgeUnderTest> => {
  const folder = await mkdtemp(join(tmpdir(), 'centralino-edge-'))
  const from = nextPorts
  nextPorts += 60
  const config = edgeConfig.parse({
    socketPath: join(folder, 'edge.sock'),
    sip: { address: '127.0.0.1', port: 0 },
    rtpPorts: { min: from, max: from + 39 },
    webRtcPorts: { min: from + 40, max: from + 59 },
    mediasoupWorkerBin: workerBin,
    ...overrides,
  })
  const edge = new EdgeProcess(config, log)
  const connect = async (): Promise<TestHub> => {
    for (const deadline = Date.now() + PATIENCE_MILLISECONDS; ; ) {
      const opened = await connectToEdge(config.socketPath)
      if (!('failed' in opened)) return testHub(opened.hello, opened.start)
      if (edge.ended !== null) throw new Error(`the edge ended: ${edge.ended}`)
      if (Date.now() > deadline) throw new Error(`the edge was not reached: ${opened.detail}`)
      await sleep(20)
    }
  }
  const first = await connect()
  first.close()
  return {
    config,
    process: edge,
    target: first.hello.sip,
    connect,
    [Symbol.asyncDispose]: async () => {
      edge.kill('SIGKILL')
      await edge.waitForEnd(5_000)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const testHub = (hello: Hello, start: (listener: EdgeConnectionListener) => EdgeConnection): TestHub => {
  const facts: EdgeFact[] = []
  const answers = new Map<string, PromiseWithResolvers<EdgeAnswer>>()
  let counters: Readonly<Record<string, number>> | null = null
  let orders = 0
  const connection = start({
    onFrame: (frame) => {
      if (frame.frame === 'fact') facts.push(frame.fact)
      else if (frame.frame === 'counters') counters = frame.counters
      else {
        const { frame: _frame, ...answer } = frame
        answers.get(frame.orderId)?.resolve(answer)
      }
    },
    onClosed: () => undefined,
  })
  return {
    hello,
    facts,
    counters: () => counters,
    order: (body, orderId) => {
      orders += 1
      const id = orderId ?? `${hello.edgeRun}-${process.pid}-${orders}-${performance.now()}`
      const answer = Promise.withResolvers<EdgeAnswer>()
      answers.set(id, answer)
      connection.send({ frame: 'order', order: { orderId: id, ...body } as EdgeOrder })
      return answer.promise
    },
    fact: async <T extends EdgeFactBody['type']>(
      type: T,
      matches: (body: FactOf<T>) => boolean = () => true,
    ) => {
      for (const deadline = Date.now() + PATIENCE_MILLISECONDS; Date.now() < deadline; ) {
        const found = facts.find(({ body }) => body.type === type && matches(body as FactOf<T>))
        if (found !== undefined) return found.body as FactOf<T>
        await sleep(10)
      }
      throw new Error(`no ${type} came; there were ${facts.map(({ body }) => body.type).join(', ')}`)
    },
    acknowledge: (number) => connection.send({ frame: 'acknowledge', edgeRun: hello.edgeRun, number }),
    shutdown: () => connection.send({ frame: 'shutdown', reason: { q850: Q850.normalClearing } }),
    close: () => connection.close(),
  }
}
