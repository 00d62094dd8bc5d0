import type { LookupAddress } from 'node:dns'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, expect, it, vi } from 'vitest'
import { createPoster, type PosterOptions } from './post.ts'

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

const serve = async (listener: RequestListener) => {
  const sockets: Socket[] = []
  const server = createServer(listener).on('connection', (socket) => sockets.push(socket))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  cleanUps.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: (server.address() as AddressInfo).port, sockets }
}
const poster = (options: Partial<PosterOptions> = {}) => {
  const made = createPoster({ policy: { allowHttp: true, allowPrivate: true }, ...options })
  cleanUps.push(() => made[Symbol.dispose]())
  return made
}
const leadingTo =
  (address: string) => (_: string, __: unknown, callback: (error: null, found: LookupAddress[]) => void) =>
    callback(null, [{ address, family: 4 }])

const MESSAGE = { headers: { 'content-type': 'text/plain' }, body: 'èvent' }
const { signal } = new AbortController()

it('opens no connection to this machine through a name that leads there', async () => {
  const { port, sockets } = await serve((_, response) => response.end())
  const url = `http://crm.example:${port}/`
  const resolve = leadingTo('127.0.0.1')
  const strict = poster({ policy: { allowHttp: true, allowPrivate: false }, resolve })
  expect(await strict.post(url, MESSAGE, signal)).toEqual({ outcome: 'failed', reason: 'PRIVATE_TARGET' })
  expect(await strict.post(`http://127.0.0.1:${port}/`, MESSAGE, signal)).toMatchObject({
    reason: 'PRIVATE_TARGET',
  })
  expect(sockets).toHaveLength(0)
  expect(await poster({ resolve }).post(url, MESSAGE, signal)).toEqual({ outcome: 'delivered' })
})

it('sends over a kept connection, and again when the receiver closed that in the same instant', async () => {
  const bodies: string[] = []
  let closes = false
  const { port, sockets } = await serve(async (request, response) => {
    if (closes) {
      closes = false
      return void request.socket.resetAndDestroy()
    }
    for await (const chunk of request) bodies.push(String(chunk))
    response.end('x'.repeat(1_000))
  })
  const { post } = poster()
  const url = `http://127.0.0.1:${port}/`
  for (let n = 0; n < 5; n += 1) expect(await post(url, MESSAGE, signal)).toEqual({ outcome: 'delivered' })
  expect(sockets).toHaveLength(1)
  closes = true
  expect(await post(url, MESSAGE, signal)).toEqual({ outcome: 'delivered' })
  expect(bodies).toEqual(Array(6).fill('èvent'))
  expect(sockets).toHaveLength(2)
})

it('reads no more of an endless answer than it bears', async () => {
  const { port, sockets } = await serve((_, response) => {
    response.on('error', () => {})
    const write = (): void => {
      while (!response.destroyed && response.write('x'.repeat(10_000)));
      if (!response.destroyed) response.once('drain', write)
    }
    write()
  })
  expect(await poster().post(`http://127.0.0.1:${port}/`, MESSAGE, signal)).toEqual({ outcome: 'delivered' })
  await vi.waitFor(() => expect(sockets.every((socket) => socket.destroyed)).toBe(true))
})

it('takes a receiver that answers nothing for a failure, and so a call that is cut', async () => {
  const { port } = await serve(() => {})
  const url = `http://127.0.0.1:${port}/`
  expect(await poster({ timeoutMilliseconds: 50 }).post(url, MESSAGE, signal)).toEqual({
    outcome: 'failed',
    reason: 'TIMEOUT',
  })
  const cut = new AbortController()
  const posting = poster().post(url, MESSAGE, cut.signal)
  cut.abort()
  expect(await posting).toMatchObject({ outcome: 'failed', reason: 'ABORT_ERR' })
})
