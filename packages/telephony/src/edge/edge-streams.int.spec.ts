import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import type { EdgeConfigInput } from '../edge-contract/edge-config.ts'
import { createTestCertificates } from '../sip/testing/certificates.ts'
import { headerIn, requestText } from '../sip/testing/messages.ts'
import { startSipp } from '../sip/testing/sipp.ts'
import { program, workerBinary } from '../testing/peers.ts'
import { startEdgeUnderTest } from './testing/edge-under-test.ts'

const worker = workerBinary()
const sipp = program('sipp', 'apt-get install --no-install-recommends sip-tester')
const openssl = program('openssl', 'apt-get install openssl')
const missing = [worker, sipp, openssl].flatMap((peer) => peer.missing ?? []).join('; ')
const LOOPBACK = '127.0.0.1'

describe.skipIf(missing !== '')(
  `the voice edge over TCP and TLS${missing === '' ? '' : ` (left out: ${missing})`}`,
  () => {
    let open: AsyncDisposable[] = []
    afterEach(async () => {
      for (const each of open.reverse()) await each[Symbol.asyncDispose]()
      open = []
    })
    const start = async (config: Partial<EdgeConfigInput> = {}) => {
      const edge = await startEdgeUnderTest(worker.path, config)
      open.push(edge)
      return edge
    }
    const withCertificate = async () => {
      const certificates = await createTestCertificates()
      open.push(certificates)
      return { certificates, files: await certificates.issue('us', LOOPBACK) }
    }
    /** What `openssl s_client` prints and is answered; it checks the certificate against the authority. */
    const secureClient = (port: number, authoritiesFile: string, says: string): Promise<string> =>
      new Promise((resolve) => {
        const client = spawn('openssl', [
          ...['s_client', '-connect', `${LOOPBACK}:${port}`, '-CAfile', authoritiesFile],
          ...['-verify_ip', LOOPBACK, '-verify_return_error', '-ign_eof'],
        ])
        let said = ''
        const hear = (chunk: Buffer): void => {
          said += chunk.toString()
          if (said.includes('\r\n\r\n')) client.kill('SIGKILL')
        }
        client.stdout.on('data', hear)
        client.stderr.on('data', hear)
        client.on('close', () => resolve(said))
        client.stdin.write(says)
      })

    test('takes a call over TCP on the port of UDP: told to the hub, answered, hung up by the hub', async () => {
      const edge = await start()
      const hub = await edge.connect()
      const caller = await startSipp(sipp.path ?? '', {
        scenario: 'uac-hub-hangs-up.xml',
        target: edge.target,
        calls: 1,
        transport: 't1',
      })
      const { legId } = await hub.fact('CallArrived')
      expect(await hub.order({ type: 'AnswerLeg', legId })).toMatchObject({ ok: true })
      await hub.fact('LegEstablished')
      await hub.order({ type: 'HangUpLeg', legId, reason: { q850: 16, sipStatus: null } })
      const { exitCode, errors } = await caller.done
      expect(exitCode, errors).toBe(0)
      expect(await hub.fact('LegEnded')).toMatchObject({ cause: { q850: 16, by: 'hub' } })
    })

    test('answers openssl over TLS 1.3 with a certificate that it proves, and tells the hub its port', async () => {
      const { certificates, files } = await withCertificate()
      const edge = await start({ sipTls: { port: 0, ...files } })
      const hub = await edge.connect()
      const { tlsPort } = hub.hello.sip
      expect(tlsPort).toBeGreaterThan(0)
      const request = requestText({
        method: 'OPTIONS',
        via: 'Via: SIP/2.0/TLS 192.0.2.9:5061;branch=z9hG4bKs',
      })
      const said = await secureClient(tlsPort ?? 0, certificates.authoritiesFile, request)
      expect(said).toContain('Verification: OK')
      expect(said).toContain('TLSv1.3')
      const answer = said.slice(said.indexOf('SIP/2.0 200'))
      expect(headerIn(answer, 'Contact')).toBe(`<sip:${LOOPBACK}:${tlsPort};transport=tls>`)
      expect(headerIn(answer, 'Via')).toContain(`received=${LOOPBACK}`)
    })

    test('does not start with a port that is taken, or with a key that is another certificate’s, and says which', async () => {
      const { certificates, files } = await withCertificate()
      const other = await certificates.issue('other', LOOPBACK)
      const taken = createServer()
      await new Promise<void>((resolve) => taken.listen(0, LOOPBACK, resolve))
      open.push({ [Symbol.asyncDispose]: async () => void taken.close() })
      const at = taken.address()
      const port = typeof at === 'object' && at !== null ? at.port : 0
      const refused: readonly (readonly [string, Partial<EdgeConfigInput>])[] = [
        ['SIP_TLS_CERTIFICATE_UNUSABLE', { sipTls: { port: 0, ...files, keyFile: other.keyFile } }],
        ['SIP_TLS_PORT_IN_USE', { sipTls: { port, ...files } }],
        // Over TCP only: what is free over UDP has to be free over both.
        ['SIP_PORT_IN_USE', { sip: { address: LOOPBACK, port } }],
      ]
      for (const [startFailure, config] of refused) {
        const failures: unknown[] = []
        const log = { debug() {}, info() {}, warn() {}, error: (data: object) => void failures.push(data) }
        await expect(startEdgeUnderTest(worker.path, config, log)).rejects.toThrow('the edge ended')
        expect(failures.at(-1)).toMatchObject({ startFailure })
      }
    })
  },
)
