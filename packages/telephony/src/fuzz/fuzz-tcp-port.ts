import { connect, type Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { createSystemClock } from '../clock/index.ts'
import { createSipCounters } from '../sip/counters.ts'
import { createStreamTransport } from '../sip/transport/stream-transport.ts'
import { createEdgeUnderFuzz, type Remains } from './edge-under-fuzz.ts'
import { createRandom } from './random.ts'
import { createSipPeer } from './sip-peer.ts'

export type TcpPortReport = {
  readonly sent: number
  /** Messages, and what could not be framed. */
  readonly received: number
  readonly connections: number
  readonly failures: readonly unknown[]
  readonly remains: Remains & { readonly connections: number }
}

const LOOPBACK = '127.0.0.1'
const PATIENCE_MILLISECONDS = 2_000

/**
 * Throws `packets` over TCP at the SIP port, in pieces as the network might cut them. What cannot be framed costs the peer
 * its connection: it comes back on a new one, now and then with the old one cut off in the middle.
 */
export const fuzzTcpPort = async (packets: number, seed: number): Promise<TcpPortReport> => {
  const random = createRandom(seed)
  const peer = createSipPeer(random)
  const clock = createSystemClock()
  const counters = createSipCounters()
  const transport = await createStreamTransport({ address: LOOPBACK, port: 0, clock, counters })
  const edge = createEdgeUnderFuzz(transport, clock, random, `sip:+39331@${LOOPBACK}:9;transport=tcp`)

  const connected = (): Socket => {
    const socket = connect({ port: transport.local.port, host: LOOPBACK, noDelay: true })
    socket.on('data', (bytes: Buffer) => peer.hears(bytes))
    socket.on('error', () => undefined)
    return socket
  }
  let socket = connected()
  for (let sent = 0; sent < packets; sent++) {
    if (socket.destroyed || !socket.writable || random.chance(0.002)) {
      socket.destroy()
      socket = connected()
    }
    const bytes = peer.next()
    const cut = random.chance(0.3) ? random.below(bytes.length + 1) : bytes.length
    socket.write(bytes.subarray(0, cut))
    if (cut < bytes.length) await sleep(0)
    socket.write(bytes.subarray(cut))
    if (random.chance(0.5)) edge.order()
    await sleep(0)
  }

  socket.destroy()
  await edge.userAgent.shutdown({ q850: 16 }, 200)
  await edge.userAgent[Symbol.asyncDispose]()
  await transport[Symbol.asyncDispose]()
  const living = (): number => {
    const counts = counters.snapshot()
    return counts['sip.connectionsOpened'] - counts['sip.connectionsClosed']
  }
  const until = performance.now() + PATIENCE_MILLISECONDS
  while (living() > 0 && performance.now() < until) await sleep(5)
  return {
    sent: packets,
    received: counters.snapshot()['sip.received'],
    connections: counters.snapshot()['sip.connectionsOpened'],
    failures: edge.failures,
    remains: { ...edge.remains(), connections: living() },
  }
}
