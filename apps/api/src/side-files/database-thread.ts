import { Worker } from 'node:worker_threads'
import type { DatabaseFailureCode } from './database-failure.ts'

/** A database file as its own thread has it: synchronous methods, `close` among them. */
export type Database = { readonly close: () => void } & {
  readonly [method: string]: (...args: never[]) => unknown
}
type Call<D extends Database> = Exclude<Extract<keyof D, string>, 'close'>

/**
 * The same file as everybody else has it: a slow disk never holds up the hub's event loop. Rejects with `code: 'DISK_FULL'`,
 * `'READ_ONLY'` or `'TOO_BUSY'` when it takes nothing for the moment.
 */
export type InThread<D extends Database> = {
  readonly [M in Call<D>]: (...args: Parameters<D[M]>) => Promise<ReturnType<D[M]>>
} & AsyncDisposable

export type DatabaseRequest = {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}
export type DatabaseReply =
  | { readonly id: number; readonly ok: true; readonly result: unknown }
  | {
      readonly id: number
      readonly ok: false
      readonly message: string
      readonly code: DatabaseFailureCode | null
    }

export type DatabaseThreadOptions<D extends Database> = {
  /** Module that runs `serveDatabase`; it finds the path in `workerData`. */
  readonly module: URL
  readonly path: string
  /** For the thread and for messages. */
  readonly name: string
  /** All of them: what is not named here cannot be called. */
  readonly methods: Readonly<Record<Call<D>, true>>
  /** Hears of a thread that died. */
  readonly onLost: (error: Error) => void
}

/** How many questions may wait for the thread; more are refused. */
const MAXIMUM_WAITING = 1_000

const failure = (message: string, code: DatabaseFailureCode | null): Error =>
  Object.assign(new Error(message), code === null ? {} : { code })

/** Opens `path` in a thread of its own. Rejects when the file is not ours. */
export const openDatabaseThread = async <D extends Database>(
  options: DatabaseThreadOptions<D>,
): Promise<InThread<D>> => {
  const { name, path, onLost } = options
  const worker = new Worker(options.module, { workerData: { path }, name })
  const waiting = new Map<number, PromiseWithResolvers<unknown>>()
  const ready = Promise.withResolvers<unknown>()
  waiting.set(0, ready)
  let lastId = 0
  let state: 'open' | 'closing' | 'lost' = 'open'

  const lose = (error: Error): void => {
    if (state === 'open') onLost(error)
    if (state !== 'closing') state = 'lost'
    for (const { reject } of waiting.values()) reject(error)
    waiting.clear()
  }
  worker.on('message', (message: DatabaseReply) => {
    const asked = waiting.get(message.id)
    waiting.delete(message.id)
    if (message.ok) asked?.resolve(message.result)
    else asked?.reject(failure(message.message, message.code))
  })
  worker.on('error', (error) => lose(error instanceof Error ? error : new Error(String(error))))
  worker.on('exit', () => lose(new Error(`the ${name} worker has ended`)))

  const ask = (method: string, args: readonly unknown[]): Promise<unknown> => {
    if (state !== 'open' && method !== 'close') return Promise.reject(new Error(`the ${name} are closed`))
    if (waiting.size >= MAXIMUM_WAITING)
      return Promise.reject(failure(`the ${name} are too busy`, 'TOO_BUSY'))
    const id = ++lastId
    const asked = Promise.withResolvers<unknown>()
    waiting.set(id, asked)
    worker.postMessage({ id, method, args } satisfies DatabaseRequest)
    return asked.promise
  }

  await ready.promise
  const calls = Object.keys(options.methods).map((method) => [
    method,
    (...args: readonly unknown[]) => ask(method, args),
  ])
  return {
    ...Object.fromEntries(calls),
    async [Symbol.asyncDispose]() {
      if (state !== 'open') return
      state = 'closing'
      await ask('close', [])
      await worker.terminate()
    },
  } as InThread<D>
}
