import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSystemClock } from '../clock/index.ts'
import { answerOffer, makeOffer } from '../sdp/index.ts'
import { program } from '../testing/peers.ts'
import {
  createSipCounters,
  createStreamTransport,
  createUdpTransport,
  createUserAgent,
  type IncomingSession,
  type OutgoingSession,
  type SessionEnd,
  type SessionListener,
  type SipTransport,
  type UserAgent,
  watchCertificateFiles,
} from './index.ts'
import { startBaresip } from './testing/baresip.ts'
import { createTestCertificates } from './testing/certificates.ts'
import { type SippRun, startSipp } from './testing/sipp.ts'

const sipp = program('sipp', 'apt-get install sip-tester')
const baresip = program('baresip', 'apt-get install --no-install-recommends baresip-core')
const openssl = program('openssl', 'apt-get install openssl')
const missing = [sipp, baresip, openssl].flatMap((peer) => peer.missing ?? []).join('; ')
const LOOPBACK = '127.0.0.1'
const POLL = { timeout: 15_000 }
const ours = {
  address: LOOPBACK,
  port: 40_004,
  codecs: ['PCMU', 'PCMA'],
  sessionId: '1',
  sessionVersion: 1,
} as const

describe.skipIf(missing !== '')(
  `SIP over streams against SIPp and baresip${missing === '' ? '' : ` (${missing})`}`,
  () => {
    let resources: AsyncDisposableStack
    let userAgent: UserAgent
    let udp: SipTransport
    let tcp: SipTransport
    let tls: SipTransport
    let counters = createSipCounters()
    let ends: SessionEnd[] = []
    let happened: string[] = []
    /** A phone's certificate with its key in one file, as baresip wants it, and whom all of this test believe. */
    let phoneTls: { certificateFile: string; authoritiesFile: string }
    let treat: (session: IncomingSession) => Partial<SessionListener>

    const answer = (session: IncomingSession): Partial<SessionListener> => {
      session.ring()
      const answered = answerOffer(session.offer ?? '', ours)
      if ('refused' in answered) session.reject(488)
      else session.accept(answered.answer)
      return {
        onReinvite: (offer) => {
          const again = answerOffer(offer ?? '', ours)
          if ('refused' in again) return { refuse: 488 }
          happened.push(again.heldByPeer ? 'held' : 'resumed')
          return { sdp: again.answer }
        },
        onAck: () => void happened.push('ack'),
      }
    }

    beforeEach(async () => {
      resources = new AsyncDisposableStack()
      ends = []
      happened = []
      treat = answer
      counters = createSipCounters()
      const clock = createSystemClock()
      const certificates = resources.use(await createTestCertificates())
      const phone = await certificates.issue('phone', LOOPBACK)
      const both = await Promise.all([readFile(phone.certificateFile), readFile(phone.keyFile)])
      const { authoritiesFile } = certificates
      phoneTls = { certificateFile: join(certificates.folder, 'both.pem'), authoritiesFile }
      await writeFile(phoneTls.certificateFile, Buffer.concat(both))
      const identity = resources.use(
        await watchCertificateFiles(
          { ...(await certificates.issue('us', LOOPBACK)), authoritiesFile },
          { clock, onReloaded: () => undefined, onBroken: () => undefined },
        ),
      )
      const at = { address: LOOPBACK, port: 0, clock, counters }
      udp = resources.use(await createUdpTransport({ address: LOOPBACK, port: 0, counters }))
      tcp = resources.use(await createStreamTransport(at))
      tls = resources.use(await createStreamTransport({ ...at, tls: identity }))
      userAgent = resources.use(
        createUserAgent({
          transport: udp,
          streams: [tcp, tls],
          clock,
          counters,
          onInvite: (session) => ({ ...treat(session), onEnded: (end) => void ends.push(end) }),
        }),
      )
    })
    afterEach(async () => {
      await resources.disposeAsync()
    })

    const run = async (scenario: Omit<SippRun, 'target'>): Promise<void> => {
      const peer = await startSipp(sipp.path ?? '', { transport: 't1', ...scenario, target: tcp.local })
      const { exitCode, errors } = await peer.done
      expect(exitCode, errors).toBe(0)
    }

    it.each(['t1', 'tn'] as const)(
      'answers the calls that SIPp makes over TCP (-t %s)',
      async (transport) => {
        await run({ scenario: 'uac-answered.xml', calls: 30, transport })
        expect(ends.map(({ how, by }) => `${how} ${by}`)).toEqual(Array(30).fill('bye peer'))
        expect(counters.snapshot()['sip.connectionsOpened']).toBe(transport === 't1' ? 1 : 30)
      },
    )

    it('hangs up, and is held, over the connection that the call came by', async () => {
      await run({ scenario: 'uac-hold.xml', calls: 3 })
      treat = (session) => ({ ...answer(session), onAck: () => void session.bye({ q850: 16 }) })
      await run({ scenario: 'uac-hub-hangs-up.xml', calls: 10 })
      expect(counters.snapshot()).toMatchObject({ 'sip.connectionsOpened': 2, 'sip.transactionTimeout': 0 })
    })

    it('ends a call that is cancelled while it rings', async () => {
      treat = (session) => {
        session.ring()
        return {}
      }
      await run({ scenario: 'uac-cancel.xml', calls: 10 })
      expect(ends.map((end) => end.how)).toEqual(Array(10).fill('cancelled'))
    })

    it.each(['as its address says', 'because the INVITE is too large for a datagram (§18.1.1)'])(
      'calls SIPp over TCP, %s',
      async (why) => {
        const phone = await startSipp(sipp.path ?? '', {
          scenario: 'builtin:uas',
          calls: 10,
          transport: 't1',
        })
        await sleep(300)
        const large = why.startsWith('because')
        const target = `sip:+39331@${LOOPBACK}:${phone.port}${large ? '' : ';transport=tcp'}`
        const offer = makeOffer(ours) + (large ? `a=x:${'x'.repeat(1_300)}\r\n` : '')
        const calls = Array.from({ length: 10 }, () => {
          const over = Promise.withResolvers<SessionEnd>()
          const session: OutgoingSession = userAgent.invite({
            target,
            offer,
            listener: { onAnswered: () => void session.bye(), onEnded: over.resolve },
          })
          return over.promise
        })
        expect((await Promise.all(calls)).map((end) => end.how)).toEqual(Array(10).fill('bye'))
        const { exitCode, errors } = await phone.done
        expect(exitCode, errors).toBe(0)
        expect(counters.snapshot()['sip.connectionsOpened']).toBe(1)
      },
    )

    it.each(['tcp', 'tls'] as const)(
      'takes the call of baresip over %s, is held and hung up',
      async (over) => {
        await using phone = await startBaresip(baresip.path ?? '', { transport: over, tls: phoneTls })
        const port = over === 'tcp' ? tcp.local.port : tls.local.port
        phone.command('dial', `sip:+39021234@${LOOPBACK}:${port}`)
        await expect.poll(() => happened, POLL).toEqual(['ack'])
        phone.command('hold')
        await expect.poll(() => happened, POLL).toContain('held')
        phone.command('resume')
        await expect.poll(() => happened, POLL).toContain('resumed')
        phone.command('hangup')
        await expect.poll(() => ends.map(({ how, by }) => `${how} ${by}`), POLL).toEqual(['bye peer'])
      },
    )

    it.each(['tcp', 'tls'] as const)('hangs up the call of baresip over %s', async (over) => {
      await using phone = await startBaresip(baresip.path ?? '', { transport: over, tls: phoneTls })
      const port = over === 'tcp' ? tcp.local.port : tls.local.port
      phone.command('dial', `sip:+39021234@${LOOPBACK}:${port}`)
      await expect.poll(() => happened, POLL).toEqual(['ack'])
      userAgent.sessions()[0]?.end({ q850: 16 })
      await userAgent.shutdown({ q850: 16 }, 10_000)
      expect(counters.snapshot()).toMatchObject({ 'sip.transactionTimeout': 0, 'sip.connectionsOpened': 1 })
    })

    it.each(['tcp', 'tls'] as const)(
      'calls baresip over %s, its certificate proved, and hangs up',
      async (over) => {
        await using phone = await startBaresip(baresip.path ?? '', { transport: over, tls: phoneTls })
        const port = over === 'tcp' ? phone.sipPort : phone.sipPort + 1
        const ended = Promise.withResolvers<SessionEnd>()
        const session: OutgoingSession = userAgent.invite({
          target: `sip:phone@${LOOPBACK}:${port};transport=${over}`,
          offer: makeOffer(ours),
          listener: { onAnswered: () => void session.bye(), onEnded: ended.resolve },
        })
        expect(await ended.promise).toMatchObject({ how: 'bye', by: 'local' })
        await userAgent.shutdown({ q850: 16 }, 10_000)
        expect(counters.snapshot()['sip.tlsFailed']).toBe(0)
      },
    )
  },
)
