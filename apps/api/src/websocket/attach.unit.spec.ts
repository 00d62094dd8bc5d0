import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type AgentId, parseId } from '@centralino/domain'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { WebSocket } from 'ws'
import { type AgentLines, createAgentLines } from './agent-lines.ts'
import {
  attachVoiceWebSocket,
  type PhoneSession,
  type VoiceWebSocket,
  type VoiceWebSocketOptions,
} from './attach.ts'
import type { PhoneAnswer, PhoneUser } from './browser-phone.ts'
import type { VoiceRequest } from './protocol.ts'

const anna = parseId('agent', 'anna')
const bruno = parseId('agent', 'bruno')
let server: Server
let voice: VoiceWebSocket
let lines: AgentLines
let answer: (by: PhoneUser, request: VoiceRequest) => Promise<PhoneAnswer>
let session: PhoneSession | null
let endSession: (sessionId: string) => void
let onSessionEnded: VoiceWebSocketOptions['onSessionEnded']
let failures: unknown[]
let inCall: boolean

beforeEach(async () => {
  failures = []
  inCall = false
  session = { user: { actor: { kind: 'agent', id: 'anna' }, agentId: anna }, sessionId: 'session-1' }
  const listeners = new Set<(sessionId: string) => void>()
  endSession = (sessionId) => {
    for (const listener of listeners) listener(sessionId)
  }
  onSessionEnded = (listener) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  answer = async () => ({ ok: true, result: {} })
  lines = createAgentLines({
    inCall: () => inCall,
    onListenerFailure: (error) => failures.push(error),
    maximumTabs: 3,
  })
  server = createServer()
  voice = attachVoiceWebSocket(server, {
    authenticate: async () => session,
    onSessionEnded,
    originRule: { origin: null, loopbackOnly: true },
    lines,
    phone: { answer: (by, request) => answer(by, request) },
    onFailure: (error) => failures.push(error),
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterEach(async () => {
  await voice[Symbol.asyncDispose]()
  await new Promise((resolve) => server.close(resolve))
})

const host = () => `127.0.0.1:${(server.address() as AddressInfo).port}`

const connect = (options: { origin?: string; path?: string } = {}) => {
  const socket = new WebSocket(`ws://${host()}${options.path ?? '/voice'}`, {
    origin: options.origin ?? `http://${host()}`,
  })
  const received: Record<string, unknown>[] = []
  const waiting: ((message: Record<string, unknown>) => void)[] = []
  socket.on('message', (data) => {
    const message = JSON.parse(String(data)) as Record<string, unknown>
    const next = waiting.shift()
    if (next === undefined) received.push(message)
    else next(message)
  })
  return {
    socket,
    opened: new Promise<void>((resolve, reject) => {
      socket.once('open', () => resolve())
      socket.once('error', reject)
    }),
    closed: new Promise<number>((resolve) => socket.once('close', resolve)),
    next: () => {
      const message = received.shift()
      return message === undefined
        ? new Promise<Record<string, unknown>>((resolve) => waiting.push(resolve))
        : Promise.resolve(message)
    },
    send: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
  }
}

test('a request is answered with its id, and the agent is present while the socket stands', async () => {
  const browser = connect()
  await browser.opened
  browser.send({ id: 7, method: 'openLeg', params: { interactionId: 'i1' } })
  expect(await browser.next()).toEqual({ id: 7, ok: true, result: {} })
  expect(lines.isOpen(anna)).toBe(true)

  const gone = new Promise<AgentId>((resolve) =>
    lines.listen({ opened: () => {}, closed: (agentId) => resolve(agentId) }),
  )
  browser.socket.close()
  expect(await gone).toBe(anna)
  expect(lines.isOpen(anna)).toBe(false)
})

test('a ping tells the time', async () => {
  const browser = connect()
  await browser.opened
  browser.send({ id: 1, method: 'ping', params: {} })
  expect(await browser.next()).toMatchObject({ id: 1, ok: true, result: { now: expect.any(String) } })
})

test('a page of another origin is refused before the upgrade', async () => {
  await expect(connect({ origin: 'https://evil.example' }).opened).rejects.toThrow('403')
  expect(lines.isOpen(anna)).toBe(false)
})

test('without an agent signed in there is no socket', async () => {
  session = null
  await expect(connect().opened).rejects.toThrow('401')
})

test('another path is not found instead of hanging', async () => {
  await expect(connect({ path: '/elsewhere' }).opened).rejects.toThrow('404')
})

test('a failing session look-up refuses the socket and is reported', async () => {
  await voice[Symbol.asyncDispose]()
  voice = attachVoiceWebSocket(server, {
    authenticate: async () => Promise.reject(new Error('accounts are away')),
    onSessionEnded,
    originRule: { origin: null, loopbackOnly: true },
    lines,
    phone: { answer: (by, request) => answer(by, request) },
    onFailure: (error) => failures.push(error),
  })
  await expect(connect().opened).rejects.toThrow('500')
  expect(failures).toHaveLength(1)
})

const told = () => {
  const heard: string[] = []
  lines.listen({ opened: () => heard.push('opened'), closed: () => heard.push('closed') })
  return heard
}
const ask = async (tab: ReturnType<typeof connect>, method: 'openLeg' | 'takeLine') => {
  tab.send({ id: 1, method, params: method === 'openLeg' ? { interactionId: 'i1' } : {} })
  return tab.next()
}

test('a newer tab takes the line over from the older, which waits and may ask for nothing', async () => {
  const older = connect()
  await older.opened
  const heard = told()
  const newer = connect()
  await newer.opened
  expect(await older.next()).toEqual({ notice: 'lineTaken' })
  expect(await ask(older, 'openLeg')).toEqual({ id: 1, ok: false, code: 'LINE_TAKEN' })
  older.send({ id: 2, method: 'ping', params: {} })
  expect(await older.next()).toMatchObject({ id: 2, ok: true })
  expect(heard).toEqual([])
  lines.notify(anna, { notice: 'bridged', legId: 'leg' })
  expect(await newer.next()).toEqual({ notice: 'bridged', legId: 'leg' })
})

test('the tab that waits has the line again when the other is gone', async () => {
  const older = connect()
  await older.opened
  const newer = connect()
  await newer.opened
  await older.next()
  const heard = told()
  newer.socket.close()
  expect(await older.next()).toEqual({ notice: 'lineReturned' })
  expect(heard).toEqual(['closed', 'opened'])
  expect(await ask(older, 'openLeg')).toMatchObject({ ok: true })
  older.socket.close()
  await older.closed
  await expect.poll(() => lines.isOpen(anna)).toBe(false)
})

test('a tab that waits and goes changes nothing', async () => {
  const older = connect()
  await older.opened
  const newer = connect()
  await newer.opened
  await older.next()
  const heard = told()
  older.socket.close()
  await older.closed
  expect(await ask(newer, 'openLeg')).toMatchObject({ ok: true })
  expect(heard).toEqual([])
})

test('a tab that waited and comes back takes no line from the tab that has it, and has the line if nobody else is there', async () => {
  const older = connect()
  await older.opened
  const waiting = connect({ path: '/voice?waits' })
  await waiting.opened
  expect(await waiting.next()).toEqual({ notice: 'lineTaken' })
  expect(await ask(older, 'openLeg')).toMatchObject({ ok: true })
  older.socket.close()
  expect(await waiting.next()).toEqual({ notice: 'lineReturned' })
  waiting.socket.close()
  await waiting.closed
  const alone = connect({ path: '/voice?waits' })
  await alone.opened
  expect(await ask(alone, 'openLeg')).toMatchObject({ ok: true })
})

test('in mid-call a newer tab waits, and takes the line when it is told to', async () => {
  const older = connect()
  await older.opened
  inCall = true
  const newer = connect()
  await newer.opened
  expect(await newer.next()).toEqual({ notice: 'lineTaken' })
  expect(await ask(newer, 'openLeg')).toMatchObject({ ok: false, code: 'LINE_TAKEN' })
  expect(await ask(older, 'openLeg')).toMatchObject({ ok: true })
  expect(await ask(newer, 'takeLine')).toEqual({ id: 1, ok: true, result: {} })
  expect(await older.next()).toEqual({ notice: 'lineTaken' })
  expect(await ask(newer, 'openLeg')).toMatchObject({ ok: true })
})

test('in mid-call the line goes to no other browser by itself: to who takes it there, or to a tab that comes', async () => {
  const here = connect()
  await here.opened
  inCall = true
  session = { ...session, sessionId: 'session-elsewhere' } as PhoneSession
  const elsewhere = connect()
  await elsewhere.opened
  expect(await elsewhere.next()).toEqual({ notice: 'lineTaken' })
  const heard = told()
  here.socket.close()
  await vi.waitFor(() => expect(heard).toEqual(['closed']))
  expect(lines.isOpen(anna)).toBe(false)
  expect(await ask(elsewhere, 'openLeg')).toMatchObject({ ok: false, code: 'LINE_TAKEN' })

  session = { ...session, sessionId: 'session-1' } as PhoneSession
  const reloaded = connect()
  await reloaded.opened
  expect(await ask(reloaded, 'openLeg')).toMatchObject({ ok: true })
  expect(heard).toEqual(['closed', 'opened'])
  reloaded.socket.close()
  await vi.waitFor(() => expect(heard.at(-1)).toBe('closed'))
  expect(await ask(elsewhere, 'takeLine')).toMatchObject({ ok: true })
  expect(heard.at(-1)).toBe('opened')
  expect(await ask(elsewhere, 'openLeg')).toMatchObject({ ok: true })
})

test('in mid-call a newer tab has the line of one that is dead, whatever TCP believes', async () => {
  const dead = connect()
  await dead.opened
  // Answers no ping any more.
  dead.socket.pause()
  inCall = true
  const newer = connect()
  await newer.opened
  expect(await newer.next()).toEqual({ notice: 'lineTaken' })
  expect(await newer.next()).toEqual({ notice: 'lineReturned' })
  dead.socket.terminate()
})

test('more tabs than anybody uses: the oldest that waits is closed', async () => {
  const oldest = connect()
  await oldest.opened
  const others = [connect(), connect()]
  for (const other of others) await other.opened
  const newest = connect()
  expect(await oldest.closed).toBe(4001)
  expect(await ask(newest, 'openLeg')).toMatchObject({ ok: true })
})

test('what is no request is refused with its id where it has one, and the socket stays', async () => {
  const browser = connect()
  await browser.opened
  browser.send('{"id": 3, "method": "selfDestruct", "params": {}}')
  expect(await browser.next()).toEqual({ id: 3, ok: false, code: 'INVALID_REQUEST' })
  browser.send('not json')
  expect(await browser.next()).toEqual({ id: null, ok: false, code: 'INVALID_REQUEST' })
  browser.socket.send(Buffer.from([1, 2, 3]))
  expect(await browser.next()).toEqual({ id: null, ok: false, code: 'INVALID_REQUEST' })
})

test('a frame past 64 KiB closes the socket with 1009', async () => {
  const browser = connect()
  await browser.opened
  browser.send('x'.repeat(65_537))
  expect(await browser.closed).toBe(1009)
})

test('requests past the bound are refused, not queued', async () => {
  const browser = connect()
  await browser.opened
  for (let id = 0; id < 70; id += 1) browser.send({ id, method: 'ping', params: {} })
  const answers = await Promise.all(Array.from({ length: 70 }, () => browser.next()))
  expect(answers).toContainEqual(expect.objectContaining({ ok: false, code: 'TOO_MANY_REQUESTS' }))
})

test('requests that are not answered yet are bounded too', async () => {
  const held = Promise.withResolvers<PhoneAnswer>()
  answer = () => held.promise
  const browser = connect()
  await browser.opened
  for (let id = 0; id < 17; id += 1) {
    browser.send({ id, method: 'openLeg', params: { interactionId: 'i' } })
  }
  expect(await browser.next()).toEqual({ id: 16, ok: false, code: 'TOO_MANY_REQUESTS' })
  held.resolve({ ok: true, result: {} })
  expect(await browser.next()).toMatchObject({ ok: true })
})

test('a flood of bad requests closes the socket', async () => {
  const browser = connect()
  await browser.opened
  for (let i = 0; i <= 100; i += 1) browser.send('{}')
  expect(await browser.closed).toBe(4429)
})

test('signing out closes the socket of that session at once, and the agent is not present any more', async () => {
  const browser = connect()
  await browser.opened
  endSession('session-2')
  expect(lines.isOpen(anna)).toBe(true)
  endSession('session-1')
  expect(lines.isOpen(anna)).toBe(false)
  expect(await browser.closed).toBe(4401)
})

test('what a signed-out browser still sends is not done', async () => {
  const asked: VoiceRequest[] = []
  answer = async (_by, request) => {
    asked.push(request)
    return { ok: true, result: {} }
  }
  const browser = connect()
  await browser.opened
  // Takes nothing in, so it does not hear of the end and goes on asking.
  browser.socket.pause()
  endSession('session-1')
  browser.send({ id: 1, method: 'openLeg', params: { interactionId: 'i' } })
  const last = connect()
  session = { user: { actor: { kind: 'agent', id: 'bruno' }, agentId: bruno }, sessionId: 'session-2' }
  await last.opened
  last.send({ id: 2, method: 'ping', params: {} })
  await last.next()
  expect(asked).toEqual([])
  browser.socket.terminate()
})

test('a session that ends while it is looked up opens no socket', async () => {
  const looked = Promise.withResolvers<PhoneSession | null>()
  await voice[Symbol.asyncDispose]()
  voice = attachVoiceWebSocket(server, {
    authenticate: () => {
      endSession('session-1')
      return looked.promise
    },
    onSessionEnded,
    originRule: { origin: null, loopbackOnly: true },
    lines,
    phone: { answer: (by, request) => answer(by, request) },
    onFailure: (error) => failures.push(error),
  })
  looked.resolve(session)
  await expect(connect().opened).rejects.toThrow('401')
})

test('a bug while answering is reported and answered without its words', async () => {
  answer = () => Promise.reject(new Error('secret'))
  const browser = connect()
  await browser.opened
  browser.send({ id: 1, method: 'openLeg', params: { interactionId: 'i' } })
  expect(await browser.next()).toEqual({ id: 1, ok: false, code: 'INTERNAL' })
  expect(failures).toHaveLength(1)
})

test('shutting down closes every socket as going away', async () => {
  const browser = connect()
  await browser.opened
  await voice[Symbol.asyncDispose]()
  expect(await browser.closed).toBe(1001)
  expect(voice.size).toBe(0)
})
