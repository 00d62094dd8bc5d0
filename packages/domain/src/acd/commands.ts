import type { Refusal } from '../kernel/decision.ts'
import type { AgentId, FloorId, InteractionId, OfferId } from '../kernel/ids.ts'
import type { Instant } from '../kernel/instant.ts'
import type { FloorEvent, NotReadyReason, WaitingWork } from './events.ts'

type Of<T extends string, Data> = {
  readonly type: T
  readonly floorId: FloorId
  readonly at: Instant
} & Readonly<Data>

export type CarriedOver = Extract<FloorEvent, { type: 'FloorDayOpened' }>['data']['carriedOver']

export type FloorCommand =
  /** First command of a day's stream; what yesterday left over comes from yesterday's state. */
  | Of<'OpenFloorDay', { day: string; carriedOver: CarriedOver; signingOff: readonly AgentId[] }>
  /**
   * On the floor, not ready (`break`) until the agent says ready. A repeat updates the skills, and calls off a sign-off
   * that waits for the work in hand.
   */
  | Of<'SignOn', { agentId: AgentId; skills: readonly string[] }>
  /** From wrap-up, this and the next two finish the wrap-up first. */
  | Of<'BecomeReady', { agentId: AgentId }>
  | Of<'BecomeNotReady', { agentId: AgentId; reason: NotReadyReason }>
  | Of<'SignOff', { agentId: AgentId }>
  /**
   * For who has left the company: off the floor now, or as soon as contact and wrap-up in hand are over. An offer that
   * rings is withdrawn (`agentLost`).
   */
  | Of<'SignOffAfterWork', { agentId: AgentId }>
  /** `reopened`: work that was served may wait again; without it, a late repeat is refused. */
  | Of<'Enqueue', { work: WaitingWork; reopened?: boolean }>
  /**
   * Makes at most one offer: the first work in order (head first, then longest waiting) that somebody eligible is free
   * for, to the agent ready longest. Accepted with no events when there is nothing to match.
   */
  | Of<'RouteNext', { offerId: OfferId; seed: number }>
  /** Taken even after `expiresAt`, as long as the offer has not been lapsed: the customer is better off. */
  | Of<'AcceptOffer', { offerId: OfferId; agentId: AgentId }>
  /** The agent goes not ready (`break`), so that the same work does not ring at the same desk at once. */
  | Of<'DeclineOffer', { offerId: OfferId; agentId: AgentId }>
  /** Only at or after `expiresAt`; the agent goes not ready (`missedOffer`). */
  | Of<'LapseOffer', { offerId: OfferId }>
  /** `customerLeft` removes the work too (`abandoned`); `agentLost` makes the agent not ready (`connectionLost`). */
  | Of<'WithdrawOffer', { offerId: OfferId; why: 'customerLeft' | 'agentLost' }>
  /** The customer left the queue, or the channel failed: whatever state the work is in, it is gone from the floor. */
  | Of<'RemoveWork', { interactionId: InteractionId; why: 'abandoned' | 'failed' }>
  /** Work to the head. `agentLost` in mid-contact: agent not ready (`connectionLost`); `putBack`: not ready (`break`). */
  | Of<'ReturnWork', { interactionId: InteractionId; why: 'agentLost' | 'putBack' }>
  /**
   * The customer chased it: it counts as waiting an hour longer, and up to four hours in all. Accepted with no events past
   * that, and for work that is done.
   */
  | Of<'RaiseWork', { interactionId: InteractionId; why: 'chased' }>
  | Of<'StartWrapUp', { interactionId: InteractionId }>
  /** `timeUp` only at or after `until`. */
  | Of<'FinishWrapUp', { agentId: AgentId; how: 'byAgent' | 'timeUp' }>

export type FloorRefusal =
  | Refusal<'FLOOR_DAY_OPEN', { floorId: FloorId }>
  | Refusal<'FLOOR_DAY_NOT_OPEN', { floorId: FloorId }>
  | Refusal<'AGENT_NOT_ON_FLOOR', { agentId: AgentId }>
  | Refusal<'AGENT_BUSY', { agentId: AgentId; status: string }>
  | Refusal<'WORK_KNOWN', { interactionId: InteractionId }>
  | Refusal<'WORK_UNKNOWN', { interactionId: InteractionId }>
  /** It waits, is on offer, or is done: `status` says which. */
  | Refusal<'WORK_NOT_HANDLED', { interactionId: InteractionId; status: string }>
  | Refusal<'OFFER_NOT_OPEN', { offerId: OfferId }>
  | Refusal<'OFFER_NOT_YOURS', { offerId: OfferId; agentId: AgentId }>
  | Refusal<'OFFER_STILL_STANDS', { offerId: OfferId; expiresAt: Instant }>
  | Refusal<'WRAP_UP_STILL_RUNS', { agentId: AgentId; until: Instant }>
