import { createSocket, type Socket } from 'node:dgram'
import { setTimeout as sleep } from 'node:timers/promises'
import { createSystemClock } from '../clock/index.ts'
import { createMediaCounters } from '../media/media-counters.ts'
import { type G711, G711_PAYLOAD_TYPE } from '../media/rtp/g711.ts'
import { RtpPortRange } from '../media/rtp/port-range.ts'
import { RtpPort } from '../media/rtp/rtp-port.ts'
import { Ticker } from '../media/rtp/ticker.ts'
import { toSound } from '../media/sounds/sound.ts'
import { createRandom, type Random } from './random.ts'
import { createRtpPeer } from './rtp-peer.ts'

export type MediaReport = {
  readonly sent: number
  /** Those that the ports took from the system; it drops what comes too fast. */
  readonly received: number
  readonly counters: Readonly<Record<string, number>>
  readonly failures: readonly unknown[]
  /** Ports that are still held after both legs were closed. */
  readonly portsLeft: number
}

const LOOPBACK = '127.0.0.1'
const TURN = 16
const PATIENCE_MILLISECONDS = 20
const TONE = toSound(Int16Array.from({ length: 1_600 }, (_, i) => 3_000 * Math.sin(i / 3)))

const bound = (): Promise<Socket> =>
  new Promise((resolve) => {
    const socket = createSocket('udp4')
    socket.bind(0, LOOPBACK, () => resolve(socket))
  })

/** Throws `packets` of RTP and RTCP over UDP at two bridged legs, from their peer and from a stranger. */
export const fuzzMedia = async (
  packets: number,
  seed: number,
  range: { readonly min: number; readonly max: number },
): Promise<MediaReport> => {
  const random = createRandom(seed)
  const peer = createRtpPeer(random)
  const clock = createSystemClock()
  const failures: unknown[] = []
  const fail = (error: unknown): void => {
    failures.push(error)
  }
  const counters = createMediaCounters()
  const ports = new RtpPortRange(LOOPBACK, range, random.next)
  const ticker = new Ticker(clock, fail)
  const senders = [await bound(), await bound()] as const
  const open = async (): Promise<RtpPort> => {
    const pair = await ports.openPair()
    if (pair === null) throw new Error('no RTP port is free')
    return new RtpPort({
      sounds: { greeting: TONE, music: TONE, holdMusic: TONE },
      ticker,
      counters,
      now: clock.now,
      onHearerError: fail,
      socket: pair.rtp,
      rtcpSocket: pair.rtcp,
      local: { address: LOOPBACK, port: pair.rtp.address().port },
      timeoutMilliseconds: 60_000,
      listener: {},
      onClosed: () => undefined,
    })
  }
  const legs = [await open(), await open()] as const
  const [peerSocket, stranger] = senders
  for (const leg of legs) connect(leg, peerSocket, random)
  legs[0].hear(legs[1])
  legs[1].hear(legs[0])

  const received = (): number => {
    const counts = counters.snapshot()
    return (
      counts['rtp.received'] +
      counts['rtp.malformed'] +
      counts['rtp.wrongSource'] +
      counts['rtcp.reports'] +
      counts['rtcp.ignored']
    )
  }
  let sent = 0
  while (sent < packets) {
    const expected = received() + Math.min(TURN, packets - sent)
    for (let i = 0; i < TURN && sent < packets; i++, sent++) {
      const { to, bytes } = peer.next()
      const socket = random.chance(0.9) ? peerSocket : stranger
      socket.send(bytes, random.pick(legs).local.port + (to === 'rtp' ? 0 : 1), LOOPBACK)
    }
    const until = performance.now() + PATIENCE_MILLISECONDS
    while (received() < expected && performance.now() < until) await sleep(0)
    if (random.chance(0.05)) connect(random.pick(legs), peerSocket, random)
    for (const leg of legs) leg.sweep(clock.now())
  }

  for (const leg of legs) leg.close()
  for (const socket of senders) socket.close()
  ticker.close()
  await sleep(PATIENCE_MILLISECONDS)
  return { sent, received: received(), counters: counters.snapshot(), failures, portsLeft: ports.inUse }
}

/** As an answer or a re-INVITE would: another codec, hold, no telephone events, no address. */
const connect = (leg: RtpPort, from: Socket, random: Random): void => {
  const law = random.pick<G711>(['PCMU', 'PCMA'])
  leg.connect({
    format: { law, payloadType: random.chance(0.9) ? G711_PAYLOAD_TYPE[law] : 97 },
    remote: random.chance(0.9) ? { address: LOOPBACK, port: from.address().port } : null,
    telephoneEventPayloadType: random.chance(0.9) ? 101 : null,
    sends: random.chance(0.9),
  })
}
