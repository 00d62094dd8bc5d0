import { createManualClock } from '../../clock/testing/manual-clock.ts'
import { createSipCounters } from '../counters.ts'
import type { IncomingSession, OutgoingListener, SessionEnd, SessionListener } from '../user-agent/session.ts'
import { createUserAgent } from '../user-agent/user-agent.ts'
import type { UserAgentOptions } from '../user-agent/user-agent-options.ts'
import { createFakeTransport } from './fake-transport.ts'
import { ANSWER, firstLine, OFFER, type RequestText, requestText, responseText, tagIn } from './messages.ts'

export type Told = {
  readonly acks: { readonly sdp: string | null; readonly of: string }[]
  readonly ends: SessionEnd[]
  readonly progress: number[]
  readonly answers: (string | null)[]
}

/** A user agent on a manual clock and a fake transport, with the peer's messages at hand. */
export const userAgentBench = (
  options: Partial<UserAgentOptions> & { listener?: Partial<SessionListener> } = {},
) => {
  const clock = createManualClock()
  const wire = createFakeTransport()
  const counters = createSipCounters()
  const told: Told = { acks: [], ends: [], progress: [], answers: [] }
  const sessions: IncomingSession[] = []
  const refusals: string[] = []
  const logged: string[] = []
  let token = 0
  const listener: SessionListener = {
    onAck: (ack) => told.acks.push(ack),
    onEnded: (end) => told.ends.push(end),
    ...options.listener,
  }
  const userAgent = createUserAgent({
    transport: wire,
    clock,
    counters,
    random: () => 0.5,
    randomToken: () => `token${token++}`,
    log: (_level, message) => logged.push(message),
    onInvite: (session) => {
      sessions.push(session)
      return listener
    },
    onRefused: (refusal) => refusals.push(`${refusal.status} ${refusal.code}`),
    ...options,
  })

  const lines = (): readonly string[] => wire.sent.map((sent) => firstLine(sent.text))
  /** Statuses sent since the last `clear`. */
  const statuses = (): readonly number[] =>
    lines().flatMap((line) => (line.startsWith('SIP/') ? [Number(line.split(' ')[1])] : []))
  /** Methods sent since the last `clear`. */
  const methods = (): readonly string[] =>
    lines().flatMap((line) => (line.startsWith('SIP/') ? [] : [line.split(' ')[0] ?? '']))
  const last = (start: string): string => {
    const found = wire.sent.findLast((sent) => sent.text.startsWith(start))
    if (found === undefined) throw new Error(`nothing sent that starts with ${start}: ${lines().join(', ')}`)
    return found.text
  }

  /** A call from the peer. */
  const call = (parts: RequestText = {}): IncomingSession => {
    wire.receive(requestText(parts))
    const session = sessions.at(-1)
    if (session === undefined) throw new Error('no call')
    return session
  }
  /** A request of the peer within the dialog of its call. */
  const within = (method: string, parts: RequestText = {}): void => {
    const established = wire.sent.findLast((sent) => /^SIP\/2\.0 (?:1[8-9]\d|2\d\d)/.test(sent.text))
    const toTag = established === undefined ? 'unknown' : tagIn(established.text, 'To')
    wire.receive(requestText({ method, toTag, branch: `z9hG4bK${method}${parts.cseq ?? ''}`, ...parts }))
  }
  /** A call from the peer, answered and acknowledged; what was sent is forgotten, but for the tag. */
  const established = (parts: RequestText = {}): { session: IncomingSession; toTag: string } => {
    const session = call(parts)
    session.accept(ANSWER)
    const toTag = tagIn(last('SIP/2.0 200'), 'To') ?? ''
    wire.receive(requestText({ method: 'ACK', toTag, branch: 'z9hG4bKack' }))
    wire.clear()
    return { session, toTag }
  }
  /** Our call to the peer at 192.0.2.9. */
  const dial = (outgoing: Partial<OutgoingListener> = {}) =>
    userAgent.invite({
      target: 'sip:+39331@192.0.2.9',
      offer: OFFER,
      listener: {
        onProgress: (progress) => told.progress.push(progress.status),
        onAnswered: (answer) => told.answers.push(answer.sdp),
        onEnded: (end) => told.ends.push(end),
        ...outgoing,
      },
    })
  /** The peer answers the last request of ours that begins with `method`. */
  const answer = (method: string, status: number, parts: Parameters<typeof responseText>[2] = {}): void =>
    wire.receive(responseText(last(`${method} `), status, parts))

  return {
    clock,
    wire,
    counters,
    told,
    sessions,
    refusals,
    logged,
    userAgent,
    lines,
    statuses,
    methods,
    last,
    call,
    within,
    established,
    dial,
    answer,
  }
}
