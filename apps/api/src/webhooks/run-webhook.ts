import { type Instant, millisecondsBetween, plusMilliseconds, type RecordedEvent } from '@centralino/domain'
import type { EventStore, Subscription } from '@centralino/event-store'
import { isWanted } from '../feed/event-filter.ts'
import { withRetries } from '../reactors/retry.ts'
import type { Clock } from '../time/clock.ts'
import type { Deliver, DeliveryTarget } from './deliver.ts'
import { parseRetryAfter, retryWaitMilliseconds } from './retry-schedule.ts'
import type { Webhook } from './webhook.ts'
import type { WebhooksFile } from './webhooks-file.ts'

/** Events in memory for one webhook. */
const BATCH_SIZE = 50
/** What a crash makes be delivered again. */
const SAVE_EVERY_MILLISECONDS = 500
/** What a request under way is given when the hub stops. */
const STOPPING_MILLISECONDS = 1_000

export type RunWebhookOptions = {
  /** As it was read just now. */
  readonly webhook: Webhook
  /** As it is at each try: secrets change. */
  readonly target: () => DeliveryTarget
  readonly store: Pick<EventStore, 'subscribe'>
  readonly file: Pick<WebhooksFile, 'savePosition' | 'saveTrying' | 'bury' | 'disableWebhook'>
  readonly deliver: Deliver
  readonly deadLetterLimit: number
  readonly clock: Clock
  readonly random?: () => number
  /** For counting. */
  readonly onTry: (outcome: 'delivered' | 'failed' | 'gone' | 'deadLetter') => void
  /** The file took nothing for the moment, or the subscription broke. */
  readonly onFailure: (error: unknown) => void
}

export type RunningWebhook = {
  /** It runs no more: stopped, disabled, or broken; what it did is in the file. */
  readonly hasEnded: () => boolean
  /** Resolves once nothing of it is under way. */
  stop(): Promise<void>
}

/**
 * Delivers a webhook's events in log order, each at least once. The next event is sent when the one before was taken, or has
 * become a dead letter; a receiver that takes nothing costs a page of events in memory and no more. The position is written
 * down after the delivery, so that a crash repeats the last half second and leaves nothing out.
 */
export const runWebhook = (options: RunWebhookOptions): RunningWebhook => {
  const { webhook, target, store, file, deliver, deadLetterLimit, clock, onTry, onFailure } = options
  const { webhookId, filter } = webhook
  const stopping = Promise.withResolvers<void>()
  const cut = new AbortController()
  let subscription: Subscription | null = null
  let stopped = false
  let ended = false
  let passed = webhook.position
  let saved = passed
  let trying = webhook.state.status === 'active' ? webhook.state.trying : null
  let callOffSave: (() => void) | null = null

  const save = async (): Promise<void> => {
    callOffSave?.()
    callOffSave = null
    if (passed === null || passed === saved) return
    const position = passed
    saved = position
    try {
      await file.savePosition(webhookId, position)
    } catch (error) {
      // An older position is as right as a newer one: only more is delivered again.
      saved = null
      onFailure(error)
    }
  }
  const moveTo = (position: string): void => {
    passed = position
    if (!stopped) callOffSave ??= clock.after(SAVE_EVERY_MILLISECONDS, () => void save())
  }

  /** What the file must take before anything goes on; false when the webhook was stopped meanwhile. */
  const keep = async (task: () => Promise<unknown>): Promise<boolean> => {
    const keeping = async () => void (await task())
    const outcome = await withRetries(keeping, { clock, stopped: () => stopped, onFailure })
    if (outcome === 'givenUp') throw new Error('the webhooks file did not take what became of an event')
    return outcome === 'done'
  }
  const wait = async (milliseconds: number): Promise<void> => {
    const due = Promise.withResolvers<void>()
    const callOff = clock.after(milliseconds, due.resolve)
    await Promise.race([due.promise, stopping.promise])
    callOff()
  }
  const end = (): void => {
    stopped = true
    stopping.resolve()
    // Called from its own handler, which it waits for.
    void subscription?.[Symbol.asyncDispose]()
  }

  /** Whether to go on with the next event. */
  const settle = async (event: RecordedEvent): Promise<boolean> => {
    const before = trying?.eventId === event.id ? trying : null
    let attempts = before?.attempts ?? 0
    let firstTriedAt: Instant | null = before?.firstTriedAt ?? null
    if (before !== null) await wait(millisecondsBetween(clock.now(), before.nextAttemptAt))
    while (!stopped) {
      firstTriedAt ??= clock.now()
      const answer = await deliver(event, target(), cut.signal)
      if (answer.outcome === 'delivered') {
        onTry('delivered')
        return true
      }
      if (cut.signal.aborted) return false
      if (answer.outcome === 'gone') {
        onTry('gone')
        await keep(() => file.disableWebhook(webhookId, 'GONE'))
        end()
        return false
      }
      attempts += 1
      const { reason } = answer
      const retryAfterMilliseconds = parseRetryAfter(answer.retryAfter, clock.now())
      const { random } = options
      const waitMilliseconds = retryWaitMilliseconds(attempts, {
        retryAfterMilliseconds,
        ...(random === undefined ? {} : { random }),
      })
      if (waitMilliseconds === null) return bury(event, { attempts, reason, firstTriedAt })
      onTry('failed')
      trying = {
        eventId: event.id,
        attempts,
        firstTriedAt,
        nextAttemptAt: plusMilliseconds(clock.now(), waitMilliseconds),
        reason,
      }
      const [position, tried] = [passed, trying]
      saved = position
      if (!(await keep(() => file.saveTrying(webhookId, position, tried)))) return false
      await wait(waitMilliseconds)
    }
    return false
  }

  const bury = async (
    event: RecordedEvent,
    tried: { readonly attempts: number; readonly reason: string; readonly firstTriedAt: Instant },
  ): Promise<boolean> => {
    const { id: eventId, type, position } = event
    const letter = { ...tried, eventId, type, position, after: passed, givenUpAt: clock.now() }
    let outcome: 'buried' | 'full' = 'full'
    const kept = await keep(async () => {
      outcome = await file.bury(webhookId, letter, deadLetterLimit)
    })
    if (!kept) return false
    onTry(outcome === 'full' ? 'failed' : 'deadLetter')
    if (outcome === 'full') end()
    return outcome !== 'full'
  }

  const onEvents = async (events: readonly RecordedEvent[]): Promise<void> => {
    for (const event of events) {
      if (stopped) return
      if (isWanted(event, filter) && !(await settle(event))) return
      moveTo(event.position)
      // What was tried before must not be found as if it were tried still.
      if (trying !== null) await save()
      trying = null
    }
  }

  subscription = store.subscribe(passed, { onEvents }, { batchSize: BATCH_SIZE })
  const over = subscription.ended
    .catch((error: unknown) => onFailure(error))
    .then(async () => {
      stopped = true
      stopping.resolve()
      await save()
      ended = true
    })

  return {
    hasEnded: () => ended,
    stop: async () => {
      stopped = true
      stopping.resolve()
      const callOff = clock.after(STOPPING_MILLISECONDS, () => cut.abort())
      await subscription?.[Symbol.asyncDispose]()
      callOff()
      await over
    },
  }
}
