import type { DomainEvent } from '../kernel/event.ts'
import type { AgentId, CallId, CustomerId, InteractionId, LegId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'

/** Why a leg or a call ended: a Q.850 cause, the SIP status where there was one, and which side did it. */
export type HangUpCause = {
  /** ITU-T Q.850 cause value: 16 normal clearing, 17 user busy, 19 no answer, 31 normal unspecified, 41 temporary failure … */
  readonly q850: number
  readonly sipStatus: number | null
  readonly by: 'customer' | 'agent' | 'hub'
}

export type LegParty = { readonly kind: 'customer' } | { readonly kind: 'agent'; readonly agentId: AgentId }

/** What a leg hears while nobody talks to it. */
export type Treatment = 'greeting' | 'music' | 'holdMusic'

/** Each side may hold on its own. */
export type HoldingSide = 'customer' | 'agent'

/** Streams `call-{id}`. A call has legs; each leg `offered → ringing → answered → held → ended(cause)`. */
export type CallEvent =
  | DomainEvent<
      'CallReceived',
      {
        callId: CallId
        interactionId: InteractionId
        customerId: CustomerId
        legId: LegId
        /** Caller as normalised (E.164), null when withheld or not a number. */
        from: string | null
        fromRaw: string
        /** Which header named the caller: P-Asserted-Identity (RFC 3325) is preferred to From. */
        fromHeader: 'P-Asserted-Identity' | 'From'
        /** Dialled number, E.164. */
        to: string
        toRaw: string
        sipCallId: string
        at: Instant
      }
    >
  | DomainEvent<'LegOffered', { callId: CallId; legId: LegId; party: LegParty; at: Instant }>
  | DomainEvent<'LegRinging', { callId: CallId; legId: LegId; at: Instant }>
  | DomainEvent<'LegAnswered', { callId: CallId; legId: LegId; at: Instant }>
  | DomainEvent<'TreatmentStarted', { callId: CallId; legId: LegId; treatment: Treatment; at: Instant }>
  | DomainEvent<'LegsBridged', { callId: CallId; legIds: readonly [LegId, LegId]; at: Instant }>
  | DomainEvent<'LegHeld', { callId: CallId; legId: LegId; by: HoldingSide; at: Instant }>
  | DomainEvent<'LegResumed', { callId: CallId; legId: LegId; by: HoldingSide; at: Instant }>
  | DomainEvent<'LegMuted', { callId: CallId; legId: LegId; at: Instant }>
  | DomainEvent<'LegUnmuted', { callId: CallId; legId: LegId; at: Instant }>
  | DomainEvent<'DigitReceived', { callId: CallId; legId: LegId; digit: string; at: Instant }>
  | DomainEvent<'LegEnded', { callId: CallId; legId: LegId; cause: HangUpCause; at: Instant }>
  | DomainEvent<'CallEnded', { callId: CallId; cause: HangUpCause; at: Instant }>
