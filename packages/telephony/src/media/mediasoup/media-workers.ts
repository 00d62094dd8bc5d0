import { createWorker } from 'mediasoup'
import type { Router, RouterRtpCodecCapability, WebRtcServer, Worker } from 'mediasoup/types'
import type { Clock } from '../../clock/clock.ts'
import { MediaError } from '../media-error.ts'
import type { PortRange } from '../rtp/port-range.ts'

export type MediaWorkersOptions = {
  readonly count: number
  /** Null: mediasoup's own binary, or its environment variable. */
  readonly workerBin: string | null
  readonly address: string
  readonly announcedAddress: string | null
  /** Each worker takes one port of it, UDP and TCP, for all its browsers. */
  readonly webRtcPorts: PortRange
  readonly clock: Clock
  /** A worker is gone, with everything in it; another one is started. */
  readonly onDied: (error: Error) => void
  readonly onStartFailed: (error: unknown) => void
}

export type MediaRoom = { readonly router: Router; readonly webRtcServer: WebRtcServer; legs: number }

const CODECS: RouterRtpCodecCapability[] = [
  { kind: 'audio', mimeType: 'audio/PCMU', preferredPayloadType: 0, clockRate: 8_000 },
  { kind: 'audio', mimeType: 'audio/PCMA', preferredPayloadType: 8, clockRate: 8_000 },
  { kind: 'audio', mimeType: 'audio/opus', preferredPayloadType: 100, clockRate: 48_000, channels: 2 },
]
const FIRST_RESTART_MILLISECONDS = 100
const LONGEST_RESTART_MILLISECONDS = 10_000

/**
 * mediasoup's worker processes, each with one router and one port for browsers. A worker that dies is replaced, at
 * once and then ever more slowly while it keeps dying.
 */
export class MediaWorkers {
  readonly #options: MediaWorkersOptions
  readonly #workers = new Set<Worker>()
  readonly #rooms = new Set<MediaRoom>()
  readonly #cancelTimers = new Set<() => void>()
  #restartMilliseconds = FIRST_RESTART_MILLISECONDS
  #closed = false

  private constructor(options: MediaWorkersOptions) {
    this.#options = options
  }

  /** Rejects with a `MediaError` when a worker cannot be started (`NO_WORKER`) or has no port (`NO_WEBRTC_PORT_FREE`). */
  static async start(options: MediaWorkersOptions): Promise<MediaWorkers> {
    const workers = new MediaWorkers(options)
    try {
      for (let i = 0; i < options.count; i++) await workers.#startOne()
    } catch (error) {
      workers.close()
      throw error
    }
    return workers
  }

  /** The room with the fewest legs, null while there is none. The caller counts its legs in and out. */
  pick(): MediaRoom | null {
    let least: MediaRoom | null = null
    for (const room of this.#rooms) {
      if (least === null || room.legs < least.legs) least = room
    }
    return least
  }

  close(): void {
    this.#closed = true
    for (const cancel of this.#cancelTimers) cancel()
    this.#cancelTimers.clear()
    for (const worker of this.#workers) worker.close()
    this.#workers.clear()
    this.#rooms.clear()
  }

  async #startOne(): Promise<void> {
    const { workerBin, address, announcedAddress, webRtcPorts } = this.#options
    const worker = await createWorker({
      logLevel: 'error',
      ...(workerBin === null ? {} : { workerBin }),
    }).catch((cause: unknown) => {
      throw new MediaError('NO_WORKER', "mediasoup's worker could not be started", { cause })
    })
    if (this.#closed) {
      worker.close()
      return
    }
    this.#workers.add(worker)
    try {
      const listen = {
        ip: address,
        portRange: { min: webRtcPorts.min, max: webRtcPorts.max },
        ...(announcedAddress === null ? {} : { announcedAddress }),
      }
      const webRtcServer = await worker
        .createWebRtcServer({
          listenInfos: [
            { protocol: 'udp', ...listen },
            { protocol: 'tcp', ...listen },
          ],
        })
        .catch((cause: unknown) => {
          // mediasoup has no code for it; that the address is this machine's, RTP's sockets have shown.
          throw new MediaError('NO_WEBRTC_PORT_FREE', 'every WebRTC port of the range is in use', { cause })
        })
      const room: MediaRoom = {
        router: await worker.createRouter({ mediaCodecs: CODECS }),
        webRtcServer,
        legs: 0,
      }
      worker.once('died', (error) => {
        this.#workers.delete(worker)
        this.#rooms.delete(room)
        this.#options.onDied(error)
        this.#restartLater()
      })
      this.#rooms.add(room)
    } catch (error) {
      this.#workers.delete(worker)
      worker.close()
      throw error
    }
  }

  #restartLater(): void {
    if (this.#closed) return
    const wait = this.#restartMilliseconds
    this.#restartMilliseconds = Math.min(LONGEST_RESTART_MILLISECONDS, wait * 2)
    this.#later(wait, () => {
      this.#startOne().then(
        () => {
          // Lived for a while: the next death is answered quickly again.
          this.#later(LONGEST_RESTART_MILLISECONDS, () => {
            this.#restartMilliseconds = FIRST_RESTART_MILLISECONDS
          })
        },
        (error: unknown) => {
          this.#options.onStartFailed(error)
          this.#restartLater()
        },
      )
    })
  }

  #later(milliseconds: number, task: () => void): void {
    const cancel = this.#options.clock.setTimer(milliseconds, () => {
      this.#cancelTimers.delete(cancel)
      task()
    })
    this.#cancelTimers.add(cancel)
  }
}
