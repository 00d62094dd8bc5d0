import type { Endpoint } from '../endpoint.ts'
import type { G711 } from './rtp/g711.ts'
import type { Digit } from './rtp/telephone-event.ts'

export type PlayedSource = 'greetingThenMusic' | 'music' | 'holdMusic' | 'silence'

export type MediaLossReason = 'transportLost' | 'workerDied' | 'silent'

/** What a leg's media reports; a failing listener is contained. `onLost` comes at most once, last. */
export type MediaLegListener = {
  onDigit?(digit: Digit): void
  onGreetingFinished?(): void
  /** A browser leg's microphone is heard and what it hears can reach it. Once. */
  onReady?(): void
  /** Nothing comes from a browser leg's microphone any more, not even silence; and then something again. */
  onStalled?(): void
  onFlowing?(): void
  onLost?(why: MediaLossReason): void
}

type AnyMediaLeg = {
  /** What this leg hears from now on: something played, or what another leg says. Switches without a click or a gap. */
  hear(source: PlayedSource | MediaLeg): void
  close(): void
}

export type SipMediaLeg = AnyMediaLeg & {
  readonly kind: 'sip'
  /** Where the peer sends RTP: for our SDP. */
  readonly local: Endpoint
  /** Starts, or changes after a re-INVITE. `remote` is null until the peer's packets tell; `sends` false: on hold. */
  connect(session: SipMediaSession): void
}

export type SipMediaSession = {
  /** As negotiated; G.711 may have another number than its static one. */
  readonly format: { readonly law: G711; readonly payloadType: number }
  readonly remote: Endpoint | null
  /** As negotiated (RFC 4733), null when it was not. */
  readonly telephoneEventPayloadType: number | null
  /** False while the peer does not want to hear us (RFC 3264 §8.4), so that nothing is sent. */
  readonly sends: boolean
}

export type Json = Record<string, unknown>

/** The far end is mediasoup-client; what passes here are its own structures. */
export type BrowserMediaLeg = AnyMediaLeg & {
  readonly kind: 'browser'
  readonly routerRtpCapabilities: Json
  createTransport(direction: 'send' | 'receive'): Promise<Json>
  connectTransport(transportId: string, dtlsParameters: Json): Promise<void>
  produce(transportId: string, rtpParameters: Json): Promise<{ producerId: string }>
  consume(transportId: string, rtpCapabilities: Json): Promise<Json>
}

export type MediaLeg = SipMediaLeg | BrowserMediaLeg
/** Refusals are thrown as `MediaError` with a literal code. */
export type Media = AsyncDisposable & {
  openSipLeg(listener: MediaLegListener): Promise<SipMediaLeg>
  /** `laws` in order of preference; the browser picks the first. */
  openBrowserLeg(laws: readonly G711[], listener: MediaLegListener): Promise<BrowserMediaLeg>
  counters(): Readonly<Record<string, number>>
}
