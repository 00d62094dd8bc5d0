export type MediaErrorCode =
  | 'NO_PORT_FREE'
  | 'NO_WEBRTC_PORT_FREE'
  | 'NO_WORKER'
  | 'TRANSPORT_UNKNOWN'
  | 'NO_COMMON_CODEC'
  | 'LEG_CLOSED'
  | 'FAILED'

export class MediaError extends Error {
  override readonly name = 'MediaError'
  readonly code: MediaErrorCode

  constructor(code: MediaErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** By name and shape, whichever copy of the class made it. */
export const isMediaError = (error: unknown): error is MediaError =>
  error instanceof Error && error.name === 'MediaError' && 'code' in error
