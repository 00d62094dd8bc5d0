import { randomInt } from 'node:crypto'
import type { DirectTransport, MediaKind, Producer, RtpCapabilities, RtpParameters } from 'mediasoup/types'
import { LegAudio, type LegAudioOptions } from '../leg-audio.ts'
import type { BrowserMediaLeg, Json, MediaLeg, MediaLegListener, PlayedSource } from '../media.ts'
import type { MediaCounters } from '../media-counters.ts'
import { MediaError } from '../media-error.ts'
import { type G711, G711_PAYLOAD_TYPE } from '../rtp/g711.ts'
import { parseRtp } from '../rtp/packet.ts'
import { RtpReceiver } from '../rtp/rtp-receiver.ts'
import { RtpSender } from '../rtp/rtp-sender.ts'
import type { BrowserTransport, CreateBrowserTransport } from './browser-transport.ts'
import type { MediaRoom } from './media-workers.ts'

export type BrowserLegOptions = Omit<LegAudioOptions, 'onGreetingFinished'> & {
  readonly room: MediaRoom
  /** Between this process and the worker: what the browser says comes out of it, what it hears goes in. */
  readonly direct: DirectTransport
  readonly createTransport: CreateBrowserTransport
  readonly laws: readonly G711[]
  readonly counters: MediaCounters
  readonly now: () => number
  readonly listener: MediaLegListener
  readonly onClosed: (leg: BrowserLeg) => void
}

/** A browser that opens more is not ours. */
const MOST_TRANSPORTS = 4
/** G.711 comes without a pause: longer than any Wi-Fi that loses packets, shorter than a caller bears silence. */
const STALLED_MILLISECONDS = 1_000

/**
 * A browser's leg: two WebRTC transports in the worker, tied to this process by a direct transport, so that what it
 * hears is switched here like any other leg's. It speaks one G.711 law, the far end's.
 */
export class BrowserLeg implements BrowserMediaLeg {
  readonly kind = 'browser'
  readonly routerRtpCapabilities: Json
  readonly #options: BrowserLegOptions
  readonly #audio: LegAudio
  readonly #transports = new Map<string, { direction: 'send' | 'receive'; way: BrowserTransport }>()
  #microphone: { readonly producer: Producer; readonly law: G711 } | null = null
  #earProducer: Producer | null = null
  #heardAt: number | null = null
  #stalled = false
  #canHear = false
  #status: 'opening' | 'ready' | 'lost' | 'closed' = 'opening'

  constructor(options: BrowserLegOptions) {
    this.#options = options
    const capabilities = options.room.router.rtpCapabilities
    this.routerRtpCapabilities = {
      // mediasoup-client's producer takes the first codec that it has: only what the far end speaks is listed.
      codecs: options.laws.flatMap((law) =>
        (capabilities.codecs ?? []).filter((codec) => codec.mimeType === `audio/${law}`),
      ),
      headerExtensions: (capabilities.headerExtensions ?? []).filter(
        (extension) => extension.kind === 'audio',
      ),
    }
    this.#audio = new LegAudio({
      ...options,
      onGreetingFinished: () => options.listener.onGreetingFinished?.(),
    })
    this.#audio.belongTo(this)
    options.direct.observer.once('close', () => this.#lose('workerDied'))
  }

  async createTransport(direction: 'send' | 'receive'): Promise<Json> {
    this.#refuseClosed()
    if (this.#transports.size >= MOST_TRANSPORTS) throw new MediaError('FAILED', 'too many transports')
    const way = await this.#options.createTransport(this.#options.room, {
      onConnected: () => this.#checkReady(),
      onLost: () => this.#lose('transportLost'),
    })
    if (this.#over()) way.transport.close()
    this.#refuseClosed()
    this.#transports.set(way.transport.id, { direction, way })
    return way.clientOptions
  }

  async connectTransport(transportId: string, dtlsParameters: Json): Promise<void> {
    const known = this.#transports.get(transportId)
    if (known === undefined) throw new MediaError('TRANSPORT_UNKNOWN', 'no such transport on this leg')
    await known.way.connect(dtlsParameters)
    this.#checkReady()
  }

  /** The microphone. A second one replaces the first. */
  async produce(transportId: string, rtpParameters: Json): Promise<{ producerId: string }> {
    const { transport } = this.#transport(transportId, 'send')
    const producer = await transport.produce({
      kind: 'audio' satisfies MediaKind,
      rtpParameters: rtpParameters as RtpParameters,
    })
    try {
      this.#refuseClosed()
      const law = this.#options.laws.find(
        (each) => producer.rtpParameters.codecs[0]?.mimeType === `audio/${each}`,
      )
      if (law === undefined)
        throw new MediaError('NO_COMMON_CODEC', 'the microphone speaks a law that was not offered')
      await this.#listenTo(producer)
      this.#microphone?.producer.close()
      this.#microphone = { producer, law }
    } catch (error) {
      producer.close()
      throw error
    }
    return { producerId: producer.id }
  }

  /** What the browser hears: one stream from first to last, of the microphone's law where there is one. */
  async consume(transportId: string, rtpCapabilities: Json): Promise<Json> {
    const { transport } = this.#transport(transportId, 'receive')
    const { producer, attach } = await this.#ear(rtpCapabilities as RtpCapabilities)
    const consumer = await transport.consume({
      producerId: producer.id,
      rtpCapabilities: rtpCapabilities as RtpCapabilities,
    })
    this.#refuseClosed()
    this.#canHear = true
    attach()
    this.#checkReady()
    return {
      id: consumer.id,
      producerId: producer.id,
      kind: consumer.kind,
      rtpParameters: consumer.rtpParameters,
    }
  }

  hear(source: PlayedSource | MediaLeg): void {
    this.#audio.hear(source)
  }

  /** To be called now and then: notices a browser that says nothing any more long before its ICE consent runs out. */
  sweep(now: number): void {
    if (this.#status !== 'ready' || this.#stalled || this.#heardAt === null) return
    if (now - this.#heardAt >= STALLED_MILLISECONDS) this.#flows(false)
  }

  close(): void {
    if (this.#status === 'closed') return
    this.#status = 'closed'
    this.#audio.close()
    for (const { way } of this.#transports.values()) way.transport.close()
    this.#transports.clear()
    this.#options.direct.close()
    this.#options.onClosed(this)
  }

  async #listenTo(producer: Producer): Promise<void> {
    const { direct, room, counters, now } = this.#options
    const consumer = await direct.consume({
      producerId: producer.id,
      rtpCapabilities: room.router.rtpCapabilities,
    })
    const receiver = new RtpReceiver({ audio: null, telephoneEvent: null })
    consumer.on('rtp', (datagram) => {
      const packet = parseRtp(datagram)
      if (packet === null || this.#status === 'closed') return
      const received = receiver.accept(packet, now())
      if (received.kind !== 'audio') {
        counters.count('rtp.dropped')
        return
      }
      const first = this.#heardAt === null
      this.#heardAt = now()
      if (first) this.#checkReady()
      if (this.#stalled) this.#flows(true)
      this.#audio.mouth.say(received.frame)
    })
  }

  async #ear(rtpCapabilities: RtpCapabilities): Promise<{ producer: Producer; attach: () => void }> {
    const { direct, room, laws, now } = this.#options
    if (this.#earProducer !== null) return { producer: this.#earProducer, attach: () => undefined }
    const speaks = (law: G711): boolean =>
      (rtpCapabilities.codecs ?? []).some(
        (codec) => codec.mimeType.toLowerCase() === `audio/${law}`.toLowerCase(),
      )
    const law = [this.#microphone?.law, ...laws].find((each) => each !== undefined && speaks(each))
    if (law === undefined)
      throw new MediaError('NO_COMMON_CODEC', 'the browser speaks none of the laws offered')
    const ssrc = randomInt(1, 2 ** 32)
    const producer = await direct.produce({
      kind: 'audio',
      rtpParameters: {
        codecs: [{ mimeType: `audio/${law}`, payloadType: G711_PAYLOAD_TYPE[law], clockRate: 8_000 }],
        encodings: [{ ssrc }],
      },
    })
    if (!room.router.canConsume({ producerId: producer.id, rtpCapabilities })) {
      producer.close()
      throw new MediaError('NO_COMMON_CODEC', 'the browser cannot hear what the leg speaks')
    }
    this.#earProducer = producer
    const sender = new RtpSender({
      format: { law, payloadType: G711_PAYLOAD_TYPE[law] },
      ssrc,
      firstSequence: randomInt(2 ** 16),
      firstTimestamp: randomInt(2 ** 32),
      now,
      write: (datagram) => {
        if (!producer.closed) producer.send(datagram)
      },
    })
    return { producer, attach: () => this.#audio.attach(sender) }
  }

  #transport(transportId: string, direction: 'send' | 'receive'): BrowserTransport {
    this.#refuseClosed()
    const known = this.#transports.get(transportId)
    if (known === undefined || known.direction !== direction) {
      throw new MediaError('TRANSPORT_UNKNOWN', `no such ${direction} transport on this leg`)
    }
    return known.way
  }

  #checkReady(): void {
    if (this.#status !== 'opening' || this.#heardAt === null || !this.#canHear) return
    const hears = [...this.#transports.values()].some(
      ({ direction, way }) => direction === 'receive' && way.connected(),
    )
    if (!hears) return
    this.#status = 'ready'
    this.#options.listener.onReady?.()
  }

  #flows(flowing: boolean): void {
    this.#stalled = !flowing
    if (flowing) this.#options.listener.onFlowing?.()
    else this.#options.listener.onStalled?.()
  }

  #lose(why: 'transportLost' | 'workerDied'): void {
    if (this.#over()) return
    this.#status = 'lost'
    this.#options.listener.onLost?.(why)
  }

  #over(): boolean {
    return this.#status === 'closed' || this.#status === 'lost'
  }

  #refuseClosed(): void {
    if (this.#over()) throw new MediaError('LEG_CLOSED', 'the leg is closed')
  }
}
