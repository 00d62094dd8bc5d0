import { createConnection, createServer, type Socket } from 'node:net'

export type FreezableProxy = AsyncDisposable & {
  readonly url: string
  /** From now on nothing passes, and new connections are taken and hear nothing: as with a server under SIGSTOP. */
  readonly freeze: () => void
  /** New connections pass again; those that were frozen stay so. */
  readonly thawForNewConnections: () => void
}

/** A TCP proxy in front of `port`. */
export const startFreezableProxy = async (port: number): Promise<FreezableProxy> => {
  const sockets = new Set<Socket>()
  let frozen = false
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }
  const server = createServer((inbound) => {
    keep(inbound)
    if (frozen) return
    const outbound = createConnection(port, '127.0.0.1')
    keep(outbound)
    inbound.pipe(outbound).pipe(inbound)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `esdb://127.0.0.1:${address.port}?tls=false`,
    freeze: () => {
      frozen = true
      for (const socket of sockets) socket.unpipe()
      for (const socket of sockets) socket.pause()
    },
    thawForNewConnections: () => {
      frozen = false
    },
    [Symbol.asyncDispose]: async () => {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}
