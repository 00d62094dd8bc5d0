import { Worker } from 'node:worker_threads'
import type { SanitisedMail } from './sanitise.ts'

/** Sanitises off the hub's event loop: a large mail takes a while, a hostile one could take for ever. */
export type Sanitiser = AsyncDisposable & {
  /** Otherwise the mail is shown as text or downloaded. */
  sanitise(html: string): Promise<SanitisedMail | NotSanitised>
}

/** `failed`: not done in time, or at all, and trying again soon would end the same; `busy`: too many wait, for the moment. */
export type NotSanitised = 'failed' | 'busy'

type Reply =
  | { readonly id: number; readonly ok: true; readonly mail: SanitisedMail }
  | { readonly id: number; readonly ok: false }
type Done = (mail: SanitisedMail | NotSanitised) => void
type Job = { readonly id: number; readonly html: string; readonly done: Done }

/** One mail may take so long; then the worker is replaced. */
const TIMEOUT_MILLISECONDS = 5_000
/** Mails that may wait their turn; more are shown without their HTML. */
const MAXIMUM_WAITING = 64

/** One worker, started by the first mail. One mail at a time, so that a time-out hits the one that earned it. */
export const createSanitiser = (
  options: { readonly timeoutMilliseconds?: number; readonly onTimeout?: () => void } = {},
): Sanitiser => {
  const timeout = options.timeoutMilliseconds ?? TIMEOUT_MILLISECONDS
  const waiting: Job[] = []
  let worker: Worker | null = null
  let current: { readonly job: Job; readonly timer: NodeJS.Timeout } | null = null
  let lastId = 0

  const finish: Done = (mail) => {
    if (current === null) return
    clearTimeout(current.timer)
    const { job } = current
    current = null
    job.done(mail)
    startNext()
  }
  const dropWorker = (): Promise<unknown> => {
    const dropped = worker
    worker = null
    return dropped?.terminate() ?? Promise.resolve()
  }
  const hire = (): Worker => {
    const hired = new Worker(new URL('./sanitise-worker.ts', import.meta.url), { name: 'mail sanitiser' })
    hired.on('message', (reply: Reply) => {
      if (reply.id === current?.job.id) finish(reply.ok ? reply.mail : 'failed')
    })
    hired.on('error', () => {
      if (hired !== worker) return
      worker = null
      finish('failed')
    })
    hired.unref()
    return hired
  }
  const startNext = (): void => {
    if (current !== null) return
    const job = waiting.shift()
    if (job === undefined) return
    worker ??= hire()
    const timer = setTimeout(() => {
      options.onTimeout?.()
      void dropWorker().then(() => finish('failed'))
    }, timeout)
    current = { job, timer }
    worker.postMessage({ id: job.id, html: job.html })
  }

  return {
    sanitise(html) {
      if (waiting.length >= MAXIMUM_WAITING) return Promise.resolve('busy')
      return new Promise((done) => {
        lastId += 1
        waiting.push({ id: lastId, html, done })
        startNext()
      })
    },
    async [Symbol.asyncDispose]() {
      for (const job of waiting.splice(0)) job.done('busy')
      await dropWorker()
      finish('busy')
    },
  }
}
