import { addressesOf } from '../message/address-lists.ts'
import type { SipRequest } from '../message/message.ts'
import type { NameAddr } from '../message/name-addr.ts'
import { formatUri, type Uri, userOf } from '../message/uri.ts'
import type { Party } from './session.ts'

export const partyOf = (address: NameAddr): Party => ({
  uri: formatUri(address.uri),
  user: userOf(address.uri),
  displayName: address.displayName,
})

export const partyOfUri = (uri: Uri): Party => ({ uri: formatUri(uri), user: userOf(uri), displayName: null })

/** RFC 3325 §9.1: one sip or tel URI, or one of each; the first counts. A header that cannot be read is passed over. */
export const assertedIdentityOf = (request: SipRequest): Party | null => {
  const asserted = addressesOf(request, 'p-asserted-identity')?.[0]
  return asserted === undefined ? null : partyOf(asserted)
}
