import type { KnownEvent } from '@centralino/domain'
import type { LogSealed } from '../ledger/log-sealed.ts'
import { createEventTypeRegistry, type Upcasters } from './upcasting.ts'

/** The domain's events, and the log's own. */
export type LoggedEvent = KnownEvent | LogSealed

/**
 * The version that each event type is written with today. A type that is new in the domain does not compile until it
 * stands here; a change to an event's shape raises its number and adds a step to `UPCASTERS`. `samples/` and `stored/`
 * make a test fail when the number was forgotten.
 */
const CURRENT_VERSIONS = {
  AgentBecameNotReady: 1,
  AgentBecameReady: 1,
  AgentHired: 1,
  AgentLeft: 1,
  AgentProfileChanged: 1,
  AgentSignOffRequested: 1,
  AgentSignedOff: 1,
  AgentSignedOn: 1,
  CallEnded: 1,
  CallReceived: 1,
  ContactPointLinked: 1,
  ContactPointUnlinked: 1,
  ContactPointUsed: 1,
  CustomerContactPointAdded: 1,
  CustomerIdentified: 1,
  CustomerProfileChanged: 1,
  CustomerRegistered: 1,
  DigitReceived: 1,
  FloorDayOpened: 2,
  InteractionAbandoned: 1,
  InteractionChased: 1,
  InteractionClosed: 1,
  InteractionCustomerChosen: 1,
  InteractionHandlingEnded: 1,
  InteractionHandlingStarted: 1,
  InteractionOfferEnded: 1,
  InteractionOffered: 1,
  InteractionOpened: 1,
  InteractionQueued: 1,
  InteractionReopened: 1,
  InteractionReturnedToQueue: 2,
  InteractionWrappedUp: 1,
  LegAnswered: 1,
  LegEnded: 1,
  LegHeld: 1,
  LegMuted: 1,
  LegOffered: 1,
  LegResumed: 1,
  LegRinging: 1,
  LegUnmuted: 1,
  LegsBridged: 1,
  LogSealed: 1,
  MailDeliveryReported: 1,
  MailMessageDeliveredAgain: 1,
  MailMessageFiled: 2,
  MailReceived: 2,
  MailSendFailed: 1,
  MailSent: 1,
  OfferAccepted: 1,
  OfferDeclined: 1,
  OfferLapsed: 1,
  OfferWithdrawn: 2,
  ProvisionalCustomerCreated: 1,
  QueueChanged: 1,
  QueueDefined: 1,
  ReplayClosed: 1,
  ReplayLookedAt: 1,
  ReplayOpened: 1,
  ReplySubmitted: 1,
  ThreadOpened: 1,
  TreatmentStarted: 1,
  WorkEnqueued: 2,
  WorkOffered: 1,
  WorkRaised: 1,
  WorkRemoved: 1,
  WorkReturned: 2,
  WrapUpFinished: 1,
  WrapUpStarted: 1,
} as const satisfies Record<LoggedEvent['type'], number>

/** True for a type that is written today. */
export const isEventType = (type: string): type is LoggedEvent['type'] =>
  Object.hasOwn(CURRENT_VERSIONS, type)

type OldWork = { readonly enqueuedAt: string }
type OldCarriedOver = {
  readonly agents: readonly unknown[]
  readonly waiting: readonly OldWork[]
  readonly offers: readonly { readonly work: OldWork }[]
  readonly handling: readonly { readonly work: OldWork }[]
}
const counting = (work: OldWork) => ({ countsFrom: work.enqueuedAt, ...work })

/** Steps from old shapes to new ones, by type and by the version they start from. */
const UPCASTERS: Upcasters = {
  // Version 2 knows work that was chased; until then everything counted since it was enqueued.
  FloorDayOpened: {
    1: (data) => {
      const { carriedOver, ...day } = data as { carriedOver: OldCarriedOver }
      const { agents, waiting, offers, handling } = carriedOver
      return {
        ...day,
        carriedOver: {
          agents,
          waiting: waiting.map(counting),
          offers: offers.map((offer) => ({ ...offer, work: counting(offer.work) })),
          handling: handling.map((held) => ({ ...held, work: counting(held.work) })),
        },
      }
    },
  },
  // Version 2 says why; until then only an agent who was lost gave anything back.
  InteractionReturnedToQueue: { 1: (data) => ({ why: 'agentLost', ...(data as object) }) },
  // Version 2 knows the content; of an older filing nobody does.
  MailMessageFiled: { 1: (data) => ({ contentSha256: null, ...(data as object) }) },
  // Version 2 tells what a person wrote from the rest; until then everything was taken for that.
  MailReceived: { 1: (data) => ({ automatic: null, ...(data as object) }) },
  WorkEnqueued: {
    1: (data) => ({ ...(data as object), work: counting((data as { work: OldWork }).work) }),
  },
  WorkReturned: { 1: (data) => ({ why: 'agentLost', ...(data as object) }) },
  // Version 2 tells our own failure from the customer's leaving; of an old event nobody knows any more.
  OfferWithdrawn: { 1: (data) => data },
}

export const eventTypes = createEventTypeRegistry(CURRENT_VERSIONS, UPCASTERS)
