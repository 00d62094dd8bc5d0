import { Worker } from 'node:worker_threads'
import { EventStoreError } from '../event-store-error.ts'
import type { Failure } from './failure.ts'
import type { Opened } from './worker-protocol.ts'

export type Thread<Sent> = {
  /** The log's last place, once the thread has opened it; rejects with what it refused to open it for. */
  readonly opened: Promise<number>
  readonly post: (message: Sent) => void
  /** Resolves when the thread has ended, however it ended. */
  readonly ended: Promise<void>
}

export type ThreadListener<Received> = {
  readonly onMessage: (message: Received) => void
  /** The thread ended without having been asked to. */
  readonly onLost: (reason: string) => void
}

/**
 * Starts one of the store's threads. `execArgv` is emptied: flags meant for the main thread (a test runner's loader, an
 * inspector) are not the worker's.
 */
export const startThread = <Sent, Received extends { readonly kind: string }>(
  file: URL,
  workerData: unknown,
  listener: ThreadListener<Received>,
): Thread<Sent> => {
  const worker = new Worker(file, { workerData, execArgv: [] })
  const opened = Promise.withResolvers<number>()
  opened.promise.catch(() => undefined)
  const ended = Promise.withResolvers<void>()
  let lostFor = 'THREAD_ENDED'
  let closed = false
  worker.on('message', (message: Received | Opened) => {
    switch (message.kind) {
      case 'opened':
        return opened.resolve((message as Opened & { kind: 'opened' }).head)
      case 'refused':
        closed = true
        return opened.reject(toError((message as Opened & { kind: 'refused' }).failure))
      case 'closed':
        closed = true
        return
      default:
        return listener.onMessage(message as Received)
    }
  })
  worker.on('error', (error) => {
    lostFor = `THREAD_FAILED: ${error instanceof Error ? error.message : String(error)}`
  })
  worker.on('exit', () => {
    opened.reject(new EventStoreError('STORE_UNAVAILABLE', { reason: lostFor }))
    if (!closed) listener.onLost(lostFor)
    ended.resolve()
  })
  return { opened: opened.promise, ended: ended.promise, post: (message) => worker.postMessage(message) }
}

/** The error that the caller gets for what a thread told: errors themselves lose their class on the way between threads. */
export const toError = (failure: Failure): EventStoreError => new EventStoreError(failure.code, failure.data)
