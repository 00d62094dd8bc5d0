import { createSocket } from 'node:dgram'
import { setTimeout as sleep } from 'node:timers/promises'
import { createSystemClock } from '../clock/index.ts'
import { createSipCounters } from '../sip/counters.ts'
import { createUdpTransport } from '../sip/transport/udp-transport.ts'
import { createEdgeUnderFuzz, type Remains } from './edge-under-fuzz.ts'
import { createRandom } from './random.ts'
import { createSipPeer } from './sip-peer.ts'

export type UdpPortReport = {
  readonly sent: number
  readonly received: number
  readonly failures: readonly unknown[]
  readonly remains: Remains
}

const LOOPBACK = '127.0.0.1'
const TURN = 4
const PATIENCE_MILLISECONDS = 20

/** Throws `packets` over UDP at the SIP port, its answers read by the peer: the same layers on the machine's own clock. */
export const fuzzUdpPort = async (packets: number, seed: number): Promise<UdpPortReport> => {
  const random = createRandom(seed)
  const peer = createSipPeer(random)
  const portCounters = createSipCounters()
  const transport = await createUdpTransport({ address: LOOPBACK, port: 0, counters: portCounters })
  const socket = createSocket('udp4')
  await new Promise<void>((resolve) => socket.bind(0, LOOPBACK, resolve))
  socket.on('message', (bytes) => peer.hears(bytes))
  const target = `sip:+39331@${LOOPBACK}:${socket.address().port}`
  const edge = createEdgeUnderFuzz(transport, createSystemClock(), random, target)

  const received = (): number => portCounters.snapshot()['sip.received']
  let sent = 0
  while (sent < packets) {
    const expected = received() + Math.min(TURN, packets - sent)
    for (let i = 0; i < TURN && sent < packets; i++, sent++) {
      socket.send(peer.next(), transport.local.port, LOOPBACK)
      if (random.chance(0.5)) edge.order()
    }
    const until = performance.now() + PATIENCE_MILLISECONDS
    while (received() < expected && performance.now() < until) await sleep(0)
  }

  await edge.userAgent.shutdown({ q850: 16 }, 200)
  await edge.userAgent[Symbol.asyncDispose]()
  await transport[Symbol.asyncDispose]()
  await new Promise<void>((resolve) => socket.close(() => resolve()))
  return { sent, received: received(), failures: edge.failures, remains: edge.remains() }
}
