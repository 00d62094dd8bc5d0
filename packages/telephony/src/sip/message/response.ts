import { type Header, header, headerValue, headerValues } from './headers.ts'
import type { AnswerableRequest } from './malformed.ts'
import { emptyBody, type SipRequest, type SipResponse } from './message.ts'
import { tagOf, withTag } from './name-addr.ts'
import { reasonPhrase } from './status-text.ts'

export type ResponseContent = {
  readonly reason?: string
  /** Put into To where the request had no tag; left out of 100 (§8.2.6.2). */
  readonly toTag?: string
  readonly headers?: readonly Header[]
  readonly body?: { readonly type: string; readonly text: string }
  /** Copies Record-Route: asked of every response that makes a dialog (§12.1.1). */
  readonly copyRecordRoute?: boolean
}

const encoder = new TextEncoder()

/** A response to a request (§8.2.6): its Vias, From, To, Call-ID and CSeq come back as they were. */
export const createResponse = (
  request: SipRequest,
  status: number,
  content: ResponseContent = {},
): SipResponse => {
  const addTag = content.toTag !== undefined && status !== 100 && tagOf(request.to) === null
  const to = addTag ? withTag(request.to, content.toTag ?? '') : request.to
  const toText = headerValue(request, 'to') ?? ''
  const headers: Header[] = [
    header('From', headerValue(request, 'from') ?? ''),
    header('To', addTag ? `${toText};tag=${content.toTag}` : toText),
    header('Call-ID', request.callId),
    header('CSeq', `${request.cseq.number} ${request.cseq.method}`),
  ]
  // §8.2.6.1: "any Timestamp header field present in the request MUST be copied into this 100 (Trying) response".
  const timestamp = status === 100 ? headerValue(request, 'timestamp') : null
  if (timestamp !== null) headers.push(header('Timestamp', timestamp))
  if (content.copyRecordRoute) {
    for (const value of headerValues(request, 'record-route')) headers.push(header('Record-Route', value))
  }
  headers.push(...(content.headers ?? []))
  if (content.body !== undefined) headers.push(header('Content-Type', content.body.type))
  return {
    kind: 'response',
    status,
    reason: content.reason ?? reasonPhrase(status),
    vias: request.vias,
    from: request.from,
    to,
    callId: request.callId,
    cseq: request.cseq,
    headers,
    body: content.body === undefined ? emptyBody : encoder.encode(content.body.text),
  }
}

/**
 * The bytes that refuse a request which could not be read whole, from the headers that could: without a transaction,
 * hence with a tag that a retransmission gets again (§8.2.7).
 */
export const createStatelessRefusal = (
  request: AnswerableRequest,
  status: number,
  toTag: string,
  extra: readonly Header[] = [],
): Uint8Array => {
  let text = `SIP/2.0 ${status} ${reasonPhrase(status)}\r\n`
  for (const via of request.vias) text += `Via: ${via.raw}\r\n`
  if (request.from !== null) text += `From: ${request.from}\r\n`
  if (request.to !== null) {
    text += /;\s*tag\s*=/i.test(request.to) ? `To: ${request.to}\r\n` : `To: ${request.to};tag=${toTag}\r\n`
  }
  if (request.callId !== null) text += `Call-ID: ${request.callId}\r\n`
  if (request.cseq !== null) text += `CSeq: ${request.cseq}\r\n`
  for (const h of extra) text += `${h.name}: ${h.value}\r\n`
  return encoder.encode(`${text}Content-Length: 0\r\n\r\n`)
}
