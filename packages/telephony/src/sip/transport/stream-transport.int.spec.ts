import { writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock } from '../../clock/testing/manual-clock.ts'
import { createSipCounters } from '../counters.ts'
import { createTestCertificates } from '../testing/certificates.ts'
import { requestText } from '../testing/messages.ts'
import type { Remote, SipTransport } from './sip-transport.ts'
import type { StreamLimits } from './stream-connections.ts'
import { createStreamTransport } from './stream-transport.ts'
import { type TlsIdentity, watchCertificateFiles } from './tls-identity.ts'

const LOOPBACK = '127.0.0.1'
const POLL = { timeout: 10_000, interval: 5 }
const message = requestText({ method: 'OPTIONS' })

let open: (AsyncDisposable | Disposable)[] = []
afterEach(async () => {
  for (const each of open.reverse()) {
    if (Symbol.asyncDispose in each) await each[Symbol.asyncDispose]()
    else each[Symbol.dispose]()
  }
  open = []
})

const start = async (limits: Partial<StreamLimits> = {}, tls?: TlsIdentity) => {
  const clock = createManualClock()
  const counters = createSipCounters()
  const transport: SipTransport = await createStreamTransport({
    address: LOOPBACK,
    port: 0,
    clock,
    counters,
    limits,
    ...(tls === undefined ? {} : { tls }),
  })
  open.push(transport)
  const received: { readonly text: string; readonly from: Remote }[] = []
  transport.listen({
    onMessage: (bytes, from) => received.push({ text: Buffer.from(bytes).toString(), from }),
    onError: (error) => expect.fail(error.message),
  })
  const count = (name: Parameters<typeof counters.count>[0]) => () => counters.snapshot()[name]
  return { clock, transport, received, count }
}

/** A far end that is nothing but a socket. */
const raw = (port: number) => {
  const socket = connect(port, LOOPBACK)
  open.push({ [Symbol.dispose]: () => void socket.destroy() })
  return watched(socket)
}
const watched = <T extends Socket | TLSSocket>(socket: T) => {
  let heard = ''
  let closed = false
  socket.on('data', (chunk: Buffer) => {
    heard += chunk.toString()
  })
  socket.on('error', () => undefined)
  socket.on('close', () => {
    closed = true
  })
  return { socket, heard: () => heard, isClosed: () => closed }
}

describe('TCP transport', () => {
  it('takes messages, and answers on the connection that they came by', async () => {
    const { transport, received } = await start()
    const phone = raw(transport.local.port)
    phone.socket.write(message.slice(0, 100))
    phone.socket.write(message.slice(100) + message)
    await expect.poll(() => received.map(({ text }) => text), POLL).toEqual([message, message])
    const from = received[0]?.from
    // §18.2.2: the connection counts, not the port of sent-by.
    if (from !== undefined) transport.send(Buffer.from('answer'), { ...from, port: 9 })
    await expect.poll(phone.heard, POLL).toBe('answer')
  })

  it('connects once for all that goes to an address, and takes what comes back on it', async () => {
    const a = await start()
    const b = await start()
    for (let i = 0; i < 3; i++) a.transport.send(Buffer.from(message), b.transport.local)
    await expect.poll(() => b.received.length, POLL).toBe(3)
    expect(b.count('sip.connectionsOpened')()).toBe(1)
    const from = b.received[0]?.from
    if (from !== undefined) b.transport.send(Buffer.from(message), from)
    await expect.poll(() => a.received.length, POLL).toBe(1)
    expect(a.count('sip.connectionsOpened')()).toBe(1)
  })

  it('writes on an alias that its peer allowed, and gives it to nobody else (RFC 5923)', async () => {
    const { transport, received, count } = await start()
    const [first, second] = [raw(transport.local.port), raw(transport.local.port)]
    for (const phone of [first, second]) phone.socket.write(message)
    await expect.poll(() => received.length, POLL).toBe(2)
    const alias = { address: LOOPBACK, port: 5_998 }
    for (const { from } of received) transport.alias?.(from.connection ?? 0, alias)
    transport.send(Buffer.from('request'), alias)
    await expect.poll(() => [first.heard(), second.heard()].toSorted(), POLL).toEqual(['', 'request'])
    expect(count('sip.connectionsOpened')()).toBe(2)
  })

  it('tells a message whose connection cannot be made', async () => {
    const { transport, count } = await start()
    const other = await createStreamTransport({ address: LOOPBACK, port: 0, clock: createManualClock() })
    const nobody = other.local
    await other[Symbol.asyncDispose]()
    const failure = await new Promise<Error>((resolve) =>
      transport.send(Buffer.from(message), nobody, resolve),
    )
    expect(failure).toBeInstanceOf(Error)
    expect(count('sip.sendFailed')()).toBe(1)
  })

  it('answers a ping with a pong (RFC 5626 §4.4.1)', async () => {
    const { transport, count } = await start()
    const phone = raw(transport.local.port)
    phone.socket.write('\r\n\r\n')
    await expect.poll(phone.heard, POLL).toBe('\r\n')
    expect(count('sip.keepAlive')()).toBe(1)
  })

  it('hands over what it cannot frame, and closes behind it', async () => {
    const { transport, received } = await start()
    const phone = raw(transport.local.port)
    phone.socket.write(`${message.replace(/Content-Length.*\r\n/, '')}${message}`)
    await expect.poll(phone.isClosed, POLL).toBe(true)
    expect(received).toHaveLength(1)
  })

  it.each([
    ['that says nothing', '', 30_000],
    ['whose message does not come whole', message.slice(0, 100), 30_000],
    ['that is silent for long', message, 900_000],
  ])('closes a connection %s', async (_what, text, milliseconds) => {
    const { transport, clock, count } = await start()
    const phone = raw(transport.local.port)
    phone.socket.write(text)
    await expect.poll(count('sip.connectionsOpened'), POLL).toBe(1)
    if (text === message) await expect.poll(count('sip.received'), POLL).toBe(1)
    clock.advance(milliseconds - 2_000)
    expect(count('sip.connectionsTimedOut')()).toBe(0)
    // Bytes of a half message are no life.
    if (text !== message) phone.socket.write('X')
    clock.advance(4_000)
    await expect.poll(phone.isClosed, POLL).toBe(true)
    expect(count('sip.connectionsTimedOut')()).toBe(1)
    clock.advance(1_000)
    expect(clock.pending()).toBe(0)
  })

  it('takes no more connections than it may, of all and of one address, and others again when one is gone', async () => {
    for (const limits of [{ connections: 2 }, { connectionsOfAddress: 2 }]) {
      const { transport, count } = await start(limits)
      const phones = [raw(transport.local.port), raw(transport.local.port)]
      await expect.poll(count('sip.connectionsOpened'), POLL).toBe(2)
      await expect.poll(raw(transport.local.port).isClosed, POLL).toBe(true)
      expect(count('sip.connectionsRefused')()).toBe(1)
      phones[0]?.socket.destroy()
      await expect.poll(count('sip.connectionsClosed'), POLL).toBe(1)
      raw(transport.local.port)
      await expect.poll(count('sip.connectionsOpened'), POLL).toBe(3)
    }
  })

  it('drops a far end that does not read', async () => {
    const { transport, received, count } = await start({ unsentBytes: 100_000 })
    const phone = raw(transport.local.port)
    phone.socket.pause()
    phone.socket.write(message)
    await expect.poll(() => received.length, POLL).toBe(1)
    const from = received[0]?.from
    if (from === undefined) throw new Error('nothing came')
    for (let i = 0; i < 2_000 && transport.isOpen?.(from.connection ?? 0) === true; i++)
      transport.send(Buffer.alloc(20_000), from)
    expect(count('sip.sendDropped')()).toBeGreaterThan(0)
    await expect.poll(count('sip.connectionsClosed'), POLL).toBe(1)
  })
})

describe('TLS transport', () => {
  const identity = async (subject = LOOPBACK) => {
    const certificates = await createTestCertificates()
    open.push(certificates)
    const files = await certificates.issue('us', subject)
    const events: string[] = []
    const watchClock = createManualClock()
    const watch = await watchCertificateFiles(
      { ...files, authoritiesFile: certificates.authoritiesFile },
      {
        clock: watchClock,
        onReloaded: () => events.push('reloaded'),
        onBroken: () => events.push('broken'),
      },
    )
    open.push(watch)
    return { certificates, files, watch, watchClock, events }
  }
  const phone = (port: number, options: object = {}) => {
    const socket = connectTls({ host: LOOPBACK, port, rejectUnauthorized: false, ...options })
    open.push({ [Symbol.dispose]: () => void socket.destroy() })
    return watched(socket)
  }
  const handshake = (socket: TLSSocket): Promise<string> =>
    new Promise((resolve, reject) => {
      socket.once('secureConnect', () => resolve(socket.getPeerCertificate().fingerprint256))
      socket.once('error', reject)
    })

  it('carries messages both ways between two that trust the same authority', async () => {
    const { watch } = await identity()
    const a = await start({}, watch)
    const b = await start({}, watch)
    a.transport.send(Buffer.from(message), { ...b.transport.local, serverName: LOOPBACK })
    await expect.poll(() => b.received.map(({ text }) => text), POLL).toEqual([message])
    const from = b.received[0]?.from
    if (from !== undefined) b.transport.send(Buffer.from(message), from)
    await expect.poll(() => a.received.length, POLL).toBe(1)
  })

  it('sends nothing to whom the certificate does not name, or whose authority is not known', async () => {
    const ours = await identity()
    const named = await identity('sip.example.com')
    const other = await start({}, named.watch)
    const a = await start({}, ours.watch)
    const sent = (serverName: string): Promise<Error> =>
      new Promise((resolve) =>
        a.transport.send(Buffer.from(message), { ...other.transport.local, serverName }, resolve),
      )
    expect(await sent('sip.example.com')).toBeInstanceOf(Error)
    const b = await start({}, named.watch)
    const refused = new Promise((resolve) =>
      b.transport.send(Buffer.from(message), { ...other.transport.local, serverName: LOOPBACK }, resolve),
    )
    expect(await refused).toBeInstanceOf(Error)
    b.transport.send(Buffer.from(message), { ...other.transport.local, serverName: 'sip.example.com' })
    await expect.poll(() => other.received.length, POLL).toBe(1)
    expect([a.count('sip.tlsFailed')(), b.count('sip.tlsFailed')()]).toEqual([1, 1])
  })

  it('refuses TLS 1.1, and plain text', async () => {
    const { watch } = await identity()
    const { transport, count, received } = await start({}, watch)
    const old = phone(transport.local.port, { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1' })
    await expect(handshake(old.socket)).rejects.toThrow()
    const plain = raw(transport.local.port)
    plain.socket.write(message)
    await expect.poll(plain.isClosed, POLL).toBe(true)
    await expect.poll(count('sip.tlsFailed'), POLL).toBeGreaterThan(0)
    expect(received).toEqual([])
  })

  it('shows a renewed certificate to who comes next, and the old one while what the files hold is none', async () => {
    const { watch, watchClock, files, certificates, events } = await identity()
    const { transport, received } = await start({}, watch)
    const before = phone(transport.local.port)
    const old = await handshake(before.socket)
    await writeFile(files.certificateFile, 'no certificate')
    watchClock.advance(10_000)
    await expect.poll(() => events, POLL).toEqual(['broken'])
    expect(await handshake(phone(transport.local.port).socket)).toBe(old)
    await certificates.issue('us', LOOPBACK)
    expect(await watch.reload()).toBe(true)
    expect(events).toEqual(['broken', 'reloaded'])
    expect(await handshake(phone(transport.local.port).socket)).not.toBe(old)
    // Who is connected stays so.
    before.socket.write(message)
    await expect.poll(() => received.length, POLL).toBe(1)
  })

  it('is not begun with a key that is another certificate’s', async () => {
    const certificates = await createTestCertificates()
    open.push(certificates)
    const { certificateFile } = await certificates.issue('us', LOOPBACK)
    const { keyFile } = await certificates.issue('other', LOOPBACK)
    const options = { clock: createManualClock(), onReloaded: () => undefined, onBroken: () => undefined }
    const files = { certificateFile, keyFile, authoritiesFile: null }
    await expect(watchCertificateFiles(files, options)).rejects.toThrow()
  })
})
