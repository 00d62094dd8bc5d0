import type { EdgeStartFailure } from '../edge-contract/start-failure.ts'
import { isMediaError, type MediaErrorCode } from '../media/media-error.ts'

/** The edge cannot start, for a cause that has a name. */
export class EdgeStartError extends Error {
  override readonly name = 'EdgeStartError'
  readonly startFailure: EdgeStartFailure

  constructor(startFailure: EdgeStartFailure, cause: Error) {
    super(cause.message, { cause })
    this.startFailure = startFailure
  }
}

/** The system's own codes for a bind. */
const SIP_FAILURES: Readonly<Record<string, EdgeStartFailure>> = {
  EADDRINUSE: 'SIP_PORT_IN_USE',
  EADDRNOTAVAIL: 'SIP_ADDRESS_NOT_AVAILABLE',
  EACCES: 'SIP_PORT_FORBIDDEN',
}

const MEDIA_FAILURES: Readonly<Partial<Record<MediaErrorCode, EdgeStartFailure>>> = {
  NO_PORT_FREE: 'RTP_PORTS_IN_USE',
  NO_WEBRTC_PORT_FREE: 'WEBRTC_PORTS_IN_USE',
  NO_WORKER: 'MEDIA_WORKER_FAILED',
}

/** Throws what SIP's bind failed with, by its name where it has one. */
export const sipFailed = (error: unknown): never => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  throw named(SIP_FAILURES[code], error)
}

/** Throws what the bind for SIP over TLS failed with. */
export const sipTlsFailed = (error: unknown): never => {
  const inUse = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
  throw named(inUse ? 'SIP_TLS_PORT_IN_USE' : undefined, error)
}

/** Throws what made the certificate's files unusable. */
export const tlsCertificateFailed = (error: unknown): never => {
  throw named('SIP_TLS_CERTIFICATE_UNUSABLE', error)
}

/** Throws what the media failed with, by its name where it has one. */
export const mediaFailed = (error: unknown): never => {
  throw named(isMediaError(error) ? MEDIA_FAILURES[error.code] : undefined, error)
}

const named = (startFailure: EdgeStartFailure | undefined, error: unknown): unknown =>
  startFailure === undefined || !(error instanceof Error) ? error : new EdgeStartError(startFailure, error)
