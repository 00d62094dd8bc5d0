import { addressesOf } from '../message/address-lists.ts'
import type { SipRequest } from '../message/message.ts'
import type { NameAddr } from '../message/name-addr.ts'
import { formatUri, type Uri, userOf } from '../message/uri.ts'
import type { Party } from './session.ts'

/** Control characters may hide in escapes and quotes (RFC 4475 §3.1.1.2); no screen or database wants them. */
const printable = (text: string | null): string | null => text?.replace(/\p{Cc}+/gu, '') ?? null

export const partyOf = (address: NameAddr): Party => ({
  uri: formatUri(address.uri),
  user: printable(userOf(address.uri)),
  displayName: printable(address.displayName),
})

export const partyOfUri = (uri: Uri): Party => ({
  uri: formatUri(uri),
  user: printable(userOf(uri)),
  displayName: null,
})

/** RFC 3325 §9.1: one sip or tel URI, or one of each; the first counts. A header that cannot be read is passed over. */
export const assertedIdentityOf = (request: SipRequest): Party | null => {
  const asserted = addressesOf(request, 'p-asserted-identity')?.[0]
  return asserted === undefined ? null : partyOf(asserted)
}
