import { expect, it } from 'vitest'
import { edgeFailed } from './edge-failure.ts'
import { EdgeNotUp } from './edge-watch.ts'
import { failureText } from './failure.ts'

const config = {
  sip: { address: '192.0.2.7', port: 5060 },
  sipTls: { port: 5061, certificateFile: '/etc/sip.pem', keyFile: '/etc/sip.key', authoritiesFile: null },
  media: {
    rtpPorts: { min: 20_000, max: 20_999 },
    webRtcPorts: { min: 21_000, max: 21_999 },
    announcedAddress: null,
    workerBin: '/opt/worker',
  },
}

it.each([
  ['SIP_PORT_IN_USE', '192.0.2.7', '5060', 'HUB_SIP_PORT'],
  ['SIP_PORT_FORBIDDEN', '5060', 'HUB_SIP_PORT'],
  ['SIP_TLS_PORT_IN_USE', '192.0.2.7', '5061', 'HUB_SIP_TLS_PORT'],
  ['SIP_TLS_CERTIFICATE_UNUSABLE', '/etc/sip.pem', '/etc/sip.key', 'HUB_SIP_TLS_KEY_FILE'],
  ['SIP_ADDRESS_NOT_AVAILABLE', '192.0.2.7', 'HUB_SIP_ADDRESS'],
  ['RTP_PORTS_IN_USE', '20000-20999', 'HUB_RTP_PORTS'],
  ['WEBRTC_PORTS_IN_USE', '21000-21999', 'HUB_WEBRTC_PORTS'],
  ['MEDIA_WORKER_FAILED', '/opt/worker', 'MEDIASOUP_WORKER_BIN'],
] as const)('%s is told with its place and the variable that moves it', (startFailure, ...words) => {
  const text = failureText(edgeFailed(new EdgeNotUp('in the words of the system', startFailure), config))
  for (const word of ['the voice edge', ...words]) expect(text).toContain(word)
  expect(text).not.toContain('in the words of the system')
})

it('what has no name is told in the words of the system', () => {
  const text = failureText(edgeFailed(new EdgeNotUp('exit code 7: broken', null), config))
  expect(text).toContain('exit code 7: broken')
  expect(text).toContain('192.0.2.7:5060')
})
