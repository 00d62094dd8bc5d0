import type { ContactPoint } from '../contact-point/events.ts'
import type { DomainEvent } from '../kernel/event.ts'
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

export type Channel = 'call' | 'email'

/** One customer the contact may be of. Rank 1 is the best; `why` says what ranked it there. */
export type CustomerCandidate = {
  readonly customerId: CustomerId
  readonly rank: number
  readonly why: 'onlyMatch' | 'lastContact' | 'linkedFirst' | 'newContactPoint'
}

export type HandlingEnd =
  | 'customerLeft'
  | 'agentLeft'
  | 'agentLost'
  | 'answered'
  | 'systemFailure'
  /** A mail in hand went back unanswered: `InteractionReturnedToQueue` follows and says why. */
  | 'putBack'

/** Why a mail in hand went back: its agent or a supervisor put it back, or its agent signed off. Who, says the metadata. */
export type PutBackReason = 'putBack' | 'takenBack' | 'signedOff'
/** `agentLost`: in mid-contact. */
export type ReturnReason = 'agentLost' | PutBackReason

/** How a contact ended. `automatic`: no person wrote it, so nobody is asked to answer. */
export type InteractionEnd = 'wrappedUp' | 'abandoned' | 'refused' | 'failed' | 'automatic'

/** Why the customer has no answer: no server took it, or it was taken and did not arrive. */
export type ReopenReason = 'replyNotSent' | 'replyBounced'

/** Streams `interaction-{id}`: one contact, any channel. */
export type InteractionEvent =
  | DomainEvent<
      'InteractionOpened',
      {
        interactionId: InteractionId
        channel: Channel
        direction: 'inbound' | 'outbound'
        customerId: CustomerId
        candidates: readonly CustomerCandidate[]
        contactPoint: ContactPoint
        /** The number dialled (E.164) or the address written to. */
        entryPoint: string
        subject: string | null
        /** What carries it: its call or its mail thread. */
        carrier: { kind: 'call'; callId: CallId } | { kind: 'thread'; threadId: ThreadId }
        at: Instant
      }
    >
  | DomainEvent<'InteractionQueued', { interactionId: InteractionId; queueId: QueueId; at: Instant }>
  | DomainEvent<
      'InteractionOffered',
      { interactionId: InteractionId; offerId: OfferId; agentId: AgentId; expiresAt: Instant; at: Instant }
    >
  | DomainEvent<
      'InteractionOfferEnded',
      {
        interactionId: InteractionId
        offerId: OfferId
        agentId: AgentId
        how: 'lapsed' | 'declined' | 'withdrawn'
        at: Instant
      }
    >
  | DomainEvent<
      'InteractionHandlingStarted',
      { interactionId: InteractionId; offerId: OfferId; agentId: AgentId; at: Instant }
    >
  | DomainEvent<
      'InteractionHandlingEnded',
      { interactionId: InteractionId; agentId: AgentId; how: HandlingEnd; at: Instant }
    >
  /** Back to the head of its queue. Version 1 had no `why`: it knew agents who were lost. */
  | DomainEvent<
      'InteractionReturnedToQueue',
      { interactionId: InteractionId; queueId: QueueId; place: 'head'; why: ReturnReason; at: Instant }
    >
  | DomainEvent<
      'InteractionAbandoned',
      { interactionId: InteractionId; while: 'waiting' | 'ringing'; at: Instant }
    >
  | DomainEvent<
      'InteractionWrappedUp',
      { interactionId: InteractionId; agentId: AgentId; disposition: Disposition; note: string; at: Instant }
    >
  | DomainEvent<'InteractionClosed', { interactionId: InteractionId; how: InteractionEnd; at: Instant }>
  /** It was over, and is not: the answer in it, `mailId`, was refused for good, given up or bounced. */
  | DomainEvent<
      'InteractionReopened',
      { interactionId: InteractionId; queueId: QueueId; why: ReopenReason; mailId: MailId; at: Instant }
    >
  /** The customer wrote again, in `mailId`, while it waited or was in hand and nothing had been answered. */
  | DomainEvent<'InteractionChased', { interactionId: InteractionId; mailId: MailId; at: Instant }>
  /** "It is that person": the agent chose another candidate. */
  | DomainEvent<
      'InteractionCustomerChosen',
      { interactionId: InteractionId; from: CustomerId; to: CustomerId; agentId: AgentId; at: Instant }
    >

/** What came of it. One fixed list for now; a company's own list is a later concept. */
export const DISPOSITIONS = [
  'solved',
  'refundRequested',
  'needsCallback',
  'passedOn',
  'complaint',
  'other',
] as const
export type Disposition = (typeof DISPOSITIONS)[number]
