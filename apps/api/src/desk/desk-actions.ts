import type {
  Actor,
  AgentId,
  CustomerId,
  CustomerProfile,
  Disposition,
  InteractionId,
  NotReadyReason,
  OfferId,
} from '@centralino/domain'

/** Done, or a refusal's literal code. */
export type Outcome = { readonly ok: true } | { readonly ok: false; readonly code: string }

/** Who presses the button. */
export type Caller = { readonly actor: Actor; readonly agentId: AgentId }

/** Everything that an agent does at the desk, each a command to the domain. GraphQL and the WebSocket call this, nothing else. */
export type DeskActions = {
  becomeReady(by: Caller): Promise<Outcome>
  becomeNotReady(
    by: Caller,
    reason: Extract<NotReadyReason, 'break' | 'training' | 'meeting'>,
  ): Promise<Outcome>
  signOff(by: Caller): Promise<Outcome>
  acceptOffer(by: Caller, offerId: OfferId): Promise<Outcome>
  declineOffer(by: Caller, offerId: OfferId): Promise<Outcome>
  hold(by: Caller): Promise<Outcome>
  resume(by: Caller): Promise<Outcome>
  mute(by: Caller): Promise<Outcome>
  unmute(by: Caller): Promise<Outcome>
  hangUp(by: Caller): Promise<Outcome>
  wrapUp(by: Caller, interactionId: InteractionId, disposition: Disposition, note: string): Promise<Outcome>
  chooseCustomer(by: Caller, interactionId: InteractionId, customerId: CustomerId): Promise<Outcome>
  nameCustomer(by: Caller, customerId: CustomerId, profile: CustomerProfile): Promise<Outcome>
  reply(by: Caller, interactionId: InteractionId, text: string, close: boolean): Promise<Outcome>
}
