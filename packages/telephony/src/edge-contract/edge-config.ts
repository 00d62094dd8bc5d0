import { createHash } from 'node:crypto'
import { z } from 'zod'

const port = z.number().int().min(0).max(65_535)
const portRange = z
  .object({ min: port.min(1), max: port.min(1) })
  .refine((range) => range.max - range.min >= 1, {
    error: 'a port range holds at least one even and one odd port',
  })

const isAnyAddress = (address: string): boolean => address === '0.0.0.0' || address === '::'

/** How a voice edge is started. The hub hands it over as JSON; every number has its unit in its name. */
export const edgeConfig = z
  .object({
    /** Unix socket on which hub and edge speak; made by the edge, readable by its own user only. */
    socketPath: z.string().min(1),
    /** Where SIP over UDP and TCP is received; port 0 takes any free port and `hello` tells which. */
    sip: z.object({ address: z.string().min(1), port }),
    /** SIP over TLS on the same address; null: none. The files are PEM, and are read again when they change. */
    sipTls: z
      .object({
        port,
        /** The certificate, with its chain behind it. */
        certificateFile: z.string().min(1),
        keyFile: z.string().min(1),
        /** Whose certificates we believe where we connect; null: those that Node brings. */
        authoritiesFile: z.string().min(1).nullable().default(null),
      })
      .nullable()
      .default(null),
    /** Address that RTP and WebRTC sockets are bound to. */
    mediaAddress: z.string().min(1).default('127.0.0.1'),
    /** Address that SDP and ICE candidates name when it differs from the bound one (NAT, 0.0.0.0). */
    announcedAddress: z.string().min(1).nullable().default(null),
    /** RTP of SIP legs: even ports of the range, RTCP on their odd neighbours (RFC 3550 §11). */
    rtpPorts: portRange.default({ min: 20_000, max: 20_999 }),
    webRtcPorts: portRange.default({ min: 21_000, max: 21_999 }),
    /** Null: mediasoup's own binary, or its environment variable MEDIASOUP_WORKER_BIN. */
    mediasoupWorkerBin: z.string().min(1).nullable().default(null),
    mediasoupWorkers: z.number().int().min(1).max(64).default(1),
    /** A call that waits this long for the hub's first order is refused with 503. */
    hubAwayLimitMilliseconds: z.number().int().positive().default(10_000),
    /** Calls past this number of living legs are refused with 503. */
    maxLegs: z.number().int().positive().default(1_000),
    /** Calls are refused with 503 while more facts than this wait for the hub. */
    maxUnacknowledgedFacts: z.number().int().positive().default(10_000),
    /**
     * An answered SIP leg from which neither RTP nor RTCP came for so long is ended; one that never sent RTCP, after five
     * times that, as a muted phone that suppresses silence sends nothing at all. Held legs are not; 0 switches it off.
     */
    mediaTimeoutMilliseconds: z.number().int().nonnegative().default(60_000),
    /** An edge without a hub and without a living leg exits after this long. */
    idleExitMilliseconds: z.number().int().positive().default(60_000),
  })
  .refine(
    ({ sip, mediaAddress, announcedAddress }) =>
      announcedAddress !== null || ![sip.address, mediaAddress].some(isAnyAddress),
    {
      error: 'bound to every address: announcedAddress must say which one peers are told',
      path: ['announcedAddress'],
    },
  )
export type EdgeConfig = z.infer<typeof edgeConfig>
/** The same with the defaults left out. */
export type EdgeConfigInput = z.input<typeof edgeConfig>

/** Tells whether two configurations are the same: a hub that starts again keeps an edge that runs with its own. */
export const configurationOf = (config: EdgeConfig): string =>
  createHash('sha256')
    .update(JSON.stringify(edgeConfig.parse(config)))
    .digest('hex')
    .slice(0, 16)
