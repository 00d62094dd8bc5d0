import { fork } from 'node:child_process'
import type { IncomingHttpHeaders } from 'node:http'
import { fileURLToPath } from 'node:url'

/** What it says to whatever comes; `hang`: nothing, for ever. */
export type ReceiverAnswer =
  | 'hang'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }

/** `refuse`: nobody listens at its port any more. */
export type ReceiverOrder = ReceiverAnswer | 'refuse' | 'listen'

export type Received = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** As it came. */
  readonly body: string
  readonly answered: ReceiverAnswer
}
export type ReceiverReport = { readonly done: number } | { readonly received: Received }

/** Another system in a process of its own. Disposing it ends the process. */
export type Receiver = AsyncDisposable & {
  readonly url: string
  /** In the order they came. */
  readonly received: readonly Received[]
  /** Resolves once it does so. */
  order(order: ReceiverOrder): Promise<void>
}

const PROCESS = fileURLToPath(new URL('./receiver-process.ts', import.meta.url))

export const startReceiver = async (): Promise<Receiver> => {
  const child = fork(PROCESS, { execArgv: [] })
  const received: Received[] = []
  let done = Promise.withResolvers<number>()
  child.on('message', (message: ReceiverReport) => {
    if ('done' in message) done.resolve(message.done)
    else received.push(message.received)
  })
  child.once('exit', (code) => done.reject(new Error(`the receiver ended with ${code}`)))
  const port = await done.promise
  return {
    url: `http://127.0.0.1:${port}/hooks?from=hub`,
    received,
    order: async (order) => {
      done = Promise.withResolvers()
      child.send(order)
      await done.promise
    },
    [Symbol.asyncDispose]: async () => {
      done.promise.catch(() => {})
      if (child.exitCode !== null) return
      const ended = new Promise((resolve) => child.once('exit', resolve))
      child.kill('SIGKILL')
      await ended
    },
  }
}
