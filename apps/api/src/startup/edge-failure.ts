import type { EdgeStartFailure } from '@centralino/telephony'
import type { Config } from '../config.ts'
import { EdgeNotUp } from './edge-watch.ts'
import { PartFailed } from './failure.ts'

type EdgeSettings = Pick<Config, 'sip' | 'sipTls' | 'media'>
type Told = { readonly what: string; readonly advice: string }

const ports = ({ min, max }: { readonly min: number; readonly max: number }) => `${min}-${max}`

/** What happened, where, and the variable that helps. */
const TOLD = {
  SIP_PORT_IN_USE: ({ sip }) => ({
    what: `Another program receives on port ${sip.port} of ${sip.address}, over UDP or TCP.`,
    advice: 'Stop it, or choose another port with HUB_SIP_PORT (0: any free port).',
  }),
  SIP_PORT_FORBIDDEN: ({ sip }) => ({
    what: `This user may not receive on port ${sip.port}.`,
    advice: 'Choose a port from 1024 up with HUB_SIP_PORT.',
  }),
  SIP_TLS_PORT_IN_USE: ({ sip, sipTls }) => ({
    what: `Another program receives on TCP port ${sipTls?.port ?? 0} of ${sip.address}.`,
    advice: 'Stop it, or choose another port with HUB_SIP_TLS_PORT (0: any free port).',
  }),
  SIP_TLS_CERTIFICATE_UNUSABLE: ({ sipTls }) => ({
    what: `The certificate for SIP over TLS cannot be used: ${sipTls?.certificateFile ?? ''}, ${sipTls?.keyFile ?? ''}.`,
    advice:
      'HUB_SIP_TLS_CERTIFICATE_FILE and HUB_SIP_TLS_KEY_FILE must name a PEM certificate and its own key, readable by this user; HUB_SIP_TLS_AUTHORITIES_FILE, where it is set, PEM certificates.',
  }),
  SIP_ADDRESS_NOT_AVAILABLE: ({ sip }) => ({
    what: `${sip.address} is no address of this machine.`,
    advice: 'Set HUB_SIP_ADDRESS to one of its addresses.',
  }),
  RTP_PORTS_IN_USE: ({ media }) => ({
    what: `Not one UDP port of ${ports(media.rtpPorts)} is free for the calls' audio (RTP).`,
    advice: 'Choose another range with HUB_RTP_PORTS.',
  }),
  WEBRTC_PORTS_IN_USE: ({ media }) => ({
    what: `Not one port of ${ports(media.webRtcPorts)} is free for the browsers' audio (WebRTC, UDP and TCP).`,
    advice: 'Choose another range with HUB_WEBRTC_PORTS.',
  }),
  MEDIA_WORKER_FAILED: ({ media }) => ({
    what: `mediasoup's worker could not be started${media.workerBin === null ? '' : `: ${media.workerBin}`}.`,
    advice: '`npm start` sets it up; MEDIASOUP_WORKER_BIN names another one.',
  }),
} as const satisfies Record<EdgeStartFailure, (settings: EdgeSettings) => Told>

/** The failure of the voice edge's start, in a sentence where its cause has a name. */
export const edgeFailed = (error: unknown, settings: EdgeSettings): PartFailed => {
  const { address, port } = settings.sip
  const part = `the voice edge (SIP at ${address}:${port})`
  if (!(error instanceof EdgeNotUp) || error.startFailure === null) return new PartFailed(part, error)
  const { what, advice } = TOLD[error.startFailure](settings)
  return new PartFailed(part, new Error(what, { cause: error }), advice)
}
