import { setInterval } from 'node:timers/promises'
import type { DirectTransport, Producer } from 'mediasoup/types'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createSystemClock } from '../../clock/index.ts'
import { workerBinary } from '../../testing/peers.ts'
import type { Json } from '../media.ts'
import { buildRtp } from '../rtp/packet.ts'
import { loadSounds } from '../sounds/load-sounds.ts'
import type { CreateBrowserTransport } from './browser-transport.ts'
import { createMediasoupMedia } from './mediasoup-media.ts'

const worker = workerBinary()
const SSRC = 4_711
const MICROPHONE = {
  codecs: [{ mimeType: 'audio/PCMU', payloadType: 0, clockRate: 8_000 }],
  encodings: [{ ssrc: SSRC }],
}

/** A browser's way without ICE and DTLS: what its transport produces is sent by the test. */
const directly =
  (made: DirectTransport[]): CreateBrowserTransport =>
  async (room) => {
    const transport = await room.router.createDirectTransport()
    made.push(transport)
    return {
      transport,
      clientOptions: { id: transport.id },
      connect: async () => undefined,
      connected: () => true,
    }
  }

/** Sends a packet of silence each 20 ms while `speaking` says so. */
const speak = async (producer: Producer, speaking: () => boolean, signal: AbortSignal): Promise<void> => {
  let sequence = 0
  try {
    for await (const _ of setInterval(20, undefined, { signal })) {
      if (!speaking()) continue
      sequence += 1
      const timestamp = sequence * 160
      const payload = Buffer.alloc(160, 0xff)
      producer.send(buildRtp({ payloadType: 0, marker: false, sequence, timestamp, ssrc: SSRC, payload }))
    }
  } catch {
    // Ended by the signal.
  }
}

describe.skipIf(worker.missing !== null)(
  `a browser's leg${worker.missing === null ? '' : ` (left out: ${worker.missing})`}`,
  () => {
    test('whose microphone stops is told as stalled, and as flowing when it goes on; silence is no stop', async () => {
      const made: DirectTransport[] = []
      await using media = await createMediasoupMedia({
        sounds: await loadSounds(),
        clock: createSystemClock(),
        address: '127.0.0.1',
        announcedAddress: null,
        rtpPorts: { min: 23_400, max: 23_409 },
        webRtcPorts: { min: 23_410, max: 23_429 },
        workers: 1,
        workerBin: worker.path,
        timeoutMilliseconds: 0,
        onError: (what, error) => {
          throw new Error(what, { cause: error })
        },
        createBrowserTransport: directly(made),
      })
      const told: string[] = []
      const leg = await media.openBrowserLeg(['PCMU'], {
        onReady: () => told.push('ready'),
        onStalled: () => told.push('stalled'),
        onFlowing: () => told.push('flowing'),
      })
      const send = await leg.createTransport('send')
      const [sending] = made
      if (sending === undefined) throw new Error('no transport was made')
      const producing = Promise.withResolvers<Producer>()
      sending.observer.once('newproducer', producing.resolve)
      await leg.produce(String(send['id']), MICROPHONE as unknown as Json)
      const receive = await leg.createTransport('receive')
      await leg.consume(String(receive['id']), leg.routerRtpCapabilities)

      let speaking = true
      const over = new AbortController()
      onTestFinished(() => over.abort())
      void speak(await producing.promise, () => speaking, over.signal)
      const hasTold = (words: readonly string[]) =>
        expect.poll(() => told, { timeout: 10_000 }).toEqual(words)
      await hasTold(['ready'])
      speaking = false
      await hasTold(['ready', 'stalled'])
      speaking = true
      await hasTold(['ready', 'stalled', 'flowing'])
    })
  },
)
