import { createServer, type RequestListener, type Server } from 'node:http'

export type Listening = AsyncDisposable & {
  readonly server: Server
  readonly address: string
  readonly port: number
}

/** How long answers may take to end at shutdown; then they, and live views, are cut. */
const CLOSING_MILLISECONDS = 500

/** Listens; rejects with the system's error (`EADDRINUSE` …). Disposing it lets running answers end, then cuts them. */
export const listen = async (
  listener: RequestListener,
  address: string,
  port: number,
): Promise<Listening> => {
  const server = createServer({ keepAliveTimeout: 65_000 }, listener)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, () => {
      server.off('error', reject)
      resolve()
    })
  })
  const bound = server.address()
  if (bound === null || typeof bound === 'string') throw new Error('the HTTP server has no port')
  return {
    server,
    address: bound.address,
    port: bound.port,
    [Symbol.asyncDispose]: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeIdleConnections()
      const cut = setTimeout(() => server.closeAllConnections(), CLOSING_MILLISECONDS)
      await closed
      clearTimeout(cut)
    },
  }
}
