import { z } from 'zod'

/**
 * Why a voice edge could not start. Its process says so in its last line of log, under `startFailure`, before it ends
 * with exit code 1; every other cause is told in the system's words only.
 */
export const edgeStartFailure = z.enum([
  /** EADDRINUSE: another program receives there over UDP or TCP, or an edge that is just ending. */
  'SIP_PORT_IN_USE',
  /** EADDRNOTAVAIL: no address of this machine. */
  'SIP_ADDRESS_NOT_AVAILABLE',
  /** EACCES: a port below 1024. */
  'SIP_PORT_FORBIDDEN',
  /** EADDRINUSE: the same for the port of SIP over TLS. */
  'SIP_TLS_PORT_IN_USE',
  /** Certificate, key or authorities cannot be read, are no PEM, or do not belong together. */
  'SIP_TLS_CERTIFICATE_UNUSABLE',
  /** Not one even port of the range is free. */
  'RTP_PORTS_IN_USE',
  /** Not one port of the range is free over UDP and TCP. */
  'WEBRTC_PORTS_IN_USE',
  /** mediasoup's worker is missing, is for another machine, or ends at once. */
  'MEDIA_WORKER_FAILED',
])
export type EdgeStartFailure = z.infer<typeof edgeStartFailure>
