import { Worker } from 'node:worker_threads'
import { ReadModelsError } from '../read-models-error.ts'
import type { Answer, Numbered } from './protocol.ts'

/** How long a worker may take to close its file before it is ended, milliseconds. */
const MILLISECONDS_TO_CLOSE = 10_000

type Pending = { resolve: (value: unknown) => void; reject: (error: ReadModelsError) => void }

type State =
  | { readonly status: 'running' }
  | { readonly status: 'closed' }
  | { readonly status: 'died'; readonly why: string }

/** The main thread's end of a worker: numbered requests, of which at most `limit` wait at once. */
export class WorkerClient<Request extends { kind: string }> {
  #state: State = { status: 'running' }
  #next = 1
  readonly #worker: Worker
  readonly #limit: number
  readonly #pending = new Map<number, Pending>()

  constructor(file: URL, limit: number, name = 'read models') {
    this.#limit = limit
    this.#worker = new Worker(file, { name, execArgv: [] })
    this.#worker.on('message', (answer: Answer) => this.#settle(answer))
    this.#worker.on('error', (error) => this.#died(String(error)))
    this.#worker.on('exit', (code) => this.#died(`exit code ${code}`))
  }

  ask(request: Request): Promise<unknown> {
    if (this.#state.status === 'closed')
      return Promise.reject(new ReadModelsError('READ_MODELS_CLOSED', 'the read models are closed'))
    if (this.#state.status === 'died') return Promise.reject(this.#unavailable(this.#state.why))
    if (this.#pending.size >= this.#limit)
      return Promise.reject(new ReadModelsError('TOO_BUSY', `${this.#limit} requests wait already`))
    return this.#send(request)
  }

  /** Answers what was asked, closes the file and ends the worker. */
  async close(request: Request): Promise<void> {
    if (this.#state.status !== 'running') return
    const closed = this.#send(request)
    this.#state = { status: 'closed' }
    const timeUp = Promise.withResolvers<void>()
    const timer = setTimeout(timeUp.resolve, MILLISECONDS_TO_CLOSE)
    await Promise.race([closed.catch(() => undefined), timeUp.promise])
    clearTimeout(timer)
    await this.#worker.terminate()
    this.#rejectAll(new ReadModelsError('READ_MODELS_CLOSED', 'the read models are closed'))
  }

  #send(request: Request): Promise<unknown> {
    const id = this.#next++
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    this.#pending.set(id, { resolve, reject })
    try {
      this.#worker.postMessage({ id, request } satisfies Numbered<Request>)
    } catch (error) {
      // A value that cannot be sent to another thread: nothing was sent.
      this.#pending.delete(id)
      reject(new ReadModelsError('QUERY_FAILED', String(error), { cause: error }))
    }
    return promise
  }

  #settle(answer: Answer): void {
    const pending = this.#pending.get(answer.id)
    this.#pending.delete(answer.id)
    if (answer.outcome === 'done') pending?.resolve(answer.value)
    else pending?.reject(new ReadModelsError(answer.code, answer.message))
  }

  #died(why: string): void {
    if (this.#state.status === 'running') this.#state = { status: 'died', why }
    this.#rejectAll(this.#unavailable(why))
  }

  #rejectAll(error: ReadModelsError): void {
    for (const { reject } of this.#pending.values()) reject(error)
    this.#pending.clear()
  }

  #unavailable(why: string): ReadModelsError {
    return new ReadModelsError('READ_MODELS_UNAVAILABLE', `the read models' worker ended: ${why}`)
  }
}
