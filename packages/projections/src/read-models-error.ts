/** Every error of the read models carries a literal `code`; judge by it, never by the message. */
export type ReadModelsErrorCode =
  /** Used after it was disposed. */
  | 'READ_MODELS_CLOSED'
  /** A worker thread died; open them again. Rows and checkpoint stand as of the last commit. */
  | 'READ_MODELS_UNAVAILABLE'
  /** Too many requests wait already. */
  | 'TOO_BUSY'
  /** An event could not be folded in: a bug. The batch was rolled back; the message names the event. */
  | 'PROJECTION_FAILED'
  | 'QUERY_FAILED'
  /** The batch was rolled back; it may be applied again once there is room. */
  | 'DISK_FULL'
  /** The file, or the disk, may be read only. */
  | 'READ_ONLY'
  /** The database file is damaged: delete it, and the log fills a new one. */
  | 'FILE_DAMAGED'
  /** The file is no database, or one of somebody else. */
  | 'FOREIGN_FILE'
  /** Another process has these read models open. */
  | 'READ_MODELS_IN_USE'

export class ReadModelsError extends Error {
  override readonly name = 'ReadModelsError'
  readonly code: ReadModelsErrorCode

  constructor(code: ReadModelsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** Works across copies of this package, unlike `instanceof`. */
export const isReadModelsError = (error: unknown): error is ReadModelsError =>
  error instanceof Error && error.name === 'ReadModelsError' && 'code' in error
