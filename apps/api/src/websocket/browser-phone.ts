import type { Actor, AgentId } from '@centralino/domain'
import type { EdgeRefusalCode } from '@centralino/telephony/edge-contract'
import type { CallRequest } from './protocol.ts'

export type PhoneRefusalCode =
  | EdgeRefusalCode
  /** The interaction is not on this agent's line, or the leg is another agent's. */
  | 'NOT_YOUR_CALL'
  /** The customer hung up meanwhile. */
  | 'CALL_ENDED'
  /** The voice edge is away; try again. */
  | 'EDGE_AWAY'

export type PhoneAnswer =
  | { readonly ok: true; readonly result: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: PhoneRefusalCode }

export type PhoneUser = { readonly actor: Actor; readonly agentId: AgentId }

/** The voice channel's side of the browser phone: everything in the protocol that is about a call. */
export type BrowserPhone = {
  answer(by: PhoneUser, request: CallRequest): Promise<PhoneAnswer>
}
