import type { Clock } from '../../clock/clock.ts'
import type { SipCounters } from '../counters.ts'
import type { SipLog } from '../log.ts'
import type { MessageLimits } from '../message/limits.ts'
import type { Locate } from '../transport/locate.ts'
import type { SipTransport } from '../transport/sip-transport.ts'
import type { IncomingSession, OutgoingListener, OutgoingSession, SessionListener } from './session.ts'

export type UserAgentOptions = {
  readonly transport: SipTransport
  /** TCP and TLS beside it. */
  readonly streams?: readonly SipTransport[]
  readonly clock: Clock
  /** How others reach us, for Via and Contact. Defaults to where the transport is bound. */
  readonly contact?: { readonly user?: string; readonly address?: string; readonly port?: number }
  /** A call arrives. The listener returned hears all that follows; what happens within this function included. */
  onInvite(session: IncomingSession): SessionListener
  /** An initial INVITE that the stack refused itself, with why as a literal code. */
  onRefused?(refusal: { readonly callId: string; readonly status: number; readonly code: string }): void
  readonly counters?: SipCounters
  readonly log?: SipLog
  /** User-Agent and Server header. Default `Centralino`. */
  readonly name?: string
  readonly limits?: Partial<UserAgentLimits>
  readonly messageLimits?: Partial<MessageLimits>
  /** Finds the address of a next hop. Default: numeric hosts at once, names through the system's resolver. */
  readonly locate?: Locate
  /** Random text of 16 or more token characters, for tags, branches and Call-IDs. Default: 96 bits from node:crypto. */
  readonly randomToken?: () => string
  /** 0 ≤ n < 1, for the waits that the RFC wants random. Default Math.random. */
  readonly random?: () => number
}

export type UserAgentLimits = {
  /** Sessions that live at once; one more is refused with 503. Default 2000. */
  readonly sessions: number
  /** Transactions that live at once; requests beyond are answered 503 without state. Default 40 000: 8 KB each. */
  readonly transactions: number
  /** Longest that an outgoing call may ring, milliseconds. Default 180 000. */
  readonly ringingMilliseconds: number
}

export type OutgoingCall = {
  /** Request-URI and To: `sip:+39021234@192.0.2.4:5060`. */
  readonly target: string
  /** From; default `sip:{contact.user}@{contact.address}`. */
  readonly from?: { readonly uri: string; readonly displayName?: string }
  readonly offer: string
  /** Sends here rather than to the target's host (an outbound proxy's address). */
  readonly destination?: { readonly address: string; readonly port: number }
  /** Further headers, for example P-Asserted-Identity. */
  readonly headers?: readonly (readonly [name: string, value: string])[]
  readonly listener: OutgoingListener
}

export type UserAgent = AsyncDisposable & {
  /** Throws a `RangeError` on a target that is no sip URI. */
  invite(call: OutgoingCall): OutgoingSession
  /** Sessions that live. */
  sessions(): readonly (IncomingSession | OutgoingSession)[]
  /** What lives in the transaction layer, for tests and gauges. */
  transactions(): { readonly client: number; readonly server: number }
  /**
   * Refuses what is new with 503, ends what lives with `reason` and resolves when each BYE, CANCEL and refusal is
   * answered, or after `withinMilliseconds` (default 2000). The transport is left open: dispose of it afterwards.
   */
  shutdown(reason?: { readonly q850: number }, withinMilliseconds?: number): Promise<void>
}
