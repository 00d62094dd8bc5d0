import { z } from 'zod'

/**
 * The browser phone's signalling on `/voice` (WebSocket, same origin, the session's cookie). The socket is the agent's
 * presence: without one, an agent who was ready goes not ready (`connectionLost`) after a grace of 10 s, and one in a
 * call loses it back to the head of the queue after 5 s. Signing out closes it at once (4401). JSON text frames, at most
 * 64 KiB.
 *
 * Several tabs of one agent may be connected; one has the line. A newer one takes it over (the older is told `lineTaken`
 * and waits), except in mid-call: then the newcomer is told so. A tab without the line gets nothing but `ping` and
 * `takeLine`; everything else is refused `LINE_TAKEN`. `lineReturned`: the tab that had it is gone. A tab that waited and
 * lost its connection comes back to `/voice?waits`, which takes no line from the tab that has it.
 *
 * Requests `{id, method, params}` are answered `{id, ok: true, result}` or `{id, ok: false, code}`; the server sends
 * notices `{notice, …}` on its own. One leg for each call: `openLeg` after the offer was accepted, then mediasoup-client's
 * `Device.load`, `createTransport` twice, `produce` (the microphone), `consume` (the caller). The hub bridges by itself
 * when the microphone arrives.
 */
const id = z.number().int().nonnegative()
const json = z.record(z.string(), z.unknown())
const request = <M extends string, S extends z.ZodRawShape>(method: M, params: S) =>
  z.object({ id, method: z.literal(method), params: z.object(params) })

export const voiceRequest = z.discriminatedUnion('method', [
  /** → `{legId, routerRtpCapabilities}` */
  request('openLeg', { interactionId: z.string() }),
  /** → mediasoup-client transport options `{id, iceParameters, iceCandidates, dtlsParameters}` */
  request('createTransport', { legId: z.string(), direction: z.enum(['send', 'receive']) }),
  /** → `{}` */
  request('connectTransport', { legId: z.string(), transportId: z.string(), dtlsParameters: json }),
  /** → `{producerId}` */
  request('produce', { legId: z.string(), transportId: z.string(), rtpParameters: json }),
  /** → `{id, producerId, kind: 'audio', rtpParameters}` */
  request('consume', { legId: z.string(), transportId: z.string(), rtpCapabilities: json }),
  /** Takes the line over from another tab; a call on it is gone on with by `openLeg`. → `{}` */
  request('takeLine', {}),
  /** Keeps the presence alive, every 5 s. → `{now}` */
  request('ping', {}),
])
export type VoiceRequest = z.infer<typeof voiceRequest>
/** What only the tab that has the line may ask. */
export type CallRequest = Exclude<VoiceRequest, { method: 'ping' | 'takeLine' }>

export type VoiceNotice =
  | { readonly notice: 'bridged'; readonly legId: string }
  | {
      readonly notice: 'legEnded'
      readonly legId: string
      readonly by: 'customer' | 'agent' | 'hub'
      readonly q850: number
    }
  /** Another tab of the same agent has the line: this one must not ring. */
  | { readonly notice: 'lineTaken' }
  /** The tab that had the line is gone: this one has it again, and a call on it is gone on with by `openLeg`. */
  | { readonly notice: 'lineReturned' }
