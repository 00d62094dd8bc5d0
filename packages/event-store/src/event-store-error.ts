import type { ExpectedRevision } from './event-store.ts'
import type { EventStoreErrorCode } from './event-store-error-code.ts'

/** What each code tells beside its name. `reason` is a literal word, fit for a log: never personal data. */
export type EventStoreErrorData = {
  REVISION_CONFLICT: {
    readonly stream: string
    readonly expected: ExpectedRevision
    /** Where the stream stands; null: it is not there. */
    readonly actual: bigint | null
  }
  /** `id` is in the log already, in another stream or beside other events than it came with this time. */
  EVENT_ID_REUSED: { readonly stream: string; readonly id: string }
  /** `path` leads to the value at fault (`data.legs[2].at`), `index` to its event in the append. */
  INVALID_EVENT: { readonly reason: InvalidEventReason; readonly index: number | null; readonly path: string }
  DISK_FULL: { readonly reason: string }
  READ_ONLY: { readonly reason: string }
  STORE_CLOSED: { readonly reason: string }
  /** Whether the append took effect is not known: repeat it with the same event ids. */
  STORE_UNAVAILABLE: { readonly reason: string }
  /** The file is not an event log of ours, or of a later version; it was left as it is. */
  FOREIGN_FILE: { readonly path: string; readonly reason: string }
  TOO_BUSY: { readonly pending: number; readonly limit: number }
  /** A checkpoint past the log's end: the log is not the one that the checkpoint was taken from. */
  POSITION_AHEAD: { readonly position: string; readonly head: string | null }
  ADAPTER_MISSING: { readonly scheme: string; readonly reason: string }
}

export type InvalidEventReason =
  | 'NO_EVENTS'
  | 'TOO_MANY_EVENTS'
  | 'TOO_LARGE'
  | 'STREAM_NAME'
  | 'EVENT_ID'
  | 'EVENT_TYPE'
  | 'SCHEMA_VERSION'
  | 'METADATA'
  | 'UNDEFINED'
  | 'BIGINT'
  | 'NOT_A_FINITE_NUMBER'
  | 'FUNCTION_OR_SYMBOL'
  | 'NOT_A_PLAIN_OBJECT'
  | 'CIRCULAR_OR_TOO_DEEP'

/** The one error of the port. Judge it with {@link isEventStoreError}, which also knows it from another copy of this package. */
export class EventStoreError<Code extends EventStoreErrorCode = EventStoreErrorCode> extends Error {
  override readonly name = 'EventStoreError'
  readonly code: Code
  readonly data: EventStoreErrorData[Code]

  constructor(code: Code, data: EventStoreErrorData[Code], message?: string, options?: ErrorOptions) {
    super(message ?? `${code} ${printable(data)}`, options)
    this.code = code
    this.data = data
  }
}

/** True for an error of the port; with `code`, for that one only, and narrows `data` to what it carries. */
export const isEventStoreError = <Code extends EventStoreErrorCode = EventStoreErrorCode>(
  error: unknown,
  code?: Code,
): error is EventStoreError<Code> =>
  error instanceof Error &&
  error.name === 'EventStoreError' &&
  'code' in error &&
  'data' in error &&
  (code === undefined || error.code === code)

const printable = (data: unknown): string =>
  JSON.stringify(data, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value))
