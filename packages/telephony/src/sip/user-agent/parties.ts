import { addressesOf } from '../message/address-lists.ts'
import { headerTokens } from '../message/headers.ts'
import type { SipRequest } from '../message/message.ts'
import type { NameAddr } from '../message/name-addr.ts'
import { formatUri, type Uri, userOf } from '../message/uri.ts'
import type { Party } from './session.ts'

/** Control characters may hide in escapes and quotes (RFC 4475 §3.1.1.2); no screen or database wants them. */
const printable = (text: string | null): string | null => text?.replace(/\p{Cc}+/gu, '') ?? null

/** Of a From, To or asserted identity; what a person would read is freed of control characters. */
export const partyOf = (address: NameAddr): Party => ({
  uri: formatUri(address.uri),
  user: printable(userOf(address.uri)),
  displayName: printable(address.displayName),
})

/** Of a URI that came without a name. */
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

/** RFC 3323 §4.2: `user` hides who From is; RFC 3325 §9.3: `id`, who the network knows it to be. */
const HIDES_CALLER: ReadonlySet<string> = new Set(['id', 'user'])

/** Whether the caller asked that nobody be told who calls. The values are separated by semicolons; `none` asks for nothing. */
export const isIdentityWithheld = (request: SipRequest): boolean =>
  headerTokens(request, 'privacy')
    .flatMap((value) => value.split(';'))
    .some((value) => HIDES_CALLER.has(value.trim().toLowerCase()))
