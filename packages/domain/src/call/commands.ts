import type { Refusal } from '../kernel/decision.ts'
import type { CallId, CustomerId, InteractionId, LegId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { HangUpCause, HoldingSide, LegParty, Treatment } from './events.ts'

type Of<T extends string, Data> = {
  readonly type: T
  readonly callId: CallId
  readonly at: Instant
} & Readonly<Data>

/** Mostly facts that telephony reports, in the order it saw them; a repeated fact is accepted with no events. */
export type CallCommand =
  | Of<
      'ReceiveCall',
      {
        interactionId: InteractionId
        customerId: CustomerId
        legId: LegId
        from: string | null
        fromRaw: string
        fromHeader: 'P-Asserted-Identity' | 'From'
        to: string
        toRaw: string
        sipCallId: string
      }
    >
  | Of<'OfferLeg', { legId: LegId; party: LegParty }>
  | Of<'RecordRinging', { legId: LegId }>
  | Of<'RecordAnswer', { legId: LegId }>
  | Of<'StartTreatment', { legId: LegId; treatment: Treatment }>
  | Of<'Bridge', { legIds: readonly [LegId, LegId] }>
  | Of<'Hold', { legId: LegId; by: HoldingSide }>
  | Of<'Resume', { legId: LegId; by: HoldingSide }>
  | Of<'Mute', { legId: LegId }>
  | Of<'Unmute', { legId: LegId }>
  | Of<'RecordDigit', { legId: LegId; digit: string }>
  /** Ends a leg. When the last leg ends, or the customer's, the call ends too. */
  | Of<'EndLeg', { legId: LegId; cause: HangUpCause }>
  | Of<'EndCall', { cause: HangUpCause }>

export type CallRefusal =
  | Refusal<'CALL_UNKNOWN', { callId: CallId }>
  | Refusal<'CALL_EXISTS', { callId: CallId }>
  | Refusal<'CALL_ENDED', { callId: CallId }>
  | Refusal<'LEG_UNKNOWN', { callId: CallId; legId: LegId }>
  | Refusal<'LEG_ENDED', { callId: CallId; legId: LegId }>
  | Refusal<'ILLEGAL_LEG_MOVE', { callId: CallId; legId: LegId; from: string; command: string }>
