import type { DtlsParameters, Transport } from 'mediasoup/types'
import type { Json } from '../media.ts'
import type { MediaRoom } from './media-workers.ts'

export type BrowserTransportListener = {
  /** Packets can pass both ways. */
  onConnected(): void
  /** ICE or DTLS is gone, or was never found within its time. */
  onLost(): void
}

/** One direction of a browser leg's way to the browser. */
export type BrowserTransport = {
  readonly transport: Transport
  /** What mediasoup-client's `createSendTransport` and `createRecvTransport` take. */
  readonly clientOptions: Json
  connect(dtlsParameters: Json): Promise<void>
  connected(): boolean
}

export type CreateBrowserTransport = (
  room: MediaRoom,
  listener: BrowserTransportListener,
) => Promise<BrowserTransport>

/** A browser that vanished without a word is noticed after so long: RFC 7675 wants consent at least each 30 s. */
const ICE_CONSENT_SECONDS = 15

export const createWebRtcBrowserTransport: CreateBrowserTransport = async (room, listener) => {
  const transport = await room.router.createWebRtcTransport({
    webRtcServer: room.webRtcServer,
    preferUdp: true,
    iceConsentTimeout: ICE_CONSENT_SECONDS,
  })
  transport.on('icestatechange', (state) => {
    if (state === 'disconnected' || state === 'closed') listener.onLost()
  })
  transport.on('dtlsstatechange', (state) => {
    if (state === 'connected') listener.onConnected()
    if (state === 'failed' || state === 'closed') listener.onLost()
  })
  return {
    transport,
    clientOptions: {
      id: transport.id,
      iceParameters: transport.iceParameters,
      iceCandidates: transport.iceCandidates,
      dtlsParameters: transport.dtlsParameters,
    },
    connect: (dtlsParameters) => transport.connect({ dtlsParameters: dtlsParameters as DtlsParameters }),
    connected: () => transport.dtlsState === 'connected',
  }
}
