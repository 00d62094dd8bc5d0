import { z } from 'zod'
import { edgeFact } from './facts.ts'
import { edgeOrder, edgeRefusalCode } from './orders.ts'

/** Raised on a breaking change; the two sides refuse each other on a difference. */
export const EDGE_CONTRACT_VERSION = 2

/** Over UDP and TCP on one port, and where there is a certificate over TLS. */
export const sipPorts = z.object({
  address: z.string(),
  port: z.number().int(),
  tlsPort: z.number().int().optional(),
})
export type ReceivingSip = z.infer<typeof sipPorts>

/**
 * Frames on the local socket: one JSON object a line (UTF-8, at most 1 MiB), both ways. The hub connects; the edge
 * says `hello` first with the legs that live, then its unacknowledged facts in order.
 */
export const edgeToHub = z.discriminatedUnion('frame', [
  z.object({
    frame: z.literal('hello'),
    contractVersion: z.number().int(),
    edgeRun: z.string(),
    /** Fingerprint of the configuration the edge was started with: a restarted hub keeps an edge that has its own. */
    configuration: z.string().optional(),
    /** Where calls arrive and where browsers send media. */
    sip: sipPorts,
    legs: z.array(z.object({ legId: z.string(), kind: z.enum(['sip', 'browser']), state: z.string() })),
  }),
  z.object({ frame: z.literal('fact'), fact: edgeFact }),
  z.object({
    frame: z.literal('answer'),
    orderId: z.string(),
    ok: z.literal(true),
    result: z.record(z.string(), z.unknown()),
  }),
  z.object({
    frame: z.literal('refusal'),
    orderId: z.string(),
    ok: z.literal(false),
    code: edgeRefusalCode,
    detail: z.string(),
  }),
  /** Counters since the edge's start (malformed datagrams, calls, retransmissions …), every 5 s. */
  z.object({ frame: z.literal('counters'), counters: z.record(z.string(), z.number()) }),
])
export type EdgeToHub = z.infer<typeof edgeToHub>

export const hubToEdge = z.discriminatedUnion('frame', [
  z.object({ frame: z.literal('hello'), contractVersion: z.number().int() }),
  z.object({ frame: z.literal('order'), order: edgeOrder }),
  /** Every fact of that run up to this number is on the hub's disk. */
  z.object({ frame: z.literal('acknowledge'), edgeRun: z.string(), number: z.number().int() }),
  /** End every call with a cause, then exit. */
  z.object({ frame: z.literal('shutdown'), reason: z.object({ q850: z.number().int() }) }),
])
export type HubToEdge = z.infer<typeof hubToEdge>
