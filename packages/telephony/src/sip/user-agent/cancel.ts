import { cancelOf } from '../message/derived-requests.ts'
import { reasonHeader } from '../message/reason.ts'
import type { InviteClientTransaction } from '../transaction/invite-client-transaction.ts'
import type { ServerTransaction } from '../transaction/transaction-layer.ts'
import type { Flow } from '../transport/sip-transport.ts'
import { type Core, reply } from './core.ts'

/** UAS role (§9.2): 481 when there is no such INVITE, else 200; an INVITE that was not answered yet gets 487. */
export const receiveCancel = (core: Core, transaction: ServerTransaction): void => {
  const invite = core.transactions.inviteOf(transaction.request)
  if (invite === null) {
    reply(core, transaction, 481)
    return
  }
  // "… the To tag of the response to the CANCEL and the To tag in the response to the original request SHOULD be the
  // same."
  const toTag = core.registry.pendingInvites.get(invite)?.localTag ?? invite.answeredTag()
  reply(core, transaction, 200, toTag === null ? {} : { toTag })
  // "If the UAS has already sent a final response for the original request, … the CANCEL request has no effect."
  core.registry.pendingInvites.get(invite)?.cancelled(transaction.request)
}

/**
 * UAC role (§9.1): sends CANCEL the way that its INVITE went. A CANCEL that gets no answer means nothing: what counts is
 * the INVITE's own final response.
 */
export const sendCancel = (core: Core, invite: InviteClientTransaction, to: Flow, q850: number): void => {
  core.transactions.request(cancelOf(invite.request, [reasonHeader(q850)]), to, {
    onResponse: () => undefined,
    onTimeout: () => undefined,
    onTransportError: () => undefined,
  })
}
