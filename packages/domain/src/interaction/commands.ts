import type { ContactPoint } from '../contact-point/events.ts'
import type { Refusal } from '../kernel/decision.ts'
import type {
  AgentId,
  CallId,
  CustomerId,
  InteractionId,
  MailId,
  OfferId,
  QueueId,
  ThreadId,
} from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type {
  Channel,
  CustomerCandidate,
  Disposition,
  HandlingEnd,
  PutBackReason,
  ReopenReason,
} from './events.ts'

type Of<T extends string, Data> = {
  readonly type: T
  readonly interactionId: InteractionId
  readonly at: Instant
} & Readonly<Data>

export type InteractionCommand =
  | Of<
      'OpenInteraction',
      {
        channel: Channel
        direction: 'inbound' | 'outbound'
        customerId: CustomerId
        candidates: readonly CustomerCandidate[]
        contactPoint: ContactPoint
        entryPoint: string
        subject: string | null
        carrier: { kind: 'call'; callId: CallId } | { kind: 'thread'; threadId: ThreadId }
      }
    >
  | Of<'QueueInteraction', { queueId: QueueId }>
  | Of<'RecordOffer', { offerId: OfferId; agentId: AgentId; expiresAt: Instant }>
  | Of<'EndOffer', { offerId: OfferId; how: 'lapsed' | 'declined' | 'withdrawn' }>
  | Of<'StartHandling', { offerId: OfferId; agentId: AgentId }>
  | Of<'EndHandling', { how: HandlingEnd }>
  | Of<'ReturnToQueue', Record<never, never>>
  /** A mail in hand waits again. `holder` null: whoever has it in hand. */
  | Of<'PutBack', { holder: AgentId | null; why: PutBackReason }>
  | Of<'Abandon', Record<never, never>>
  /** Records disposition and note, then closes. */
  | Of<'WrapUp', { agentId: AgentId; disposition: Disposition; note: string }>
  | Of<'CloseInteraction', { how: 'refused' | 'failed' | 'automatic' }>
  /** A mail's interaction that is over, or about to be, waits again: its answer did not go out, or came back. */
  | Of<'Reopen', { why: ReopenReason; mailId: MailId }>
  /** A mail's interaction that waits, is on offer or in hand: the customer wrote again without an answer. */
  | Of<'RecordChaser', { mailId: MailId }>
  | Of<'ChooseCustomer', { customerId: CustomerId; agentId: AgentId }>

export type InteractionRefusal =
  | Refusal<'INTERACTION_UNKNOWN', { interactionId: InteractionId }>
  | Refusal<'INTERACTION_EXISTS', { interactionId: InteractionId }>
  | Refusal<'INTERACTION_CLOSED', { interactionId: InteractionId }>
  | Refusal<'WRONG_STATUS', { interactionId: InteractionId; status: string; command: string }>
  /** A caller cannot be put back, nor a call be opened again. */
  | Refusal<'NOT_A_MAIL', { interactionId: InteractionId }>
  | Refusal<'NOT_YOURS', { interactionId: InteractionId; agentId: AgentId }>
  | Refusal<'OFFER_NOT_OPEN', { interactionId: InteractionId; offerId: OfferId }>
  | Refusal<'NOT_A_CANDIDATE', { interactionId: InteractionId; customerId: CustomerId }>
  | Refusal<'NOTE_TOO_LONG', { limit: number }>
