import { createManualClock } from '../clock/testing/manual-clock.ts'
import type { EdgeFactBody } from '../edge-contract/facts.ts'
import { createFakeMedia } from '../media/fake/fake-media.ts'
import { makeOffer } from '../sdp/index.ts'
import type { EndReason, IncomingSession, SessionEnd, SessionListener } from '../sip/index.ts'
import type { CallContext } from './context.ts'
import { receiveCall } from './incoming-call.ts'
import { LegTable } from './leg-table.ts'

const party = (uri: string) => ({ uri, user: 'user', displayName: null })

export type FakeSession = IncomingSession & {
  /** What the edge did: `ring`, `accept`, `reject 404`, `bye 16` … */
  readonly did: string[]
  /** Makes the next accept fail, as when a CANCEL crossed. */
  cancelBeforeAccept(): void
  listener: SessionListener
  /** Our SDP of the last accept. */
  accepted: string | null
  end(reason: EndReason): void
}

export const offerOf = (
  codecs: readonly ('PCMU' | 'PCMA')[],
  direction: 'sendrecv' | 'sendonly' = 'sendrecv',
) => makeOffer({ address: '192.0.2.7', port: 4_000, codecs, direction, sessionId: '1', sessionVersion: 1 })

/** An INVITE as the user agent would hand it over. */
export const fakeSession = (
  offer: string | null = offerOf(['PCMA']),
  who: Partial<Pick<IncomingSession, 'assertedIdentity' | 'identityWithheld'>> = {},
): FakeSession => {
  let status: ReturnType<IncomingSession['status']> = 'proceeding'
  let crossed = false
  const finish = (end: SessionEnd): void => {
    status = 'ended'
    session.listener.onEnded(end)
  }
  const session: FakeSession = {
    did: [],
    accepted: null,
    listener: { onEnded: () => undefined },
    direction: 'incoming',
    id: 'id',
    callId: 'call-id',
    from: party('sip:+390299988877@192.0.2.7'),
    to: party('sip:+390281680001@192.0.2.1'),
    requestUri: party('sip:+390281680001@192.0.2.1'),
    assertedIdentity: null,
    identityWithheld: false,
    ...who,
    offer,
    source: { address: '192.0.2.7', port: 5_060 },
    status: () => status,
    ring: () => {
      session.did.push('ring')
    },
    accept: (sdp) => {
      if (crossed || status !== 'proceeding') return false
      session.did.push('accept')
      session.accepted = sdp
      status = 'accepted'
      return true
    },
    reject: (code) => {
      session.did.push(`reject ${code}`)
      finish({ how: 'refused', by: 'local', q850: 21, sipStatus: code })
      return true
    },
    bye: () => false,
    end: ({ q850, sipStatus }) => {
      if (status === 'ended') return
      if (status === 'proceeding') {
        session.did.push(`reject ${sipStatus ?? 0}`)
        finish({ how: 'refused', by: 'local', q850, sipStatus: sipStatus ?? 500 })
        return
      }
      session.did.push(`bye ${q850}`)
      finish({ how: 'bye', by: 'local', q850, sipStatus: null })
    },
    reinvite: async () => ({ outcome: 'notPossible' }),
    cancelBeforeAccept: () => {
      crossed = true
    },
  }
  return session
}

/** Call control on fake media, a clock that stands still and a list instead of a hub. */
export const createTestControl = () => {
  const facts: EdgeFactBody[] = []
  const media = createFakeMedia()
  const clock = createManualClock()
  const errors: unknown[] = []
  const situation: { noRoom: ReturnType<CallContext['noRoom']>; away: boolean } = {
    noRoom: null,
    away: false,
  }
  let legs = 0
  const context: CallContext = {
    legs: new LegTable(),
    media,
    clock,
    tell: (body) => {
      facts.push(body)
    },
    noRoom: () => situation.noRoom,
    admitCalls: (admit) => {
      situation.noRoom = admit ? null : 'notAdmitted'
    },
    hubIsAway: () => situation.away,
    count: () => undefined,
    report: (_what, error) => {
      errors.push(error)
    },
    newLegId: () => {
      legs += 1
      return `leg-${legs}`
    },
    limits: { legs: 4, firstOrderMilliseconds: 10_000, bridgeMilliseconds: 5_000 },
  }
  const invite = (session = fakeSession()): FakeSession => {
    session.listener = receiveCall(context, session)
    return session
  }
  return {
    context,
    facts,
    media,
    clock,
    errors,
    situation,
    invite,
    factTypes: () => facts.map(({ type }) => type),
  }
}
