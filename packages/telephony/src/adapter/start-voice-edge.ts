import { unreachable } from '@centralino/domain/kernel'
import { configurationOf, type EdgeConfigInput, edgeConfig } from '../edge-contract/edge-config.ts'
import { type EdgeLog, silentLog } from '../edge-contract/edge-log.ts'
import type { EdgeToHub } from '../edge-contract/frames.ts'
import type { EdgeAnswer, EdgeOrder } from '../edge-contract/orders.ts'
import type { EdgeStartFailure } from '../edge-contract/start-failure.ts'
import type { VoiceEdge, VoiceEdgeStatus } from '../edge-contract/voice-edge.ts'
import { connectToEdge, type EdgeConnection } from './edge-connection.ts'
import { EdgeProcess } from './edge-process.ts'
import { FactQueue } from './fact-queue.ts'
import { shortSocketPath } from './socket-path.ts'

export type StartVoiceEdgeOptions = {
  readonly config: EdgeConfigInput
  readonly log?: EdgeLog
}

const NORMAL_CLEARING = 16
const FIRST_WAIT_MILLISECONDS = 30
const LONGEST_WAIT_MILLISECONDS = 5_000
/** An edge that lives but does not speak after so many tries is killed. */
const MOST_STUCK = 4
const MOST_ORDERS_WAITING = 10_000
const SHUTDOWN_MILLISECONDS = 6_000

type WaitingOrder = { readonly order: EdgeOrder; readonly answer: PromiseWithResolvers<EdgeAnswer> }

/**
 * The hub's voice edge: finds one that runs with the same configuration (the hub was restarted) or starts one, watches
 * it, and starts it again ever more slowly while it keeps dying. Returns at once; `status` tells how it goes. Throws a
 * `ZodError` on a wrong configuration. Disposing of it ends every call with a cause and the process.
 */
export const startVoiceEdge = (options: StartVoiceEdgeOptions): VoiceEdge => {
  const log = options.log ?? silentLog
  const parsed = edgeConfig.parse(options.config)
  const config = { ...parsed, socketPath: shortSocketPath(parsed.socketPath) }
  const configuration = configurationOf(config)
  const orders = new Map<string, WaitingOrder>()
  let connection: EdgeConnection | null = null
  let child: EdgeProcess | null = null
  let status: VoiceEdgeStatus = { status: 'starting' }
  let counters: Readonly<Record<string, number>> = {}
  let closing = false
  const disposed = Promise.withResolvers<void>()

  const facts = new FactQueue({
    log,
    acknowledge: (edgeRun, number) => connection?.send({ frame: 'acknowledge', edgeRun, number }),
  })
  const answer = (given: EdgeAnswer): void => {
    orders.get(given.orderId)?.answer.resolve(given)
    orders.delete(given.orderId)
  }
  const onFrame = (frame: Exclude<EdgeToHub, { frame: 'hello' }>): void => {
    switch (frame.frame) {
      case 'fact':
        facts.fact(frame.fact)
        return
      case 'answer':
        answer({ orderId: frame.orderId, ok: true, result: frame.result })
        return
      case 'refusal':
        answer({ orderId: frame.orderId, ok: false, code: frame.code, detail: frame.detail })
        return
      case 'counters':
        counters = frame.counters
        return
      default:
        unreachable(frame)
    }
  }
  const goneAway = (error: string | null, startFailure: EdgeStartFailure | null = null): void => {
    if (status.status === 'away' && error === null) return
    const since = status.status === 'away' ? status.since : new Date().toISOString()
    status = { status: 'away', since, error, startFailure }
  }

  /** One connection's life; resolves when it is over. Null: there was none, and why. */
  const serve = async (): Promise<'served' | { failed: string; detail: string }> => {
    const opened = await connectToEdge(config.socketPath)
    if ('failed' in opened) return opened
    const { hello } = opened
    const closed = Promise.withResolvers<string>()
    if (hello.configuration !== configuration && !closing) {
      log.info({ edgeRun: hello.edgeRun }, 'a voice edge with another configuration runs: it is replaced')
      const other = opened.start({ onFrame: () => undefined, onClosed: closed.resolve })
      other.send({ frame: 'shutdown', reason: { q850: NORMAL_CLEARING } })
      await wait(SHUTDOWN_MILLISECONDS, Promise.race([closed.promise, disposed.promise]))
      other.close()
      return { failed: 'replaced', detail: 'a voice edge with another configuration was ended' }
    }
    facts.hello(hello.edgeRun, hello.legs)
    connection = opened.start({ onFrame, onClosed: closed.resolve })
    status = { status: 'up', edgeRun: hello.edgeRun, sip: hello.sip }
    log.info({ edgeRun: hello.edgeRun, legs: hello.legs.length }, 'the voice edge is up')
    if (closing) connection.send({ frame: 'shutdown', reason: { q850: NORMAL_CLEARING } })
    for (const { order } of orders.values()) connection.send({ frame: 'order', order })
    const why = await closed.promise
    connection = null
    goneAway(closing ? null : why)
    return 'served'
  }

  const watch = async (): Promise<void> => {
    let waitMilliseconds = FIRST_WAIT_MILLISECONDS
    let stuck = 0
    while (!closing) {
      const outcome = await serve()
      if (closing) return
      if (outcome === 'served') {
        waitMilliseconds = FIRST_WAIT_MILLISECONDS
        stuck = 0
        log.warn({}, 'the connection to the voice edge is lost')
      } else if (outcome.failed === 'stuck') {
        stuck += 1
        goneAway(outcome.detail)
        if (stuck >= MOST_STUCK) child?.kill('SIGKILL')
      } else if (outcome.failed === 'nobody' && (child === null || child.ended !== null)) {
        if (child !== null) {
          goneAway(child.ended, child.startFailure)
          log.error({ how: child.ended }, 'the voice edge ended: it is started again')
          await wait(waitMilliseconds, disposed.promise)
          if (closing) return
        }
        child = new EdgeProcess(config, log)
      }
      await wait(waitMilliseconds, disposed.promise)
      waitMilliseconds = Math.min(LONGEST_WAIT_MILLISECONDS, Math.ceil(waitMilliseconds * 1.4))
    }
  }
  const watching = watch().catch((error: unknown) => {
    goneAway(error instanceof Error ? error.message : 'unknown')
    log.error({ error }, 'the voice edge is not watched any more')
  })

  return {
    status: () => status,
    order: (order) => {
      const known = orders.get(order.orderId)
      if (known !== undefined) return known.answer.promise
      const refusal = closing ? 'the voice edge is shut down' : 'too many orders wait for the voice edge'
      if (closing || orders.size >= MOST_ORDERS_WAITING) {
        const code = closing ? 'LEG_ENDED' : 'MEDIA_FAILED'
        return Promise.resolve({ orderId: order.orderId, ok: false, code, detail: refusal })
      }
      const waiting: WaitingOrder = { order, answer: Promise.withResolvers() }
      orders.set(order.orderId, waiting)
      connection?.send({ frame: 'order', order })
      return waiting.answer.promise
    },
    listen: (listener) => facts.listen(listener),
    counters: () => counters,
    [Symbol.asyncDispose]: async () => {
      if (closing) return watching
      closing = true
      disposed.resolve()
      connection?.send({ frame: 'shutdown', reason: { q850: NORMAL_CLEARING } })
      if (connection === null) child?.kill('SIGTERM')
      // While it shuts down it still tells how its calls ended; the connection closes when that is taken.
      await wait(SHUTDOWN_MILLISECONDS, watching)
      await wait(SHUTDOWN_MILLISECONDS, facts.idle())
      facts.close()
      connection?.close()
      if (child !== null && !(await child.waitForEnd(SHUTDOWN_MILLISECONDS))) child.kill('SIGKILL')
      for (const { order } of [...orders.values()]) {
        answer({
          orderId: order.orderId,
          ok: false,
          code: 'LEG_ENDED',
          detail: 'the voice edge is shut down',
        })
      }
    },
  }
}

const wait = async (milliseconds: number, unless?: Promise<unknown>): Promise<void> => {
  const done = Promise.withResolvers<void>()
  const timer = setTimeout(done.resolve, milliseconds)
  await Promise.race([done.promise, unless ?? done.promise])
  clearTimeout(timer)
}
