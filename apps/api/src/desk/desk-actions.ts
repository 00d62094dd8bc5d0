import type {
  Actor,
  AgentId,
  AgentRefusal,
  CallRefusal,
  CustomerId,
  CustomerProfile,
  CustomerRefusal,
  Disposition,
  FloorRefusal,
  InteractionId,
  InteractionRefusal,
  NotReadyReason,
  OfferId,
} from '@centralino/domain'
import type { ReplyRefusalCode } from '../channels/email/submit-reply.ts'
import type { Outcome } from '../commands/outcome.ts'

/** Every literal code that a desk action may answer with. */
export type DeskRefusalCode =
  | AgentRefusal['code']
  | CallRefusal['code']
  | CustomerRefusal['code']
  | FloorRefusal['code']
  | InteractionRefusal['code']
  /** No call is on this agent's line. */
  | 'NO_CURRENT_CALL'
  /** The agent has the call, but the two do not hear each other yet (or any more). */
  | 'NOT_CONNECTED'
  /** This hub has no mail channel. */
  | 'NO_MAIL_CHANNEL'

export type DeskOutcome = Outcome<DeskRefusalCode>

/** Who presses the button. */
export type Caller = { readonly actor: Actor; readonly agentId: AgentId }

/** Who puts a mail back: the agent who has it in hand or, with `agentId` null, a supervisor. */
export type PutsBack = { readonly actor: Actor; readonly agentId: AgentId | null }

/** Everything that an agent does at the desk, each a command to the domain. GraphQL and the WebSocket call this, nothing else. */
export type DeskActions = {
  becomeReady(by: Caller): Promise<DeskOutcome>
  becomeNotReady(
    by: Caller,
    reason: Extract<NotReadyReason, 'break' | 'training' | 'meeting'>,
  ): Promise<DeskOutcome>
  /** A mail in hand goes back to its queue; a call must be over. */
  signOff(by: Caller): Promise<DeskOutcome>
  acceptOffer(by: Caller, offerId: OfferId): Promise<DeskOutcome>
  declineOffer(by: Caller, offerId: OfferId): Promise<DeskOutcome>
  hold(by: Caller): Promise<DeskOutcome>
  resume(by: Caller): Promise<DeskOutcome>
  mute(by: Caller): Promise<DeskOutcome>
  unmute(by: Caller): Promise<DeskOutcome>
  hangUp(by: Caller): Promise<DeskOutcome>
  wrapUp(
    by: Caller,
    interactionId: InteractionId,
    disposition: Disposition,
    note: string,
  ): Promise<DeskOutcome>
  chooseCustomer(by: Caller, interactionId: InteractionId, customerId: CustomerId): Promise<DeskOutcome>
  nameCustomer(by: Caller, customerId: CustomerId, profile: CustomerProfile): Promise<DeskOutcome>
  putBackMail(by: PutsBack, interactionId: InteractionId): Promise<DeskOutcome>
  reply(
    by: Caller,
    interactionId: InteractionId,
    text: string,
    close: boolean,
  ): Promise<Outcome<DeskRefusalCode | ReplyRefusalCode>>
}
