import type { Socket } from 'node:net'
import type { Clock } from '../../clock/clock.ts'
import { type Endpoint, endpointText } from '../../endpoint.ts'
import type { SipCounters } from '../counters.ts'
import type { TransportListener } from './sip-transport.ts'
import { createStreamFramer, type StreamFramer } from './stream-framer.ts'

/** What a stream transport takes from strangers. */
export type StreamLimits = {
  /** Bytes of a whole message. Default 16 384. */
  readonly messageBytes: number
  /** Connections at once, both ways; one more is closed at once. Default 2000. */
  readonly connections: number
  /** Of one address. Default 200: a site of phones behind one NAT. */
  readonly connectionsOfAddress: number
  /** Longest without any byte of the far end, keep-alives included (RFC 5626 §4.4.1 asks for one in 120 s). Default 900 000. */
  readonly idleMilliseconds: number
  /** Longest from a connection's opening to its first whole message, and for any message to come whole. Default 30 000. */
  readonly messageMilliseconds: number
  /** Longest that a connection of ours takes to stand, TLS included. Default 10 000. */
  readonly connectMilliseconds: number
  /** Bytes that wait for a far end which does not read; more ends the connection. Default 1 MiB. */
  readonly unsentBytes: number
}

export const defaultStreamLimits: StreamLimits = {
  messageBytes: 16_384,
  connections: 2_000,
  connectionsOfAddress: 200,
  idleMilliseconds: 900_000,
  messageMilliseconds: 30_000,
  connectMilliseconds: 10_000,
  unsentBytes: 1_048_576,
}

/** How long a connection that we end may take to be gone. */
const CLOSING_MILLISECONDS = 2_000
const SWEEP_MILLISECONDS = 1_000
const PONG = Buffer.from('\r\n')

type Connection = {
  readonly id: number
  readonly socket: Socket
  readonly remote: Endpoint
  readonly framer: StreamFramer
  /** The addresses that lead to it. */
  readonly keys: Set<string>
  readonly unsent: Set<(error: Error) => void>
  /** What waits until a connection of ours stands: over TLS nothing goes out before we know to whom. */
  held: (() => void)[]
  heldBytes: number
  status: 'connecting' | 'open' | 'closing'
  /** Since when it has its status. */
  since: number
  heardAt: number
  /** Since when a message, the first one included, is awaited or incomplete; null between messages. */
  awaitingSince: number | null
}

/** The connections of one stream transport, whoever opened them. */
export type StreamConnections = {
  /** Takes a socket in. `key` is what leads to it; null: nothing but its id does. */
  add(socket: Socket, remote: Endpoint, key: string | null, status: 'connecting' | 'open'): number
  /** A connection of ours stands now. */
  opened(id: number): void
  /** The one that leads there and is not about to close. */
  find(key: string): number | null
  isOpen(id: number): boolean
  alias(id: number, key: string): void
  write(id: number, bytes: Uint8Array, onFailure: ((error: Error) => void) | undefined): void
  size(): number
  closeAll(): void
}

export type StreamConnectionsOptions = {
  readonly clock: Clock
  readonly counters: SipCounters
  readonly limits: StreamLimits
  readonly listener: () => TransportListener | null
}

/** Holds them to their limits by looking at all of them once a second, while there are any. */
export const createStreamConnections = (options: StreamConnectionsOptions): StreamConnections => {
  const { clock, counters, limits } = options
  const connections = new Map<number, Connection>()
  const byKey = new Map<string, Connection>()
  let nextId = 1
  let cancelSweep: (() => void) | null = null

  const usable = (connection: Connection | undefined): connection is Connection =>
    connection !== undefined && connection.status !== 'closing' && !connection.socket.destroyed

  const onData = (connection: Connection, chunk: Buffer): void => {
    connection.heardAt = clock.now()
    for (const framed of connection.framer.push(chunk)) {
      if (framed.kind === 'ping') {
        counters.count('sip.keepAlive')
        connection.socket.write(PONG)
        continue
      }
      counters.count('sip.received')
      const { address, port } = connection.remote
      options.listener()?.onMessage(framed.bytes, { address, port, connection: connection.id })
      if (framed.kind === 'broken') end(connection)
    }
    const within = connection.framer.isWithinMessage()
    connection.awaitingSince = within ? (connection.awaitingSince ?? clock.now()) : null
  }

  const end = (connection: Connection): void => {
    if (connection.status === 'closing') return
    connection.status = 'closing'
    connection.since = clock.now()
    connection.socket.end()
  }

  const onClosed = (connection: Connection): void => {
    connections.delete(connection.id)
    for (const key of connection.keys) if (byKey.get(key) === connection) byKey.delete(key)
    const lost = new Error('the connection closed')
    for (const fail of connection.unsent) {
      counters.count('sip.sendFailed')
      fail(lost)
    }
    connection.unsent.clear()
    counters.count('sip.connectionsClosed')
  }

  /** Whether it took longer than it may. */
  const overdue = (connection: Connection, now: number): boolean => {
    const { status, since, heardAt, awaitingSince } = connection
    if (status === 'connecting') return now - since >= limits.connectMilliseconds
    if (status === 'closing') return now - since >= CLOSING_MILLISECONDS
    if (awaitingSince !== null && now - awaitingSince >= limits.messageMilliseconds) return true
    return now - heardAt >= limits.idleMilliseconds
  }
  const sweep = (): void => {
    cancelSweep = null
    const now = clock.now()
    for (const connection of [...connections.values()]) {
      if (connection.socket.destroyed || !overdue(connection, now)) continue
      if (connection.status === 'open') counters.count('sip.connectionsTimedOut')
      connection.socket.destroy()
    }
    schedule()
  }
  const schedule = (): void => {
    if (connections.size > 0) cancelSweep ??= clock.setTimer(SWEEP_MILLISECONDS, sweep)
  }

  const bind = (connection: Connection, key: string): void => {
    connection.keys.add(key)
    byKey.set(key, connection)
  }

  return {
    add: (socket, remote, key, status) => {
      const now = clock.now()
      const connection: Connection = {
        id: nextId++,
        socket,
        remote,
        framer: createStreamFramer(limits.messageBytes),
        keys: new Set(),
        unsent: new Set(),
        held: [],
        heldBytes: 0,
        status,
        since: now,
        heardAt: now,
        // Who connects to us has something to say; whom we connect to need not.
        awaitingSince: status === 'open' ? now : null,
      }
      connections.set(connection.id, connection)
      if (key !== null) bind(connection, key)
      counters.count('sip.connectionsOpened')
      socket.setNoDelay(true)
      socket.on('data', (chunk: Buffer) => onData(connection, chunk))
      // What failed is told by `close`, to those whose message it took along.
      socket.on('error', () => undefined)
      socket.on('close', () => onClosed(connection))
      schedule()
      return connection.id
    },
    opened: (id) => {
      const connection = connections.get(id)
      if (connection?.status !== 'connecting') return
      connection.status = 'open'
      connection.heardAt = clock.now()
      const { held } = connection
      connection.held = []
      connection.heldBytes = 0
      for (const write of held) write()
    },
    find: (key) => {
      const found = byKey.get(key)
      return usable(found) ? found.id : null
    },
    isOpen: (id) => usable(connections.get(id)),
    alias: (id, key) => {
      const connection = connections.get(id)
      // Never taken from another connection: the newcomer may be anybody behind the same address.
      if (usable(connection) && !usable(byKey.get(key)) && connection.keys.size < 4) bind(connection, key)
    },
    write: (id, bytes, onFailure) => {
      const connection = connections.get(id)
      if (!usable(connection)) {
        counters.count('sip.sendFailed')
        onFailure?.(new Error('no such connection'))
        return
      }
      const { socket, unsent } = connection
      if (socket.writableLength + connection.heldBytes + bytes.length > limits.unsentBytes) {
        counters.count('sip.sendDropped')
        onFailure?.(new Error('the far end does not read'))
        socket.destroy()
        return
      }
      const fail = (error: Error): void => onFailure?.(error)
      unsent.add(fail)
      counters.count('sip.sent')
      const send = (): void => {
        socket.write(bytes, (error) => {
          // A failed one stays until `close`, which tells it once.
          if (error === undefined || error === null) unsent.delete(fail)
        })
      }
      if (connection.status === 'open') send()
      else {
        connection.held.push(send)
        connection.heldBytes += bytes.length
      }
    },
    size: () => connections.size,
    closeAll: () => {
      cancelSweep?.()
      cancelSweep = null
      for (const connection of connections.values()) connection.socket.destroy()
    },
  }
}

/** What leads to a connection: the far end's address, and where we verified its certificate the name that it was for. */
export const connectionKey = (endpoint: Endpoint, serverName: string | undefined): string =>
  serverName === undefined ? endpointText(endpoint) : `${endpointText(endpoint)} ${serverName}`
