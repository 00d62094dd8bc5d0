import type {
  BrowserMediaLeg,
  Json,
  Media,
  MediaLeg,
  MediaLegListener,
  PlayedSource,
  SipMediaLeg,
  SipMediaSession,
} from '../media.ts'
import { MediaError } from '../media-error.ts'
import type { G711 } from '../rtp/g711.ts'

type FakeAudio = {
  /** What the leg was told to hear, from the first to the last. */
  readonly heard: (PlayedSource | MediaLeg)[]
  readonly listener: MediaLegListener
  closed: boolean
}
export type FakeSipLeg = SipMediaLeg & FakeAudio & { readonly sessions: SipMediaSession[] }
export type FakeBrowserLeg = BrowserMediaLeg & FakeAudio & { readonly laws: readonly G711[] }

export type FakeMedia = Media & {
  /** Every leg ever opened, in order. */
  readonly sipLegs: readonly FakeSipLeg[]
  readonly browserLegs: readonly FakeBrowserLeg[]
  /** From now on no leg can be opened. */
  failWith(error: MediaError | null): void
}

/** Media without sound, for tests of call control: remembers what each leg was told to hear. */
export const createFakeMedia = (): FakeMedia => {
  const sipLegs: FakeSipLeg[] = []
  const browserLegs: FakeBrowserLeg[] = []
  let failure: MediaError | null = null
  let nextPort = 20_000

  const audio = (listener: MediaLegListener) => {
    const heard: (PlayedSource | MediaLeg)[] = []
    return {
      heard,
      listener,
      closed: false,
      hear(source: PlayedSource | MediaLeg) {
        // Telling the same thing again changes nothing.
        if (heard.at(-1) !== source) heard.push(source)
      },
      close() {
        this.closed = true
      },
    }
  }

  return {
    sipLegs,
    browserLegs,
    failWith: (error) => {
      failure = error
    },
    openSipLeg: async (listener) => {
      if (failure !== null) throw failure
      const sessions: SipMediaSession[] = []
      const leg: FakeSipLeg = {
        ...audio(listener),
        kind: 'sip',
        local: { address: '127.0.0.1', port: nextPort },
        sessions,
        connect: (session) => {
          sessions.push(session)
        },
      }
      nextPort += 2
      sipLegs.push(leg)
      return leg
    },
    openBrowserLeg: async (laws, listener) => {
      if (failure !== null) throw failure
      const transports = new Set<string>()
      const known = (transportId: string): void => {
        if (!transports.has(transportId))
          throw new MediaError('TRANSPORT_UNKNOWN', 'no such transport on this leg')
      }
      const leg: FakeBrowserLeg = {
        ...audio(listener),
        kind: 'browser',
        laws,
        routerRtpCapabilities: {
          codecs: laws.map((law) => ({ mimeType: `audio/${law}` })),
          headerExtensions: [],
        },
        createTransport: async (direction): Promise<Json> => {
          const id = `${direction}-${transports.size}`
          transports.add(id)
          return { id, iceParameters: {}, iceCandidates: [], dtlsParameters: {} }
        },
        connectTransport: async (transportId) => known(transportId),
        produce: async (transportId) => {
          known(transportId)
          return { producerId: 'microphone' }
        },
        consume: async (transportId) => {
          known(transportId)
          return { id: 'consumer', producerId: 'ear', kind: 'audio', rtpParameters: {} }
        },
      }
      browserLegs.push(leg)
      return leg
    },
    counters: () => ({}),
    [Symbol.asyncDispose]: async () => {
      for (const leg of [...sipLegs, ...browserLegs]) leg.close()
    },
  }
}
