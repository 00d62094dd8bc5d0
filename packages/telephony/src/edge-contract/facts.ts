import { z } from 'zod'

/**
 * What the voice edge tells the hub. Facts are numbered from 1 without a gap within one `edgeRun` (a new id at each
 * start of the edge) and are kept by the edge until the hub has acknowledged them, that is: has them on disk.
 */
const legId = z.string().min(1)
const fact = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...shape })

export const legEnd = z.object({
  q850: z.number().int(),
  sipStatus: z.number().int().nullable(),
  /** `peer`: the far end hung up or cancelled; `hub`: an order; `edge`: time-out, lost media, shutdown. */
  by: z.enum(['peer', 'hub', 'edge']),
})

export const edgeFactBody = z.discriminatedUnion('type', [
  /** An INVITE from the outside, already answered with 100 Trying. The hub orders 180, 200 or a refusal. */
  fact('CallArrived', {
    legId,
    sipCallId: z.string(),
    requestUri: z.string(),
    /** From and, when there is one, P-Asserted-Identity (RFC 3325); anonymous and null where Privacy withholds them. */
    from: z.object({ uri: z.string(), displayName: z.string().nullable() }),
    assertedIdentity: z.object({ uri: z.string(), displayName: z.string().nullable() }).nullable(),
    to: z.object({ uri: z.string() }),
    source: z.object({ address: z.string(), port: z.number().int() }),
  }),
  /** ACK arrived: the call stands. */
  fact('LegEstablished', { legId, codec: z.enum(['PCMU', 'PCMA', 'opus']) }),
  /** A browser leg sends audio and is ready to be bridged. */
  fact('BrowserLegReady', { legId }),
  fact('PlaybackFinished', { legId, prompt: z.literal('greeting') }),
  /** RFC 4733 digit, once per key press. */
  fact('DigitReceived', { legId, digit: z.string().length(1), durationMilliseconds: z.number().int() }),
  /** The peer's own hold by re-INVITE (RFC 3264 §8.4: sendonly or inactive), and its end. */
  fact('HeldByPeer', { legId }),
  fact('ResumedByPeer', { legId }),
  /**
   * Audio passes no longer. `transportLost`: a browser leg's ICE or DTLS is gone; `silent`: nothing came from a phone for
   * too long; `workerDied`: our own media worker is gone, and the far end may well be there.
   */
  fact('MediaLost', { legId, why: z.enum(['transportLost', 'workerDied', 'silent']) }),
  fact('LegEnded', { legId, cause: legEnd }),
  /** Refused by the edge itself: no common codec (488), malformed (400), overload (503). Counted, no leg. */
  fact('CallRefused', { sipCallId: z.string(), status: z.number().int(), why: z.string() }),
])
export type EdgeFactBody = z.infer<typeof edgeFactBody>

export const edgeFact = z.object({
  edgeRun: z.string(),
  number: z.number().int().positive(),
  at: z.string(),
  body: edgeFactBody,
})
export type EdgeFact = z.infer<typeof edgeFact>
