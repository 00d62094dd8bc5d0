import type { EventStoreErrorCode } from '@centralino/event-store'
import type { Refused } from '../commands/outcome.ts'
import type { GraphQLContext } from './context.ts'

/** What a person is told when the log takes nothing for the moment; null: a bug or a fault, which is masked. */
const REFUSALS = {
  DISK_FULL: 'DISK_FULL',
  READ_ONLY: 'LOG_READ_ONLY',
  TOO_BUSY: 'HUB_TOO_BUSY',
  STORE_UNAVAILABLE: 'LOG_UNAVAILABLE',
  STORE_CLOSED: 'LOG_UNAVAILABLE',
  REVISION_CONFLICT: 'TRY_AGAIN',
  EVENT_ID_REUSED: null,
  INVALID_EVENT: null,
  FOREIGN_FILE: null,
  POSITION_AHEAD: null,
  ADAPTER_MISSING: null,
} as const satisfies Record<EventStoreErrorCode, string | null>

export type StoreRefusalCode = NonNullable<(typeof REFUSALS)[EventStoreErrorCode]>

/** The refusal's code for an error of the event store, by its literal `code`. */
const storeRefusal = (error: unknown): StoreRefusalCode | null => {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null
  const code = error.code
  return typeof code === 'string' && code in REFUSALS ? REFUSALS[code as EventStoreErrorCode] : null
}

/** Runs an action; what the log refuses for the moment (a full disk) is a refusal, not a fault, and the operator hears of it. */
export const orStoreRefusal = async <O>(
  { notices }: Pick<GraphQLContext, 'notices'>,
  action: () => Promise<O>,
): Promise<O | Refused<StoreRefusalCode>> => {
  try {
    return await action()
  } catch (error) {
    const code = storeRefusal(error)
    if (code === null) throw error
    notices.report('LOG_REFUSED', { code })
    return { ok: false, code }
  }
}
