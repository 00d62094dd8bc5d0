import type { Endpoint } from '../../endpoint.ts'
import type { Remote, SipProtocol, SipTransport, TransportListener } from '../transport/sip-transport.ts'

export type SentMessage = { readonly text: string; readonly to: Remote }

export type FakeTransport = SipTransport & {
  /** Everything sent, in order. */
  readonly sent: readonly SentMessage[]
  /** Forgets what was sent so far. */
  clear(): void
  /** A message arrives. */
  receive(message: string | Uint8Array, from?: Remote): void
  /** The next `send` calls fail with this error. Null: they succeed again. */
  failWith(error: Error | null): void
  /** Every connection that something came by is gone. */
  closeConnections(): void
}

/** A transport that holds still: tests see what was sent and say what arrives. */
export const createFakeTransport = (
  local: Endpoint = { address: '192.0.2.1', port: 5060 },
  protocol: SipProtocol = 'UDP',
): FakeTransport => {
  const connections = new Set<number>()
  let sent: SentMessage[] = []
  let listener: TransportListener | null = null
  let failure: Error | null = null
  return {
    protocol,
    reliable: protocol !== 'UDP',
    local,
    listen: (next) => {
      listener = next
    },
    send: (bytes, to, onFailure) => {
      if (failure !== null) onFailure?.(failure)
      else sent.push({ text: Buffer.from(bytes).toString('utf8'), to })
    },
    get sent() {
      return sent
    },
    clear: () => {
      sent = []
    },
    receive: (message, from = { address: '192.0.2.9', port: 5060 }) => {
      if (from.connection !== undefined) connections.add(from.connection)
      listener?.onMessage(typeof message === 'string' ? Buffer.from(message) : message, from)
    },
    isOpen: (connection) => connections.has(connection),
    closeConnections: () => connections.clear(),
    failWith: (error) => {
      failure = error
    },
    [Symbol.asyncDispose]: async () => {
      listener = null
    },
  }
}
