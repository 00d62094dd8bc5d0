import { Device, type types } from 'mediasoup-client'
import { type LineSample, sampleOf } from './line-quality.ts'
import { pickCodec } from './pick-codec.ts'
import type { VoiceSocket } from './voice-socket.ts'

type LegEvents = {
  /** The customer's voice, to be played. */
  readonly onVoice: (track: MediaStreamTrack) => void
  /** The media path broke: ICE or DTLS gave up. */
  readonly onBroken: () => void
}

export type Leg = {
  readonly legId: string
  /** Sends the microphone; the hub bridges when it arrives. */
  speak(track: MediaStreamTrack): Promise<void>
  /** What was received of the customer's voice up to now; null while there is nothing to measure. */
  measure(): Promise<LineSample | null>
  close(): void
}

/**
 * One leg of a call to this browser: capabilities, two transports, the customer's voice. The microphone follows with
 * `speak`, so that a missing one does not keep the agent from hearing.
 *
 * @throws {VoiceRefusal} when the hub refuses a step
 */
export async function openLeg(socket: VoiceSocket, interactionId: string, events: LegEvents): Promise<Leg> {
  const { legId, routerRtpCapabilities } = await socket.request('openLeg', { interactionId })
  const device = await Device.factory()
  await device.load({ routerRtpCapabilities })

  const [out, back] = await Promise.all([
    socket.request('createTransport', { legId, direction: 'send' }),
    socket.request('createTransport', { legId, direction: 'receive' }),
  ])
  const sending = device.createSendTransport(out)
  const receiving = device.createRecvTransport(back)
  for (const transport of [sending, receiving]) connectThrough(socket, legId, transport, events.onBroken)
  sending.on('produce', ({ rtpParameters }, done, failed) => {
    socket
      .request('produce', { legId, transportId: sending.id, rtpParameters })
      .then(({ producerId }) => done({ id: producerId }), failed)
  })

  const close = () => {
    sending.close()
    receiving.close()
  }
  try {
    const offer = await socket.request('consume', {
      legId,
      transportId: receiving.id,
      rtpCapabilities: device.recvRtpCapabilities,
    })
    const consumer = await receiving.consume(offer)
    events.onVoice(consumer.track)
  } catch (error) {
    close()
    throw error
  }
  const codec = pickCodec(routerRtpCapabilities.codecs ?? [], device.sendRtpCapabilities.codecs ?? [])
  return {
    legId,
    async speak(track) {
      await sending.produce({
        track,
        ...(codec ? { codec } : {}),
        stopTracks: false,
        disableTrackOnPause: false,
      })
    },
    async measure() {
      if (receiving.closed) return null
      const report = await receiving.getStats()
      return sampleOf(report.entries(), Date.now())
    },
    close,
  }
}

function connectThrough(
  socket: VoiceSocket,
  legId: string,
  transport: types.Transport,
  onBroken: () => void,
): void {
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    socket
      .request('connectTransport', { legId, transportId: transport.id, dtlsParameters })
      .then(() => done(), failed)
  })
  transport.on('connectionstatechange', (state) => {
    if (state === 'failed') onBroken()
  })
}
