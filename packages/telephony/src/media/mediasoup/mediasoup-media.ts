import type { Clock } from '../../clock/clock.ts'
import { containedListener } from '../contained-listener.ts'
import type { BrowserMediaLeg, Media, MediaLegListener, SipMediaLeg } from '../media.ts'
import { createMediaCounters } from '../media-counters.ts'
import { MediaError } from '../media-error.ts'
import type { G711 } from '../rtp/g711.ts'
import { type PortRange, RtpPortRange } from '../rtp/port-range.ts'
import { RtpPort } from '../rtp/rtp-port.ts'
import { Ticker } from '../rtp/ticker.ts'
import type { Sounds } from '../sounds/sound.ts'
import { BrowserLeg } from './browser-leg.ts'
import { type CreateBrowserTransport, createWebRtcBrowserTransport } from './browser-transport.ts'
import { MediaWorkers } from './media-workers.ts'

export type MediasoupMediaOptions = {
  readonly sounds: Sounds
  readonly clock: Clock
  /** Address that sockets are bound to. */
  readonly address: string
  /** Address that peers are told; null: the bound one. */
  readonly announcedAddress: string | null
  readonly rtpPorts: PortRange
  readonly webRtcPorts: PortRange
  readonly workers: number
  readonly workerBin: string | null
  /** A SIP leg without RTP and RTCP for so long is lost, one that never had any RTCP after five times that; 0: never. */
  readonly timeoutMilliseconds: number
  readonly onError: (what: string, error: unknown) => void
  /** Replaced in tests that have no browser. */
  readonly createBrowserTransport?: CreateBrowserTransport
}

const SWEEP_MILLISECONDS = 100

/**
 * Media with RTP in this process and WebRTC in mediasoup's workers. Rejects with a `MediaError` when no worker can be
 * started (`NO_WORKER`) or one of the two port ranges is taken as a whole (`NO_PORT_FREE`, `NO_WEBRTC_PORT_FREE`).
 */
export const createMediasoupMedia = async (options: MediasoupMediaOptions): Promise<Media> => {
  const { clock, sounds, onError } = options
  const counters = createMediaCounters()
  const failed = (error: unknown): void => {
    counters.count('media.listenerFailed')
    onError('listenerFailed', error)
  }
  const ports = new RtpPortRange(options.address, options.rtpPorts)
  await oneIsFree(ports)
  const workers = await MediaWorkers.start({
    count: options.workers,
    workerBin: options.workerBin,
    address: options.address,
    announcedAddress: options.announcedAddress,
    webRtcPorts: options.webRtcPorts,
    clock,
    onDied: (error) => {
      counters.count('media.workerDied')
      onError('workerDied', error)
    },
    onStartFailed: (error) => onError('workerStartFailed', error),
  })
  const ticker = new Ticker(clock, failed)
  const sipLegs = new Set<RtpPort>()
  const browserLegs = new Set<BrowserLeg>()
  const now = (): number => clock.now()
  const shared = { sounds, ticker, counters, now, onHearerError: failed }

  let cancelSweep: (() => void) | null = null
  const sweep = (): void => {
    for (const leg of [...sipLegs, ...browserLegs]) leg.sweep(now())
    cancelSweep = sipLegs.size + browserLegs.size === 0 ? null : clock.setTimer(SWEEP_MILLISECONDS, sweep)
  }

  const openSipLeg = async (listener: MediaLegListener): Promise<SipMediaLeg> => {
    const pair = await ports.openPair()
    if (pair === null) {
      counters.count('rtp.noPortFree')
      throw noPortFree()
    }
    const leg = new RtpPort({
      ...shared,
      socket: pair.rtp,
      rtcpSocket: pair.rtcp,
      local: { address: options.announcedAddress ?? options.address, port: pair.rtp.address().port },
      timeoutMilliseconds: options.timeoutMilliseconds,
      listener: containedListener(listener, failed),
      onClosed: (closed) => sipLegs.delete(closed),
    })
    sipLegs.add(leg)
    cancelSweep ??= clock.setTimer(SWEEP_MILLISECONDS, sweep)
    return leg
  }

  const openBrowserLeg = async (
    laws: readonly G711[],
    listener: MediaLegListener,
  ): Promise<BrowserMediaLeg> => {
    const room = workers.pick()
    if (room === null) throw new MediaError('NO_WORKER', 'no media worker is alive')
    room.legs += 1
    try {
      const direct = await room.router.createDirectTransport()
      const leg = new BrowserLeg({
        ...shared,
        room,
        direct,
        createTransport: options.createBrowserTransport ?? createWebRtcBrowserTransport,
        laws,
        listener: containedListener(listener, failed),
        onClosed: (closed) => {
          room.legs -= 1
          browserLegs.delete(closed)
        },
      })
      browserLegs.add(leg)
      cancelSweep ??= clock.setTimer(SWEEP_MILLISECONDS, sweep)
      return leg
    } catch (error) {
      room.legs -= 1
      throw error
    }
  }

  return {
    openSipLeg,
    openBrowserLeg,
    counters: () => counters.snapshot(),
    [Symbol.asyncDispose]: async () => {
      cancelSweep?.()
      for (const leg of [...sipLegs, ...browserLegs]) leg.close()
      ticker.close()
      workers.close()
    },
  }
}

const noPortFree = () => new MediaError('NO_PORT_FREE', 'every RTP port of the range is in use')

/** Better to fail at the start than at the first call. */
const oneIsFree = async (ports: RtpPortRange): Promise<void> => {
  const socket = await ports.open()
  if (socket === null) throw noPortFree()
  await new Promise<void>((resolve) => socket.close(resolve))
}
