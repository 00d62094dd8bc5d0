import { addressesOf } from '../message/address-lists.ts'
import { type Header, header, headerTokens, headerValue, headerValues } from '../message/headers.ts'
import type { SipRequest } from '../message/message.ts'
import { isRegisteredMethod } from '../message/methods.ts'
import { allowedMethods, allowHeader } from './core.ts'

/** Why the stack refuses a request by itself. */
export type RequestRefusal = {
  readonly code:
    | 'ADDRESS_UNREADABLE'
    | 'METHOD_NOT_ALLOWED'
    | 'METHOD_UNKNOWN'
    | 'URI_SCHEME'
    | 'EXTENSION_REQUIRED'
    | 'CONTENT_TYPE'
    | 'CONTENT_ENCODING'
    | 'NOTHING_ACCEPTABLE'
  readonly status: number
  readonly headers: readonly Header[]
}

const SCHEMES: ReadonlySet<string> = new Set(['sip', 'sips', 'tel'])

/** The checks that come before any method's own work, in the order of §8.2. Null: nothing against it. */
export const checkRequest = (request: SipRequest): RequestRefusal | null => {
  const { method } = request
  if (!hasReadableContacts(request)) return { code: 'ADDRESS_UNREADABLE', status: 400, headers: [] }
  if (!(allowedMethods as readonly string[]).includes(method)) {
    // §8.2.1: 405 with Allow; §21.5.2: 501 "when the request method is not recognized".
    return isRegisteredMethod(method)
      ? { code: 'METHOD_NOT_ALLOWED', status: 405, headers: [allowHeader] }
      : { code: 'METHOD_UNKNOWN', status: 501, headers: [allowHeader] }
  }
  // §8.2.2.1.
  const scheme = request.requestUri.scheme
  if (!SCHEMES.has(scheme)) return { code: 'URI_SCHEME', status: 416, headers: [] }
  // §8.2.2.3: nothing is required of a CANCEL, or of an ACK of a refusal. We have no extension yet, so all are unknown.
  const required = method === 'CANCEL' || method === 'ACK' ? [] : headerTokens(request, 'require')
  if (required.length > 0) {
    return {
      code: 'EXTENSION_REQUIRED',
      status: 420,
      headers: [header('Unsupported', required.join(', '))],
    }
  }
  return checkContent(request) ?? checkAccept(request)
}

/**
 * §20.10: a Contact is `*` or addresses; one with a question mark has to stand in brackets (RFC 4475 §3.1.2.13). Where it
 * has no meaning it refuses nothing: no call goes on because of its BYE's Contact.
 */
const hasReadableContacts = (request: SipRequest): boolean =>
  request.method === 'BYE' ||
  request.method === 'CANCEL' ||
  headerValues(request, 'contact').join() === '*' ||
  addressesOf(request, 'contact') !== null

/** §8.2.3: content that we cannot read is refused, unless its sender says that it may be passed over. */
const checkContent = (request: SipRequest): RequestRefusal | null => {
  if (request.body.length === 0 || request.method !== 'INVITE') return null
  if (/;\s*handling\s*=\s*optional/i.test(headerValue(request, 'content-disposition') ?? '')) return null
  const encoding = headerValue(request, 'content-encoding')?.trim().toLowerCase() ?? 'identity'
  if (encoding !== 'identity') {
    return {
      code: 'CONTENT_ENCODING',
      status: 415,
      headers: [header('Accept-Encoding', 'identity')],
    }
  }
  const type = headerValue(request, 'content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type === 'application/sdp') return null
  return { code: 'CONTENT_TYPE', status: 415, headers: [header('Accept', 'application/sdp')] }
}

/** §21.4.7: our answer is SDP; who takes something else only gets 406. Without Accept, SDP is taken (§20.1). */
const checkAccept = (request: SipRequest): RequestRefusal | null => {
  if (request.method !== 'INVITE') return null
  const ranges = headerTokens(request, 'accept').map((range) => range.split(';')[0]?.trim().toLowerCase())
  const sdp = ['application/sdp', 'application/*', '*/*']
  if (ranges.length === 0 || ranges.some((range) => range !== undefined && sdp.includes(range))) return null
  return { code: 'NOTHING_ACCEPTABLE', status: 406, headers: [header('Accept', 'application/sdp')] }
}
