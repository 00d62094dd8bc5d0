import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSystemClock } from '../clock/index.ts'
import { answerOffer, makeOffer, readAnswer } from '../sdp/index.ts'
import { program } from '../testing/peers.ts'
import {
  createSipCounters,
  createUdpTransport,
  createUserAgent,
  type IncomingSession,
  type OutgoingSession,
  type UserAgent,
} from './index.ts'
import { type Baresip, startBaresip } from './testing/baresip.ts'
import type { SipTransport } from './transport/sip-transport.ts'

const baresip = program('baresip', 'apt-get install --no-install-recommends baresip-core')
const ours = {
  address: '127.0.0.1',
  port: 40_002,
  codecs: ['PCMU', 'PCMA'],
  sessionId: '1',
  sessionVersion: 1,
} as const

describe.skipIf(baresip.missing !== null)(
  `SIP against baresip${baresip.missing === null ? '' : ` (${baresip.missing})`}`,
  () => {
    let phone: Baresip
    let transport: SipTransport
    let userAgent: UserAgent
    let counters = createSipCounters()
    let happened: string[] = []
    let incoming: IncomingSession | null = null
    const happens = (what: string) => expect.poll(() => happened, { timeout: 15_000 }).toContain(what)

    beforeEach(async () => {
      happened = []
      incoming = null
      phone = await startBaresip(baresip.path ?? '')
      counters = createSipCounters()
      transport = await createUdpTransport({ address: '127.0.0.1', port: 0, counters })
      userAgent = createUserAgent({
        counters,
        transport,
        clock: createSystemClock(),
        onInvite: (session) => {
          incoming = session
          happened.push(`call to ${session.requestUri.user}`)
          session.ring()
          const answered = answerOffer(session.offer ?? '', ours)
          if ('refused' in answered) session.reject(488)
          else session.accept(answered.answer)
          return {
            onAck: ({ of }) => void happened.push(`ack of ${of}`),
            onReinvite: (offer) => {
              const answer = answerOffer(offer ?? '', ours)
              if ('refused' in answer) return { refuse: 488 }
              happened.push(answer.heldByPeer ? 'held' : 'resumed')
              return { sdp: answer.answer }
            },
            onEnded: (end) => void happened.push(`${end.how} by ${end.by}`),
          }
        },
      })
    })
    afterEach(async () => {
      await userAgent[Symbol.asyncDispose]()
      await transport[Symbol.asyncDispose]()
      await phone[Symbol.asyncDispose]()
    })

    it('takes its call, is held, resumed and hung up by it', async () => {
      phone.command('dial', `sip:+39021234@127.0.0.1:${transport.local.port}`)
      await happens('call to +39021234')
      await happens('ack of invite')
      phone.command('hold')
      await happens('held')
      await happens('ack of reinvite')
      phone.command('resume')
      await happens('resumed')
      phone.command('hangup')
      await happens('bye by peer')
    })

    it('hangs up its call', async () => {
      phone.command('dial', `sip:+39021234@127.0.0.1:${transport.local.port}`)
      await happens('ack of invite')
      incoming?.bye({ q850: 16 })
      expect(happened).toContain('bye by local')
      // Its 200 has come: nothing is left to wait for.
      await userAgent.shutdown({ q850: 16 }, 15_000)
      expect(counters.snapshot()['sip.transactionTimeout']).toBe(0)
    })

    it('calls it, holds it, and hangs up', async () => {
      const outcomes: string[] = []
      const holdAndResume = async (session: OutgoingSession): Promise<void> => {
        for (const direction of ['sendonly', 'sendrecv'] as const) {
          const outcome = await session.reinvite(makeOffer({ ...ours, direction, sessionVersion: 2 }))
          outcomes.push(outcome.outcome)
        }
      }
      await new Promise<void>((resolve) => {
        const session: OutgoingSession = userAgent.invite({
          target: `sip:phone@127.0.0.1:${phone.sipPort}`,
          offer: makeOffer(ours),
          listener: {
            onAnswered: ({ sdp }) => {
              expect(readAnswer(sdp ?? '', ours)).toMatchObject({ codec: 'PCMU', direction: 'sendrecv' })
              void holdAndResume(session).then(() => session.bye())
            },
            onEnded: () => resolve(),
          },
        })
      })
      expect(outcomes).toEqual(['answered', 'answered'])
    })
  },
)
