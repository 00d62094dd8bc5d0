import type { Endpoint } from '../../endpoint.ts'
export type TransportListener = {
  /** One message: a datagram, or what a stream's framing cut out. */
  onMessage(bytes: Uint8Array, from: Endpoint): void
  /** Something failed that belongs to no single `send`. The transport goes on if it can. */
  onError(error: Error): void
}

/** What carries messages (§18): UDP now, TCP and TLS behind the same port later. */
export type SipTransport = AsyncDisposable & {
  /** As written in Via: `UDP`. */
  readonly protocol: string
  /** Reliable transports retransmit nothing themselves: timers A, E, G stay off and D, I, J, K are zero (§17). */
  readonly reliable: boolean
  /** Where it is bound; known once the transport exists. */
  readonly local: Endpoint
  listen(listener: TransportListener): void
  /** Never throws; a failure is told to `onFailure`, later or at once. */
  send(bytes: Uint8Array, to: Endpoint, onFailure?: (error: Error) => void): void
}
