import { createServer } from 'node:net'

/** TCP ports on 127.0.0.1 that were free a moment ago, all different. */
export const freePorts = async (count: number): Promise<readonly number[]> => {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<{ port: number; close: () => Promise<void> }>((resolve, reject) => {
          const server = createServer()
          server.once('error', reject)
          server.listen(0, '127.0.0.1', () => {
            const address = server.address()
            if (address === null || typeof address === 'string') return reject(new Error('no port'))
            resolve({
              port: address.port,
              close: () => new Promise((closed) => server.close(() => closed())),
            })
          })
        }),
    ),
  )
  await Promise.all(servers.map((server) => server.close()))
  return servers.map((server) => server.port)
}
