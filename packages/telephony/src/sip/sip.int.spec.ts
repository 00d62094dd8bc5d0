import { createSocket } from 'node:dgram'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../clock/clock.ts'
import { createSystemClock } from '../clock/index.ts'
import { answerOffer, makeOffer, readAnswer } from '../sdp/index.ts'
import { program } from '../testing/peers.ts'
import type { IncomingSession, OutgoingSession, SessionEnd, SessionListener, UserAgent } from './index.ts'
import { createSipCounters, createUdpTransport, createUserAgent } from './index.ts'
import { type LossyTransport, lossyTransport } from './testing/lossy-transport.ts'
import { firstLine, requestText } from './testing/messages.ts'
import { type Sipp, type SippRun, startSipp } from './testing/sipp.ts'
import type { SipTransport } from './transport/sip-transport.ts'

const sipp = program('sipp', 'apt-get install sip-tester')
const LOOPBACK = '127.0.0.1'
const ours = {
  address: LOOPBACK,
  port: 40_000,
  codecs: ['PCMU', 'PCMA'],
  sessionId: '1',
  sessionVersion: 1,
} as const

describe.skipIf(sipp.missing !== null)(
  `SIP against SIPp${sipp.missing === null ? '' : ` (${sipp.missing})`}`,
  () => {
    let transport: SipTransport
    let network: LossyTransport
    let userAgent: UserAgent
    let counters = createSipCounters()
    let ends: SessionEnd[] = []
    let logged: string[] = []
    /** What a test does with a call that arrives. */
    let treat: (session: IncomingSession) => Partial<SessionListener>

    const answerWith = (session: IncomingSession, offer: string | null): void => {
      if (offer === null) {
        session.accept(makeOffer(ours))
        return
      }
      const answered = answerOffer(offer, ours)
      if ('refused' in answered) session.reject(488)
      else session.accept(answered.answer)
    }
    const ringAndAnswer = (session: IncomingSession): Partial<SessionListener> => {
      session.ring()
      setTimeout(() => answerWith(session, session.offer), 5)
      return {
        onReinvite: (offer) => {
          const answered = offer === null ? null : answerOffer(offer, ours)
          return answered === null || 'refused' in answered ? { refuse: 488 } : { sdp: answered.answer }
        },
      }
    }
    const open = async (clock: Clock = createSystemClock()): Promise<void> => {
      counters = createSipCounters()
      transport = await createUdpTransport({ address: LOOPBACK, port: 0, counters })
      network = lossyTransport(transport)
      userAgent = createUserAgent({
        transport: network.transport,
        clock,
        counters,
        log: (_level, message) => logged.push(message),
        onInvite: (session) => ({ ...treat(session), onEnded: (end) => ends.push(end) }),
      })
    }
    const close = async (): Promise<void> => {
      await userAgent[Symbol.asyncDispose]()
      await transport[Symbol.asyncDispose]()
    }
    /** Every call went as SIPp's scenario says. */
    const wentWell = async (peer: Sipp): Promise<void> => {
      const { exitCode, errors } = await peer.done
      expect(exitCode, errors).toBe(0)
    }
    const run = async (scenario: Omit<SippRun, 'target'>): Promise<void> => {
      const peer = await startSipp(sipp.path ?? '', { ...scenario, target: transport.local })
      await wentWell(peer)
    }
    const dialled = (port: number, does: (session: OutgoingSession) => void): Promise<SessionEnd> =>
      new Promise((resolve) => {
        const session: OutgoingSession = userAgent.invite({
          target: `sip:+39331@${LOOPBACK}:${port}`,
          offer: makeOffer(ours),
          listener: {
            onProgress: () => {
              if (session.status() === 'ringing') progress(session)
            },
            onAnswered: ({ sdp }) => {
              expect(readAnswer(sdp ?? '', ours)).toMatchObject({ codec: 'PCMU' })
              does(session)
            },
            onEnded: resolve,
          },
        })
      })
    let progress: (session: OutgoingSession) => void = () => undefined

    beforeEach(async () => {
      ends = []
      logged = []
      treat = ringAndAnswer
      progress = () => undefined
      await open()
    })
    afterEach(async () => {
      await close()
      expect(logged).toEqual([])
    })

    describe('as the one who is called', () => {
      it('answers a call that the caller hangs up', async () => {
        await run({ scenario: 'uac-answered.xml', calls: 20 })
        expect(ends.map((end) => `${end.how} ${end.by} ${end.q850}`)).toEqual(Array(20).fill('bye peer 16'))
      })

      it('hangs up itself, with the cause as Reason', async () => {
        treat = (session) => ({ ...ringAndAnswer(session), onAck: () => void session.bye({ q850: 16 }) })
        await run({ scenario: 'uac-hub-hangs-up.xml', calls: 10 })
      })

      it('sends its 200 again until the ACK that was held back arrives', async () => {
        await run({ scenario: 'uac-late-ack.xml', calls: 3 })
        // At 0.5 and 1.5 s for each call.
        expect(counters.snapshot()['sip.retransmissionSent']).toBeGreaterThanOrEqual(6)
      })

      it('ends a call that is cancelled while it rings', async () => {
        treat = (session) => {
          session.ring()
          return {}
        }
        await run({ scenario: 'uac-cancel.xml', calls: 10 })
        expect(ends.map((end) => end.how)).toEqual(Array(10).fill('cancelled'))
      })

      it('refuses an offer without a common codec with 488', async () => {
        treat = (session) => {
          answerWith(session, session.offer)
          return {}
        }
        await run({ scenario: 'uac-no-common-codec.xml', calls: 5 })
      })

      it('is held and resumed by re-INVITE', async () => {
        await run({ scenario: 'uac-hold.xml', calls: 5 })
      })

      it('makes the offer where the caller made none, and reads the answer in its ACK', async () => {
        const answers: (string | null)[] = []
        treat = (session) => ({ ...ringAndAnswer(session), onAck: ({ sdp }) => void answers.push(sdp) })
        await run({ scenario: 'uac-late-offer.xml', calls: 3 })
        expect(answers.map((sdp) => readAnswer(sdp ?? '', ours))).toMatchObject(
          Array(3).fill({ codec: 'PCMA' }),
        )
      })

      it('tells what it can in answer to OPTIONS', async () => {
        await run({ scenario: 'uac-options.xml', calls: 5 })
      })

      it('brings every call through a network that loses one packet in ten', async () => {
        network.lose(10)
        await run({ scenario: 'builtin:uac', calls: 60, rate: 30 })
        expect(counters.snapshot()['sip.retransmissionSent']).toBeGreaterThan(0)
      })
    })

    describe('as the caller', () => {
      it('calls a phone and hangs up', async () => {
        const phone = await startSipp(sipp.path ?? '', { scenario: 'builtin:uas', calls: 20 })
        await sleep(300)
        const all = Array.from({ length: 20 }, () => dialled(phone.port, (session) => session.bye()))
        expect((await Promise.all(all)).map((end) => end.how)).toEqual(Array(20).fill('bye'))
        await wentWell(phone)
      })

      it('brings every call through a network that loses one packet in ten', async () => {
        const phone = await startSipp(sipp.path ?? '', { scenario: 'builtin:uas', calls: 40 })
        await sleep(300)
        network.lose(10)
        const all = Array.from({ length: 40 }, () =>
          dialled(phone.port, (session) => setTimeout(() => session.bye(), 50)),
        )
        expect((await Promise.all(all)).map((end) => end.how)).toEqual(Array(40).fill('bye'))
        await wentWell(phone)
      })

      it('hears that a phone is busy', async () => {
        const phone = await startSipp(sipp.path ?? '', { scenario: 'uas-busy.xml', calls: 1 })
        await sleep(300)
        expect(await dialled(phone.port, () => undefined)).toMatchObject({
          how: 'refused',
          sipStatus: 486,
          q850: 17,
        })
        await wentWell(phone)
      })

      it('is hung up by the phone, with the cause that it names', async () => {
        const phone = await startSipp(sipp.path ?? '', { scenario: 'uas-hangs-up.xml', calls: 1 })
        await sleep(300)
        expect(await dialled(phone.port, () => undefined)).toEqual({
          how: 'bye',
          by: 'peer',
          q850: 31,
          sipStatus: null,
        })
        await wentWell(phone)
      })

      it('holds a phone and resumes', async () => {
        const phone = await startSipp(sipp.path ?? '', { scenario: 'uas-held.xml', calls: 1 })
        await sleep(300)
        const directions: string[] = []
        const holdAndResume = async (session: OutgoingSession): Promise<void> => {
          for (const direction of ['sendonly', 'sendrecv'] as const) {
            const outcome = await session.reinvite(makeOffer({ ...ours, direction, sessionVersion: 2 }))
            directions.push(outcome.outcome)
          }
        }
        await dialled(phone.port, (session) => void holdAndResume(session).then(() => session.bye()))
        expect(directions).toEqual(['answered', 'answered'])
        await wentWell(phone)
      })

      it('acknowledges and hangs up a phone that answers in the moment of its CANCEL', async () => {
        const phone = await startSipp(sipp.path ?? '', { scenario: 'uas-cancel-crosses-200.xml', calls: 1 })
        await sleep(300)
        progress = (session) => session.cancel()
        expect(await dialled(phone.port, () => undefined)).toMatchObject({ how: 'cancelled', by: 'local' })
        await wentWell(phone)
      })
    })

    describe('under bad input', () => {
      it('answers what is malformed or oversized as the RFC says, counts it, and takes calls as before', async () => {
        const socket = createSocket('udp4')
        const answers: string[] = []
        socket.on('message', (bytes) => answers.push(firstLine(bytes.toString())))
        const via = 'Via: SIP/2.0/UDP 127.0.0.1:9;branch=z9hG4bKbad;rport'
        const broken = [
          requestText({ method: 'OPTIONS', via }).replace('1 OPTIONS', 'one OPTIONS'),
          requestText({ via, body: 'x'.repeat(60_000) }),
          requestText({ via }).replace('SIP/2.0\r\n', 'SIP/7.0\r\n'),
          requestText({ method: 'ACK', via }).replace('1 ACK', 'x'),
          'SIP/2.0 200 OK\r\n\r\n',
          '\r\n\r\n',
          'x'.repeat(65_000),
        ]
        for (const text of broken) {
          await new Promise<void>((resolve, reject) =>
            socket.send(text, transport.local.port, LOOPBACK, (error) => (error ? reject(error) : resolve())),
          )
        }
        await run({ scenario: 'uac-answered.xml', calls: 1 })
        await new Promise<void>((resolve) => socket.close(() => resolve()))
        expect(answers.sort()).toEqual([
          'SIP/2.0 400 Bad Request',
          'SIP/2.0 505 Version Not Supported',
          'SIP/2.0 513 Message Too Large',
        ])
        expect(counters.snapshot()).toMatchObject({
          'sip.malformed': 4,
          'sip.oversized': 2,
          'sip.malformedAnswered': 3,
          'sip.keepAlive': 1,
        })
      })
    })

    describe('over many calls', () => {
      it('keeps nothing of 300 calls in and 100 calls out: no session, no transaction, no timer', async () => {
        await close()
        const clock = countingClock(20)
        await open(clock)
        await run({ scenario: 'builtin:uac', calls: 300, rate: 100, atOnce: 50 })
        const phone = await startSipp(sipp.path ?? '', { scenario: 'builtin:uas', calls: 100 })
        await sleep(300)
        for (let call = 0; call < 100; call++) await dialled(phone.port, (session) => session.bye())
        await wentWell(phone)
        expect(counters.snapshot()).toMatchObject({
          'sip.callsIn': 300,
          'sip.callsOut': 100,
          'sip.callsEnded': 400,
        })
        // The last timers run for 32 s; on this clock for 1.6 s.
        await expect.poll(() => clock.pending(), { timeout: 10_000 }).toBe(0)
        expect(userAgent.transactions()).toEqual({ client: 0, server: 0 })
        expect(userAgent.sessions()).toEqual([])
      })
    })
  },
)

/** A clock on which time passes `times` as fast, and that counts its timers. */
const countingClock = (times: number): Clock & { pending(): number } => {
  const system = createSystemClock()
  const pending = new Set<symbol>()
  return {
    now: () => system.now() * times,
    setTimer: (milliseconds, fire) => {
      const id = Symbol()
      pending.add(id)
      const cancel = system.setTimer(milliseconds / times, () => {
        pending.delete(id)
        fire()
      })
      return () => {
        pending.delete(id)
        cancel()
      }
    },
    pending: () => pending.size,
  }
}
