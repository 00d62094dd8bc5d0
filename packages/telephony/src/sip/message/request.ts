import { type Header, header } from './headers.ts'
import { type CSeq, emptyBody, type SipRequest } from './message.ts'
import { formatNameAddr, type NameAddr } from './name-addr.ts'
import type { Uri } from './uri.ts'
import type { Via } from './via.ts'

export type RequestContent = {
  readonly method: string
  readonly requestUri: Uri
  readonly via: Via
  readonly from: NameAddr
  readonly to: NameAddr
  readonly callId: string
  readonly cseq: CSeq
  readonly routes?: readonly NameAddr[]
  readonly headers?: readonly Header[]
  readonly body?: { readonly type: string; readonly text: string }
}

const encoder = new TextEncoder()

/** A request with the headers that each must have (§8.1.1); Max-Forwards is the recommended 70. */
export const createRequest = (content: RequestContent): SipRequest => {
  const headers: Header[] = [
    header('Max-Forwards', '70'),
    ...(content.routes ?? []).map((route) => header('Route', formatNameAddr(route))),
    header('From', formatNameAddr(content.from)),
    header('To', formatNameAddr(content.to)),
    header('Call-ID', content.callId),
    header('CSeq', `${content.cseq.number} ${content.cseq.method}`),
    ...(content.headers ?? []),
  ]
  if (content.body !== undefined) headers.push(header('Content-Type', content.body.type))
  return {
    kind: 'request',
    method: content.method,
    requestUri: content.requestUri,
    vias: [content.via],
    from: content.from,
    to: content.to,
    callId: content.callId,
    cseq: content.cseq,
    headers,
    body: content.body === undefined ? emptyBody : encoder.encode(content.body.text),
  }
}
