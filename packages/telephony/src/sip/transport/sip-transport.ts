import type { Endpoint } from '../../endpoint.ts'

/** As written in Via (§20.42). */
export type SipProtocol = 'UDP' | 'TCP' | 'TLS'

/** The far end, as one transport knows it. */
export type Remote = Endpoint & {
  /** Tells a stream's connections apart; absent over UDP, and where any connection to the address will do. */
  readonly connection?: number
  /** TLS, where we connect: the name that the certificate must have. Absent: the address itself. */
  readonly serverName?: string
}

/** Where a message came from or goes, and what carries it. */
export type Flow = Remote & { readonly protocol: SipProtocol }

export type TransportListener = {
  /** One message: a datagram, or what a stream's framing cut out. */
  onMessage(bytes: Uint8Array, from: Remote): void
  /** Something failed that belongs to no single `send`. The transport goes on if it can. */
  onError(error: Error): void
}

/** What carries messages (§18): UDP, or a stream. */
export type SipTransport = AsyncDisposable & {
  readonly protocol: SipProtocol
  /** Reliable transports retransmit nothing themselves: timers A, E, G stay off and D, I, J, K are zero (§17). */
  readonly reliable: boolean
  /** Where it is bound; known once the transport exists. */
  readonly local: Endpoint
  listen(listener: TransportListener): void
  /**
   * Never throws; a failure is told to `onFailure`, later or at once. A stream writes on `to.connection` while that
   * stands, else on one that leads to the address, else on a new one.
   */
  send(bytes: Uint8Array, to: Remote, onFailure?: (error: Error) => void): void
  /** A stream's connection: whether it still stands. */
  isOpen?(connection: number): boolean
  /** From now on `connection` leads to that address too (RFC 5923 §4). */
  alias?(connection: number, as: Endpoint): void
}

/** §19.1.2, RFC 3261 §18: where a port is not named. */
export const defaultPort = (protocol: SipProtocol): number => (protocol === 'TLS' ? 5061 : 5060)
