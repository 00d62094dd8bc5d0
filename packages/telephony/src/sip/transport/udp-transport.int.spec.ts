import { describe, expect, it } from 'vitest'
import type { Endpoint } from '../../endpoint.ts'
import { createSipCounters } from '../counters.ts'
import type { SipTransport } from './sip-transport.ts'
import { createUdpTransport } from './udp-transport.ts'

const LOOPBACK = '127.0.0.1'
const receive = (transport: SipTransport): Promise<{ text: string; from: Endpoint }> =>
  new Promise((resolve, reject) =>
    transport.listen({
      onMessage: (bytes, from) => resolve({ text: Buffer.from(bytes).toString(), from }),
      onError: reject,
    }),
  )

describe('UDP transport', () => {
  it('carries a datagram and says where it came from', async () => {
    await using a = await createUdpTransport({ address: LOOPBACK, port: 0 })
    await using b = await createUdpTransport({ address: LOOPBACK, port: 0 })
    const received = receive(b)
    a.send(Buffer.from('hello'), b.local)
    expect(await received).toEqual({ text: 'hello', from: a.local })
  })

  it('says when its port is taken', async () => {
    await using first = await createUdpTransport({ address: LOOPBACK, port: 0 })
    await expect(createUdpTransport(first.local)).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  it('tells and counts a datagram that the system refuses, and goes on', async () => {
    const counters = createSipCounters()
    await using a = await createUdpTransport({ address: LOOPBACK, port: 0, counters })
    await using b = await createUdpTransport({ address: LOOPBACK, port: 0 })
    const failure = await new Promise<Error>((resolve) => a.send(Buffer.alloc(70_000), b.local, resolve))
    expect(failure).toMatchObject({ code: 'EMSGSIZE' })
    const received = receive(b)
    a.send(Buffer.from('again'), b.local)
    expect((await received).text).toBe('again')
    expect(counters.snapshot()).toMatchObject({ 'sip.sent': 2, 'sip.sendFailed': 1 })
  })

  it('drops and counts what is beyond its bound, has no port to go to, or comes after its end', async () => {
    const counters = createSipCounters()
    const a = await createUdpTransport({ address: LOOPBACK, port: 0, counters, maximumInFlight: 1 })
    a.send(Buffer.from('1'), a.local)
    a.send(Buffer.from('2'), a.local)
    a.send(Buffer.from('3'), { address: LOOPBACK, port: 0 })
    await a[Symbol.asyncDispose]()
    await a[Symbol.asyncDispose]()
    a.send(Buffer.from('4'), a.local)
    expect(counters.snapshot()).toMatchObject({ 'sip.sent': 1, 'sip.sendDropped': 3 })
  })
})
