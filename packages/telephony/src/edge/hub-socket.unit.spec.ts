import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLineCutter } from '../edge-contract/frame-lines.ts'
import type { EdgeToHub, HubToEdge } from '../edge-contract/frames.ts'
import { type HubSocket, openHubSocket } from './hub-socket.ts'

const HELLO: EdgeToHub = { frame: 'counters', counters: { greeting: 1 } }
let folder: string
let path: string
let open: AsyncDisposable[] = []
let clients: Socket[] = []

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edge-'))
  path = join(folder, 'edge.sock')
})
afterEach(async () => {
  for (const client of clients) client.destroy()
  for (const each of open) await each[Symbol.asyncDispose]()
  open = []
  clients = []
  await rm(folder, { recursive: true })
})

const serve = async () => {
  const frames: HubToEdge[] = []
  const counted: string[] = []
  let gone = 0
  const socket: HubSocket = await openHubSocket({
    path,
    contractVersion: 1,
    count: (name) => counted.push(name),
    listener: {
      onConnected: () => [HELLO],
      onFrame: (frame) => frames.push(frame),
      onDisconnected: () => gone++,
    },
  })
  open.push(socket)
  return { socket, frames, counted, gone: () => gone }
}
const hub = async () => {
  const client = connect(path)
  clients.push(client)
  const received: unknown[] = []
  const cut = createLineCutter()
  client.on('data', (chunk: Buffer) => received.push(...cut(chunk).map((line) => JSON.parse(line))))
  const closed = new Promise<void>((resolve) => client.once('close', () => resolve()))
  client.on('error', () => undefined)
  await until(() => received.length > 0)
  return { client, received, closed, say: (frame: unknown) => client.write(`${JSON.stringify(frame)}\n`) }
}
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2))
}

test('who connects is greeted; only the own user may connect', async () => {
  const { socket, counted } = await serve()
  const { received } = await hub()
  expect(received).toEqual([HELLO])
  expect(socket.connected()).toBe(true)
  expect(counted).toEqual(['hub.connections'])
  expect((await stat(path)).mode & 0o077).toBe(0)
})

test('a newer hub takes over from an older one', async () => {
  const { socket } = await serve()
  const older = await hub()
  const newer = await hub()
  await older.closed
  expect(socket.send(HELLO)).toBe(true)
  await until(() => newer.received.length === 2)
})

test('an order that is none is refused by its id and the connection goes on; other nonsense is counted', async () => {
  const { frames, counted } = await serve()
  const { received, say, client } = await hub()
  say({ frame: 'order', order: { orderId: 'o1', type: 'MakeCoffee' } })
  client.write('this is no JSON\n{"frame":"poem"}\n')
  say({ frame: 'acknowledge', edgeRun: 'run', number: 3 })
  await until(() => frames.length === 1 && received.length === 2)
  expect(received[1]).toMatchObject({ frame: 'refusal', orderId: 'o1', code: 'INVALID_ORDER' })
  expect(counted.filter((name) => name === 'hub.framesInvalid')).toHaveLength(3)
  expect(frames).toEqual([{ frame: 'acknowledge', edgeRun: 'run', number: 3 }])
})

test('a frame without end ends the connection', async () => {
  const { counted, gone } = await serve()
  const { client, closed } = await hub()
  client.write(Buffer.alloc(2 * 1_048_576, 0x61))
  await closed
  await until(() => gone() === 1)
  expect(counted).toContain('hub.framesTooLong')
})

test('a hub of another contract version is left', async () => {
  await serve()
  const { say, closed } = await hub()
  say({ frame: 'hello', contractVersion: 2 })
  await closed
})

test('a hub that reads nothing is left once too much waits for it', async () => {
  const { socket, counted } = await serve()
  const { client, closed } = await hub()
  client.pause()
  const big: EdgeToHub = {
    frame: 'counters',
    counters: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`c${i}`, i])),
  }
  let sent = 0
  while (socket.send(big) && sent < 1_000) sent += 1
  expect(sent).toBeLessThan(1_000)
  expect(counted).toContain('hub.slow')
  client.resume()
  await closed
})

test('without a hub nothing is sent', async () => {
  const { socket, gone } = await serve()
  expect(socket.send(HELLO)).toBe(false)
  const { client } = await hub()
  client.destroy()
  await until(() => gone() === 1)
  expect(socket.send(HELLO)).toBe(false)
})

test("a second edge on the same socket is refused, a killed one's file is replaced", async () => {
  await writeFile(path, '')
  await serve()
  await expect(serve()).rejects.toMatchObject({ code: 'EDGE_ALREADY_RUNS' })
  const { received } = await hub()
  expect(received).toEqual([HELLO])
})
