import type { Channel } from '../interaction/events.ts'
import type { DomainEvent } from '../kernel/event.ts'
import type { AgentId, FloorId, InteractionId, OfferId, QueueId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'

export type NotReadyReason = 'break' | 'training' | 'meeting' | 'missedOffer' | 'connectionLost'

/**
 * Why an agent was or was not chosen. Exactly one in a decision is `longestReady`; `readyLater` became ready after
 * that one, or at the same instant and lost the draw.
 */
export type Verdict =
  | 'longestReady'
  | 'readyLater'
  | 'skillMissing'
  | 'notReady'
  | 'reserved'
  | 'engaged'
  | 'wrapUp'
  | 'alreadyMissedThisOffer'

export type Consideration = { readonly agentId: AgentId; readonly eligible: boolean; readonly why: Verdict }

export type WaitingWork = {
  readonly interactionId: InteractionId
  readonly queueId: QueueId
  readonly channel: Channel
  readonly requiredSkills: readonly string[]
  readonly offerTimeoutSeconds: number
  readonly wrapUpSeconds: number
  /** Since when it waits; kept when an offer lapses, so the place is kept too. */
  readonly enqueuedAt: Instant
  /** Its place in the order: as though it waited since then. Before `enqueuedAt` once its customer has chased it. */
  readonly countsFrom: Instant
  /** Work returned to the head waits before all that was never served. */
  readonly place: 'inOrder' | 'head'
  /** Agents who let this very work lapse, declined it or put it back: not asked again while another is there. */
  readonly missedBy: readonly AgentId[]
}

/** An agent on the floor, as carried over from day to day. */
export type AgentOnFloor = {
  readonly agentId: AgentId
  readonly skills: readonly string[]
  readonly presence:
    | { readonly status: 'ready'; readonly since: Instant }
    | { readonly status: 'notReady'; readonly reason: NotReadyReason; readonly since: Instant }
    /** `readySince` gives the agent the old place back when the customer leaves before the answer. */
    | {
        readonly status: 'reserved'
        readonly offerId: OfferId
        readonly readySince: Instant
        readonly since: Instant
      }
    | { readonly status: 'engaged'; readonly interactionId: InteractionId; readonly since: Instant }
    | {
        readonly status: 'wrapUp'
        readonly interactionId: InteractionId
        readonly until: Instant
        readonly since: Instant
      }
}

export type OpenOffer = {
  readonly offerId: OfferId
  readonly agentId: AgentId
  readonly work: WaitingWork
  readonly expiresAt: Instant
}

/** Streams `floor-{id}-{yyyy-mm-dd}`: one routing floor's day. */
export type FloorEvent =
  | DomainEvent<
      'FloorDayOpened',
      {
        floorId: FloorId
        /** Local date of the floor, `yyyy-mm-dd`. */
        day: string
        carriedOver: {
          agents: readonly AgentOnFloor[]
          waiting: readonly WaitingWork[]
          offers: readonly OpenOffer[]
          handling: readonly { agentId: AgentId; work: WaitingWork }[]
        }
        at: Instant
      }
    >
  | DomainEvent<
      'AgentSignedOn',
      { floorId: FloorId; agentId: AgentId; skills: readonly string[]; at: Instant }
    >
  | DomainEvent<'AgentBecameReady', { floorId: FloorId; agentId: AgentId; at: Instant }>
  | DomainEvent<
      'AgentBecameNotReady',
      { floorId: FloorId; agentId: AgentId; reason: NotReadyReason; at: Instant }
    >
  /** The agent has left with work in hand: `AgentSignedOff` follows in the append that ends it. */
  | DomainEvent<'AgentSignOffRequested', { floorId: FloorId; agentId: AgentId; at: Instant }>
  | DomainEvent<'AgentSignedOff', { floorId: FloorId; agentId: AgentId; at: Instant }>
  | DomainEvent<'WorkEnqueued', { floorId: FloorId; work: WaitingWork; at: Instant }>
  | DomainEvent<
      'WorkOffered',
      {
        floorId: FloorId
        offerId: OfferId
        interactionId: InteractionId
        queueId: QueueId
        agentId: AgentId
        policyVersion: number
        /** Breaks ties between agents ready since the same instant; part of the command, so the decision can be run again. */
        seed: number
        considered: readonly Consideration[]
        expiresAt: Instant
        at: Instant
      }
    >
  | DomainEvent<
      'OfferAccepted',
      { floorId: FloorId; offerId: OfferId; interactionId: InteractionId; agentId: AgentId; at: Instant }
    >
  | DomainEvent<
      'OfferDeclined',
      { floorId: FloorId; offerId: OfferId; interactionId: InteractionId; agentId: AgentId; at: Instant }
    >
  /** RONA: no answer within the offer's time. The work keeps its place; `AgentBecameNotReady` (`missedOffer`) follows. */
  | DomainEvent<
      'OfferLapsed',
      { floorId: FloorId; offerId: OfferId; interactionId: InteractionId; agentId: AgentId; at: Instant }
    >
  /**
   * Taken back: the customer left, or the hub failed the contact (the agent is ready again, in the old place), or the
   * agent's line was lost while it rang (the work waits again, in its old place). Version 1 said `customerLeft` of both
   * of the first two.
   */
  | DomainEvent<
      'OfferWithdrawn',
      {
        floorId: FloorId
        offerId: OfferId
        interactionId: InteractionId
        agentId: AgentId
        why: 'customerLeft' | 'workFailed' | 'agentLost'
        at: Instant
      }
    >
  /** Who put it back is not asked next while another is there. Version 1 had no `why`: it knew agents who were lost. */
  | DomainEvent<
      'WorkReturned',
      {
        floorId: FloorId
        interactionId: InteractionId
        agentId: AgentId
        place: 'head'
        why: 'agentLost' | 'putBack'
        at: Instant
      }
    >
  /** It is served as though it waited longer: its customer wrote again without an answer. Wherever the work is, it keeps that. */
  | DomainEvent<
      'WorkRaised',
      { floorId: FloorId; interactionId: InteractionId; countsFrom: Instant; why: 'chased'; at: Instant }
    >
  | DomainEvent<
      'WorkRemoved',
      { floorId: FloorId; interactionId: InteractionId; why: 'abandoned' | 'failed'; at: Instant }
    >
  | DomainEvent<
      'WrapUpStarted',
      { floorId: FloorId; agentId: AgentId; interactionId: InteractionId; until: Instant; at: Instant }
    >
  | DomainEvent<
      'WrapUpFinished',
      {
        floorId: FloorId
        agentId: AgentId
        interactionId: InteractionId
        how: 'byAgent' | 'timeUp'
        at: Instant
      }
    >
