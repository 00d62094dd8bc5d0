import type { EventStore } from '@centralino/event-store'
import { createNotary, LedgerError, openLedgerFile } from '@centralino/event-store/ledger'
import type { Log } from '../observability/logger.ts'
import type { Notices } from '../observability/notices.ts'
import type { Clock } from '../time/clock.ts'
import { readLedgerKey } from './ledger-key.ts'

/** A checkpoint is appended this often when anything is new, */
const SEAL_EVERY_MILLISECONDS = 60_000
/** and at once when so many events wait for one. */
const SEAL_AT_EVENTS = 10_000

export type SealingOptions = {
  readonly store: EventStore
  /** The leaves of the log's events; folded from the log when it is not there. */
  readonly ledgerPath: string
  readonly keyPath: string
  readonly clock: Clock
  readonly notices: Notices
  readonly log: Log
}

/**
 * Has the notary seal the log, one checkpoint after the other. A log that is not what was sealed is told to the operator
 * (`LOG_ALTERED`) and sealed no more; a key that is not the one before is told too (`LEDGER_KEY_CHANGED`); any other failure (`LOG_NOT_SEALED`) is tried again in a minute. Disposing it waits
 * for a checkpoint that is on its way.
 */
export const startSealing = async (options: SealingOptions): Promise<AsyncDisposable> => {
  const { store, clock, notices, log } = options
  const privateKeyPem = await readLedgerKey(options.keyPath)
  const file = openLedgerFile(options.ledgerPath)
  const now = () => Temporal.Instant.from(clock.now())
  const onKeyChanged = () => notices.report('LEDGER_KEY_CHANGED')
  const notary = createNotary({ store, file, privateKeyPem, now, onKeyChanged })
  let waiting = 0
  let stopped = false
  let callOff = () => {}
  let sealing: Promise<void> | null = null

  const sealOnce = async (): Promise<void> => {
    try {
      waiting = 0
      const sealed = await notary.seal()
      notices.clear('LOG_NOT_SEALED')
      if (sealed !== null) log.debug({ size: sealed.size }, 'log sealed')
    } catch (error) {
      if (error instanceof LedgerError) {
        stopped = true
        notices.report('LOG_ALTERED', { code: error.code, events: error.size })
      } else notices.report('LOG_NOT_SEALED')
      log.error({ error }, 'the log could not be sealed')
    }
  }
  const seal = (): void => {
    if (stopped || sealing !== null) return
    callOff()
    sealing = sealOnce().finally(() => {
      sealing = null
      if (!stopped) callOff = clock.after(SEAL_EVERY_MILLISECONDS, seal)
    })
  }

  let end: string | null = null
  for await (const { position } of store.readAll({ direction: 'backwards', limit: 1 })) end = position
  const counting = store.subscribe(end, {
    onEvents: (events) => {
      waiting += events.length
      if (waiting >= SEAL_AT_EVENTS) seal()
    },
  })
  counting.ended.catch((error: unknown) => log.error({ error }, 'new events are counted no more'))
  callOff = clock.after(SEAL_EVERY_MILLISECONDS, seal)

  return {
    [Symbol.asyncDispose]: async () => {
      stopped = true
      callOff()
      await counting[Symbol.asyncDispose]()
      await sealing
      file.close()
    },
  }
}
