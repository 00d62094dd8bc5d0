export type LedgerErrorCode =
  /** The log's first events are not those that a checkpoint in it was signed over. */
  | 'LOG_ALTERED'
  /** A checkpoint in the log cannot be read, or its signature is not right. */
  | 'CHECKPOINT_INVALID'

/** The log does not fit what was sealed: nothing is sealed any more, and `hub verify` says what is wrong. */
export class LedgerError extends Error {
  readonly code: LedgerErrorCode
  /** Events that the checkpoint in question covers. */
  readonly size: number
  constructor(code: LedgerErrorCode, size: number) {
    super(`${code} at ${size} events`)
    this.name = 'LedgerError'
    this.code = code
    this.size = size
  }
}
