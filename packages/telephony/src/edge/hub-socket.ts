import { chmod, unlink } from 'node:fs/promises'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { createLineCutter, FrameTooLongError, frameLine } from '../edge-contract/frame-lines.ts'
import { type EdgeToHub, type HubToEdge, hubToEdge } from '../edge-contract/frames.ts'
import type { EdgeCounterName } from './edge-counters.ts'

export type HubSocketListener = {
  /** A hub is there: what is returned is sent first. */
  onConnected(): readonly EdgeToHub[]
  onFrame(frame: Exclude<HubToEdge, { frame: 'hello' }>): void
  onDisconnected(): void
}

export type HubSocketOptions = {
  readonly path: string
  readonly contractVersion: number
  readonly count: (name: EdgeCounterName) => void
  readonly listener: HubSocketListener
}

export type HubSocket = AsyncDisposable & {
  /** False when no hub is there to read it. */
  send(frame: EdgeToHub): boolean
  connected(): boolean
}

/** A hub that does not read: what waits is in the fact log anyhow, so it may come back and begin again. */
const MOST_BYTES_UNREAD = 8 * 1_048_576

export class EdgeAlreadyRunsError extends Error {
  override readonly name = 'EdgeAlreadyRunsError'
  readonly code = 'EDGE_ALREADY_RUNS'
}

/**
 * The local socket on which one hub at a time is served; a newer hub takes over from an older one. A socket file that a
 * killed edge left behind is replaced; rejects with an `EdgeAlreadyRunsError` when somebody listens on it.
 */
export const openHubSocket = async (options: HubSocketOptions): Promise<HubSocket> => {
  const { path, count, listener } = options
  let hub: Socket | null = null

  const drop = (socket: Socket): void => {
    socket.destroy()
    if (hub !== socket) return
    hub = null
    listener.onDisconnected()
  }
  const write = (socket: Socket, frame: EdgeToHub): void => {
    socket.write(frameLine(frame))
    if (socket.writableLength <= MOST_BYTES_UNREAD) return
    count('hub.slow')
    drop(socket)
  }
  const take = (socket: Socket, line: string): void => {
    const frame = parseFrame(line)
    if (frame === null) {
      count('hub.framesInvalid')
      const refusal = refusalOf(line)
      if (refusal !== null) write(socket, refusal)
      return
    }
    if (frame.frame === 'hello') {
      // Two versions do not understand each other; the hub has seen ours and says so.
      if (frame.contractVersion !== options.contractVersion) drop(socket)
      return
    }
    listener.onFrame(frame)
  }

  const server = createServer((socket) => {
    count('hub.connections')
    const cut = createLineCutter()
    socket.on('error', () => drop(socket))
    socket.on('close', () => drop(socket))
    socket.on('data', (chunk: Buffer) => {
      try {
        for (const line of cut(chunk)) {
          if (hub !== socket) return
          take(socket, line)
        }
      } catch (error) {
        if (!(error instanceof FrameTooLongError)) throw error
        count('hub.framesTooLong')
        drop(socket)
      }
    })
    if (hub !== null) drop(hub)
    hub = socket
    for (const frame of listener.onConnected()) {
      if (hub === socket) write(socket, frame)
    }
  })
  await listen(server, path)

  return {
    send: (frame) => {
      if (hub === null) return false
      write(hub, frame)
      return hub !== null
    },
    connected: () => hub !== null,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      if (hub !== null) {
        const last = hub
        // What was written is still delivered.
        last.end()
        setTimeout(() => last.destroy(), 500).unref()
      }
      await closed
    },
  }
}

const parseFrame = (line: string): HubToEdge | null => {
  try {
    return hubToEdge.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}

/** An order that cannot be understood is refused by its id, so that the hub does not wait for it. */
const refusalOf = (line: string): EdgeToHub | null => {
  try {
    const frame: unknown = JSON.parse(line)
    if (typeof frame !== 'object' || frame === null || !('order' in frame)) return null
    const { order } = frame
    if (typeof order !== 'object' || order === null || !('orderId' in order)) return null
    const { orderId } = order
    if (typeof orderId !== 'string') return null
    return {
      frame: 'refusal',
      orderId,
      ok: false,
      code: 'INVALID_ORDER',
      detail: 'not an order of this contract',
    }
  } catch {
    return null
  }
}

const listen = async (server: Server, path: string): Promise<void> => {
  if (await somebodyListens(path)) throw new EdgeAlreadyRunsError('an edge listens on the socket already')
  await unlink(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.off('error', reject)
      resolve()
    })
  })
  // Orders are worth as much as the hub itself: only its own user may give them.
  await chmod(path, 0o600)
}

const somebodyListens = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', () => resolve(false))
  })
