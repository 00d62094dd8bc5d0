import type { SipRequest, SipResponse } from '../message/message.ts'
import { tagOf } from '../message/name-addr.ts'
import { formatUri } from '../message/uri.ts'
import { branchOf, MAGIC_COOKIE } from '../message/via.ts'

/** Parts joined by what cannot stand in any of them. */
const key = (...parts: readonly (string | number | null)[]): string => parts.join('\n')

/** An ACK of a refusal and a CANCEL's target are found by the INVITE's key. */
const transactionMethod = (method: string): string => (method === 'ACK' ? 'INVITE' : method)

/**
 * What two requests of one server transaction have in common (§17.2.3): branch, sent-by and method; without the magic
 * cookie, which RFC 2543 did not have, what that RFC compared. `method` finds another one's transaction (CANCEL).
 */
export const serverKey = (request: SipRequest, method: string = request.method): string => {
  const top = request.vias[0]
  const branch = top === undefined ? null : branchOf(top)
  if (top !== undefined && branch?.startsWith(MAGIC_COOKIE) && branch.length > MAGIC_COOKIE.length) {
    return key(branch, top.host, top.port ?? 5060, transactionMethod(method))
  }
  // The To tag is left out: an ACK has the one that our response gave, the INVITE had none. CSeq tells dialogs'
  // requests apart.
  return key(
    'rfc2543',
    formatUri(request.requestUri),
    tagOf(request.from),
    request.callId,
    request.cseq.number,
    top?.host ?? '',
    top?.port ?? 5060,
    branch,
    transactionMethod(method),
  )
}

/** §17.1.3: the branch of the top Via and the method of CSeq. */
export const clientKey = (message: SipRequest | SipResponse): string =>
  key(message.vias[0] === undefined ? null : branchOf(message.vias[0]), message.cseq.method)

/** §8.2.2.2: a request that came twice by different ways has the same From tag, Call-ID and CSeq, and no To tag. */
export const mergeKey = (request: SipRequest): string =>
  key(tagOf(request.from), request.callId, request.cseq.number, request.method)
