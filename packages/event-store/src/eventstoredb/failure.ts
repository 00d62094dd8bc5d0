import { ErrorType } from '@eventstore/db-client'

/** What a failed call means to the caller; `reason` is a word fit for a log. */
export type ServerFailure =
  /** The stream does not stand where it was expected; `actual` null: it is not there. */
  | { readonly kind: 'conflict'; readonly actual: bigint | null }
  | { readonly kind: 'notFound' }
  /** Asking again cannot help. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The client has been told who leads, and turns there by itself. */
  | { readonly kind: 'notLeader' }
  /** Nothing is known of what became of the call. */
  | { readonly kind: 'noAnswer'; readonly reason: string }

/** An own time limit has run out: the client's are not to be relied on. */
export class TimedOut extends Error {
  override readonly name = 'TimedOut'
  readonly type = 'timed-out'
}

const REFUSED = new Set<string>([
  ErrorType.ACCESS_DENIED,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.STREAM_DELETED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.UNSUPPORTED,
])

// https://grpc.io/docs/guides/status-codes/
const INVALID_ARGUMENT = 3
const PERMISSION_DENIED = 7
const UNAUTHENTICATED = 16
const REFUSED_CODES = new Set([INVALID_ARGUMENT, PERMISSION_DENIED, UNAUTHENTICATED])

/**
 * Judged by the literal `type` that the client gives an answer of the server, else by gRPC's `code`; never by the class,
 * since the first error after a connection is lost is a plain `Error`, nor by the message. What is not known to be final
 * counts as no answer: "server is not ready" during an election comes as an error of unknown type.
 */
export const failureOf = (error: unknown): ServerFailure => {
  const type = typeOf(error)
  switch (type) {
    case ErrorType.WRONG_EXPECTED_VERSION:
      return { kind: 'conflict', actual: actualOf(error) }
    case ErrorType.STREAM_NOT_FOUND:
      return { kind: 'notFound' }
    case ErrorType.NOT_LEADER:
      return { kind: 'notLeader' }
    default: {
      const code = codeOf(error)
      const reason = code === null ? wordOf(type ?? 'unknown') : `GRPC_${code}`
      const final = (type !== null && REFUSED.has(type)) || (code !== null && REFUSED_CODES.has(code))
      return final ? { kind: 'refused', reason: wordOf(type ?? reason) } : { kind: 'noAnswer', reason }
    }
  }
}

const typeOf = (error: unknown): string | null =>
  typeof error === 'object' && error !== null && 'type' in error && typeof error.type === 'string'
    ? error.type
    : null

const codeOf = (error: unknown): number | null =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'number'
    ? error.code
    : null

const actualOf = (error: unknown): bigint | null =>
  typeof error === 'object' &&
  error !== null &&
  'actualVersion' in error &&
  typeof error.actualVersion === 'bigint'
    ? error.actualVersion
    : null

const wordOf = (type: string): string => type.toUpperCase().replaceAll('-', '_')
