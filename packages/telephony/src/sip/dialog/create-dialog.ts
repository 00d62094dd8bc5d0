import { addressesOf } from '../message/address-lists.ts'
import type { SipRequest, SipResponse } from '../message/message.ts'
import { tagOf } from '../message/name-addr.ts'
import type { Flow } from '../transport/sip-transport.ts'
import { createDialog, type Dialog } from './dialog.ts'

/**
 * The dialog that an INVITE from outside begins (§12.1.1), early until we answer. Null when the INVITE has more than
 * one Contact or none of sip, or when one of its Record-Routes cannot be read: to be refused with 400.
 */
export const createUasDialog = (invite: SipRequest, localTag: string, way: Flow): Dialog | null => {
  const contacts = addressesOf(invite, 'contact')
  const routes = addressesOf(invite, 'record-route')
  // §8.1.1.8: "The Contact header field MUST be present and contain exactly one SIP or SIPS URI in any request that
  // can result in the establishment of a dialog." RFC 2543 knew calls without: From is the target then.
  if (contacts === null || contacts.length > 1 || routes === null) return null
  const target = (contacts[0] ?? invite.from).uri
  if (target.kind !== 'sip') return null
  return createDialog({
    id: { callId: invite.callId, localTag, remoteTag: tagOf(invite.from) },
    confirmed: false,
    local: invite.to,
    remote: invite.from,
    remoteTarget: target,
    routeSet: routes,
    localCSeq: 0,
    remoteCSeq: invite.cseq.number,
    way,
  })
}

/** The dialog that a 1xx or 2xx to our INVITE begins (§12.1.2). */
export const createUacDialog = (invite: SipRequest, response: SipResponse): Dialog => {
  const routes = addressesOf(response, 'record-route') ?? []
  return createDialog({
    id: { callId: invite.callId, localTag: tagOf(invite.from) ?? '', remoteTag: tagOf(response.to) },
    confirmed: response.status >= 200,
    local: invite.from,
    remote: response.to,
    // A 2xx without Contact breaks §13.3.1.4; the way the INVITE took is the best there is left.
    remoteTarget: addressesOf(response, 'contact')?.[0]?.uri ?? invite.requestUri,
    // "… taken in reverse order".
    routeSet: [...routes].reverse(),
    localCSeq: invite.cseq.number,
    remoteCSeq: null,
    way: null,
  })
}
