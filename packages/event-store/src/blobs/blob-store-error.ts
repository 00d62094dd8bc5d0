export type BlobStoreErrorCode =
  | 'DISK_FULL'
  | 'READ_ONLY'
  /** More than `maxBytes`; nothing is kept of it. */
  | 'TOO_LARGE'
  /** What was read is not what the name says: the disk or somebody altered it. */
  | 'CORRUPT'
  | 'UNAVAILABLE'

/** Why a blob could not be kept or read; recognised by `code`, never by its message. */
export class BlobStoreError extends Error {
  override readonly name = 'BlobStoreError'
  readonly code: BlobStoreErrorCode
  /** A literal word or the system's own code, fit for a log. */
  readonly reason: string

  constructor(code: BlobStoreErrorCode, reason: string, options?: ErrorOptions) {
    super(`${code} ${reason}`, options)
    this.code = code
    this.reason = reason
  }
}

/** True for an error of the blob store, also one from another copy of this package; with `code`, for that one only. */
export const isBlobStoreError = (error: unknown, code?: BlobStoreErrorCode): error is BlobStoreError =>
  error instanceof Error &&
  error.name === 'BlobStoreError' &&
  'code' in error &&
  (code === undefined || error.code === code)

/** Puts what the file system threw into the store's words. */
export const toBlobStoreError = (error: unknown): BlobStoreError => {
  if (isBlobStoreError(error)) return error
  const reason = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
  switch (reason) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new BlobStoreError('DISK_FULL', reason, { cause: error })
    case 'EROFS':
    case 'EACCES':
    case 'EPERM':
      return new BlobStoreError('READ_ONLY', reason, { cause: error })
    default:
      return new BlobStoreError('UNAVAILABLE', reason, { cause: error })
  }
}
