import { setImmediate } from 'node:timers/promises'
import { createManualClock } from '../clock/testing/manual-clock.ts'
import type { SipTransport, TransportListener } from '../sip/transport/sip-transport.ts'
import { createEdgeUnderFuzz, type Remains } from './edge-under-fuzz.ts'
import { createRandom } from './random.ts'
import { createSipPeer } from './sip-peer.ts'

export type SignallingReport = {
  readonly packets: number
  readonly counters: Readonly<Record<string, number>>
  readonly failures: readonly unknown[]
  /** After the last call was hung up and every timer had its time. */
  readonly remains: Remains & { readonly timers: number }
  /** Most of the processor's time that one packet took with all that it set off; the system counts in steps of 1 to 4 ms. */
  readonly slowestMilliseconds: number
}

const TURN = 4
/** Longer than any timer of ours: what still lives then, lives for ever. */
const ALL_TIMERS_MILLISECONDS = 300_000

/**
 * Throws `packets` at the parser, the transaction layer, the user agent, SDP and call control. The clock is turned by hand,
 * so that one seed is one run, to the last retransmission.
 */
export const fuzzSignalling = async (packets: number, seed: number): Promise<SignallingReport> => {
  const random = createRandom(seed)
  const clock = createManualClock()
  const peer = createSipPeer(random)
  const source = { address: '192.0.2.9', port: 5060 }
  let listener: TransportListener | null = null
  const transport: SipTransport = {
    protocol: 'UDP',
    reliable: false,
    local: { address: '192.0.2.1', port: 5060 },
    listen: (next) => {
      listener = next
    },
    send: (bytes) => peer.hears(bytes),
    [Symbol.asyncDispose]: async () => undefined,
  }
  const edge = createEdgeUnderFuzz(transport, clock, random, 'sip:+39331@192.0.2.9')
  const receive = (bytes: Uint8Array): void => listener?.onMessage(bytes, source)

  let slowestMilliseconds = 0
  for (let sent = 0; sent < packets; sent++) {
    const bytes = peer.next()
    const before = process.threadCpuUsage()
    receive(bytes)
    const { user, system } = process.threadCpuUsage(before)
    slowestMilliseconds = Math.max(slowestMilliseconds, (user + system) / 1_000)
    if (random.chance(0.5)) edge.order()
    // Seconds pass for a hundred packets: calls live long enough to be spoken with, and what nobody ends runs out.
    if (random.chance(0.2)) clock.advance(random.below(400))
    if (sent % TURN === 0) await setImmediate()
  }

  const down = edge.userAgent.shutdown({ q850: 16 }, 1_000)
  for (let passed = 0; passed < ALL_TIMERS_MILLISECONDS; passed += 1_000) {
    clock.advance(1_000)
    await setImmediate()
  }
  await down
  return {
    packets,
    counters: edge.counters.snapshot(),
    failures: edge.failures,
    remains: { ...edge.remains(), timers: clock.pending() },
    slowestMilliseconds,
  }
}
