import type { ServerResponse } from 'node:http'
import type { RecordedEvent } from '@centralino/domain'
import type { EventStore } from '@centralino/event-store'
import type { Clock } from '../time/clock.ts'

/** A proxy that hears nothing closes; this is well below what any of them waits. */
export const HEARTBEAT_MILLISECONDS = 15_000
/** A client that takes nothing for so long is closed: it connects again and goes on where it was. */
export const SLOW_CLIENT_MILLISECONDS = 30_000
/** What a client waits before it connects again, unless it knows better. */
const RETRY_MILLISECONDS = 2_000
/** Events in memory for one stream, beside what lies in its socket. */
const BATCH_SIZE = 100

/** What a stream that began before the first event resumes from. */
const START = 'start'

export type EventStreamOptions = {
  readonly store: Pick<EventStore, 'subscribe'>
  /** Null: from the log's beginning. */
  readonly after: string | null
  readonly isWanted: (event: RecordedEvent) => boolean
  /** One line. */
  readonly dataOf: (event: RecordedEvent) => string
  /** Ends the stream. */
  readonly signal: AbortSignal
  readonly clock: Clock
}

export type StreamEnd = 'clientWent' | 'stopped' | 'tooSlow'

/**
 * Writes the log to a response as server-sent events (HTML Standard §9.2.5), until the client goes, is too slow, or `signal` ends
 * it. The next event is read once the socket has taken the one before, so that a slow client costs a page of events and no
 * more. An `id` alone moves the client's place without an event (§9.2.6: dispatch sets the last event ID and stops at empty data), and
 * stands at the beginning and with each heartbeat, so that a client whose filter lets little through resumes near the end.
 * Rejects with what broke the subscription.
 */
export const runEventStream = async (
  response: ServerResponse,
  options: EventStreamOptions,
): Promise<StreamEnd> => {
  const { clock, signal } = options
  const over = Promise.withResolvers<StreamEnd>()
  let open = true
  let passed = options.after ?? START
  let told = passed
  let callOffHeartbeat = (): void => {}

  const finish = (end: StreamEnd): void => {
    open = false
    over.resolve(end)
  }
  const onClose = (): void => finish('clientWent')
  const onAbort = (): void => finish('stopped')
  response.once('close', onClose)
  // What was written to a connection that is gone.
  response.on('error', onClose)
  signal.addEventListener('abort', onAbort, { once: true })

  const send = async (text: string): Promise<void> => {
    if (!open || response.write(text)) return
    const drained = Promise.withResolvers<void>()
    response.once('drain', drained.resolve)
    const callOff = clock.after(SLOW_CLIENT_MILLISECONDS, () => finish('tooSlow'))
    await Promise.race([drained.promise, over.promise])
    callOff()
    response.off('drain', drained.resolve)
  }
  const heartbeat = (): void => {
    if (!open) return
    if (!response.writableNeedDrain) {
      void send(passed === told ? ': still here\n\n' : `id: ${passed}\n\n`)
      told = passed
    }
    callOffHeartbeat = clock.after(HEARTBEAT_MILLISECONDS, heartbeat)
  }

  response.flushHeaders()
  await send(`retry: ${RETRY_MILLISECONDS}\nid: ${passed}\n\n`)
  callOffHeartbeat = clock.after(HEARTBEAT_MILLISECONDS, heartbeat)
  if (signal.aborted) onAbort()
  const subscription = options.store.subscribe(
    options.after,
    {
      onEvents: async (events) => {
        for (const event of events) {
          if (!open) return
          if (options.isWanted(event)) {
            told = event.position
            await send(`id: ${event.position}\nevent: ${event.type}\ndata: ${options.dataOf(event)}\n\n`)
          }
          passed = event.position
        }
      },
    },
    { batchSize: BATCH_SIZE },
  )
  try {
    return await Promise.race([over.promise, subscription.ended.then(() => 'stopped' as const)])
  } finally {
    open = false
    over.resolve('stopped')
    callOffHeartbeat()
    signal.removeEventListener('abort', onAbort)
    await subscription[Symbol.asyncDispose]()
    // What a slow client has not taken is not waited for.
    if (response.writableNeedDrain) response.destroy()
    else response.end()
  }
}
