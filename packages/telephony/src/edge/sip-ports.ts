import type { Clock } from '../clock/clock.ts'
import type { EdgeConfig } from '../edge-contract/edge-config.ts'
import type { EdgeLog } from '../edge-contract/edge-log.ts'
import {
  createStreamTransport,
  createUdpTransport,
  type SipCounters,
  type SipTransport,
  watchCertificateFiles,
} from '../sip/index.ts'
import { sipFailed, sipTlsFailed, tlsCertificateFailed } from './start-failure.ts'

/** Where SIP is received: the first is UDP, then TCP, and TLS where there is a certificate. */
export type SipPorts = readonly [udp: SipTransport, ...streams: SipTransport[]]

export type SipPortsOptions = {
  readonly config: Pick<EdgeConfig, 'sip' | 'sipTls'>
  readonly clock: Clock
  readonly counters: SipCounters
  readonly log: EdgeLog
}

/** Ports that are free over UDP are seldom taken over TCP. */
const TRIES = 20

/** Opens them all. Rejects with an `EdgeStartError` where the cause has a name. */
export const openSipPorts = async (options: SipPortsOptions): Promise<SipPorts> => {
  const udpAndTcp = await openUdpAndTcp(options).catch(sipFailed)
  return options.config.sipTls === null
    ? udpAndTcp
    : [...udpAndTcp, await openTls(options, options.config.sipTls)]
}

/**
 * RFC 3261 §18.2.1: "For any port and interface that a server listens on for UDP, it MUST listen on that same port and
 * interface for TCP." Any free port therefore has to be free over both.
 */
const openUdpAndTcp = async ({ config, clock, counters }: SipPortsOptions) => {
  const { address, port } = config.sip
  for (let tries = 1; ; tries++) {
    const udp = await createUdpTransport({ address, port, counters })
    try {
      const tcp = await createStreamTransport({ address, port: udp.local.port, clock, counters })
      return [udp, tcp] as const
    } catch (error) {
      await udp[Symbol.asyncDispose]()
      if (port !== 0 || tries === TRIES) throw error
    }
  }
}

const openTls = async (
  { config, clock, counters, log }: SipPortsOptions,
  { port, ...files }: NonNullable<EdgeConfig['sipTls']>,
): Promise<SipTransport> => {
  const tls = await watchCertificateFiles(files, {
    clock,
    onReloaded: () => log.info({}, 'a renewed certificate is in force'),
    onBroken: (error) => log.warn({ error }, 'the certificate cannot be used: the one before stays in force'),
  }).catch(tlsCertificateFailed)
  return createStreamTransport({ address: config.sip.address, port, clock, counters, tls }).catch(
    sipTlsFailed,
  )
}
