import {
  connect as connectTcp,
  createServer as createTcpServer,
  isIP,
  type Server,
  type Socket,
} from 'node:net'
import { connect as connectTls, createServer as createTlsServer, type Server as TlsServer } from 'node:tls'
import type { Clock } from '../../clock/clock.ts'
import { createSipCounters, type SipCounters } from '../counters.ts'
import type { SipTransport, TransportListener } from './sip-transport.ts'
import {
  connectionKey,
  createStreamConnections,
  defaultStreamLimits,
  type StreamLimits,
} from './stream-connections.ts'
import type { TlsIdentity } from './tls-identity.ts'

export type StreamTransportOptions = {
  /** Numeric address to bind. */
  readonly address: string
  /** 0: any free port. */
  readonly port: number
  readonly clock: Clock
  readonly counters?: SipCounters
  readonly limits?: Partial<StreamLimits>
  /** SIP over TLS with this certificate; absent: plain TCP. */
  readonly tls?: TlsIdentity
}

/** RFC 8996 ended what came before. */
const MINIMUM_TLS = 'TLSv1.2'
const BACKLOG = 511

/**
 * SIP over TCP or TLS (§18): takes connections and makes them. Resolves when bound; rejects with the system's error
 * (EADDRINUSE, EACCES …) when it cannot.
 */
export const createStreamTransport = async (options: StreamTransportOptions): Promise<SipTransport> => {
  const { tls, clock } = options
  const counters = options.counters ?? createSipCounters()
  const limits = { ...defaultStreamLimits, ...options.limits }
  let listener: TransportListener | null = null
  let open = true
  const connections = createStreamConnections({ clock, counters, limits, listener: () => listener })
  /** Sockets that came in, those within a TLS handshake too, by their address. */
  const accepted = new Map<Socket, string>()
  const ofAddress = (address: string): number => {
    let count = 0
    for (const each of accepted.values()) if (each === address) count += 1
    return count
  }

  /** Before anything is read of it, and before TLS costs anything. */
  const admit = (socket: Socket): boolean => {
    const address = socket.remoteAddress ?? ''
    const full = accepted.size >= limits.connections || connections.size() >= limits.connections
    if (!open || full || address === '' || ofAddress(address) >= limits.connectionsOfAddress) {
      counters.count('sip.connectionsRefused')
      socket.destroy()
      return false
    }
    accepted.set(socket, address)
    socket.once('close', () => accepted.delete(socket))
    socket.on('error', () => undefined)
    return true
  }
  const take = (socket: Socket): void => {
    const { remoteAddress, remotePort } = socket
    if (!open || remoteAddress === undefined || remotePort === undefined) {
      socket.destroy()
      return
    }
    const remote = { address: remoteAddress, port: remotePort }
    // Who connected over TLS has proved nothing of itself: what we begin does not go there for its address's sake.
    connections.add(socket, remote, tls === undefined ? connectionKey(remote, undefined) : null, 'open')
  }

  let server: Server | TlsServer
  if (tls === undefined) {
    server = createTcpServer((socket) => {
      if (admit(socket)) take(socket)
    })
  } else {
    const secure = createTlsServer({
      ...tls.current(),
      minVersion: MINIMUM_TLS,
      handshakeTimeout: limits.connectMilliseconds,
    })
    secure.prependListener('connection', admit)
    secure.on('secureConnection', take)
    secure.on('tlsClientError', () => counters.count('sip.tlsFailed'))
    tls.onChanged((identity) => secure.setSecureContext({ ...identity, minVersion: MINIMUM_TLS }))
    server = secure
  }
  server.on('error', (error) => listener?.onError(error))
  await bound(server, options.address, options.port)
  const at = server.address()
  if (typeof at !== 'object' || at === null) throw new Error('bound to no address')
  const local = { address: at.address, port: at.port }

  const connectTo = (address: string, port: number, serverName: string | undefined): number | null => {
    if (connections.size() >= limits.connections) return null
    const key = connectionKey({ address, port }, serverName)
    const remote = { address, port }
    if (tls === undefined) {
      const socket = connectTcp({ host: address, port })
      const id = connections.add(socket, remote, key, 'connecting')
      socket.once('connect', () => connections.opened(id))
      return id
    }
    const named = serverName !== undefined && isIP(serverName) === 0
    const socket = connectTls({
      host: address,
      port,
      // RFC 5922 §7.1: the certificate has to name whom the URI names.
      ...(named ? { servername: serverName } : {}),
      ...(tls.authorities === null ? {} : { ca: tls.authorities }),
      ...tls.current(),
      minVersion: MINIMUM_TLS,
    })
    const id = connections.add(socket, remote, key, 'connecting')
    socket.once('secureConnect', () => connections.opened(id))
    socket.once('error', () => counters.count('sip.tlsFailed'))
    return id
  }

  return {
    protocol: tls === undefined ? 'TCP' : 'TLS',
    reliable: true,
    local,
    listen: (next) => {
      listener = next
    },
    send: (bytes, to, onFailure) => {
      if (!open || to.port < 1) {
        counters.count('sip.sendDropped')
        return
      }
      const own = to.connection !== undefined && connections.isOpen(to.connection) ? to.connection : null
      const id =
        own ??
        connections.find(connectionKey(to, to.serverName)) ??
        connectTo(to.address, to.port, to.serverName)
      if (id === null) {
        counters.count('sip.sendDropped')
        onFailure?.(new Error('too many connections'))
      } else connections.write(id, bytes, onFailure)
    },
    isOpen: (connection) => connections.isOpen(connection),
    alias: (connection, as) => {
      if (tls === undefined) connections.alias(connection, connectionKey(as, undefined))
    },
    [Symbol.asyncDispose]: async () => {
      if (!open) return
      open = false
      listener = null
      connections.closeAll()
      for (const socket of accepted.keys()) socket.destroy()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

const bound = (server: Server, address: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: address, port, exclusive: true, backlog: BACKLOG }, () => {
      server.off('error', reject)
      resolve()
    })
  })
