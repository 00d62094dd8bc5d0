import type { SipRequest, SipResponse } from '../message/message.ts'
import { parseMessage } from '../message/parser.ts'

export const OFFER = [
  'v=0',
  'o=peer 1 1 IN IP4 192.0.2.9',
  's=-',
  'c=IN IP4 192.0.2.9',
  't=0 0',
  'm=audio 6000 RTP/AVP 0 8 101',
  'a=rtpmap:101 telephone-event/8000',
  '',
].join('\r\n')

export const ANSWER = OFFER.replace('RTP/AVP 0 8 101', 'RTP/AVP 0 101')

export type RequestText = {
  readonly method?: string
  readonly uri?: string
  readonly branch?: string
  readonly via?: string
  readonly fromTag?: string
  readonly toTag?: string | null
  readonly callId?: string
  readonly cseq?: number
  readonly contact?: string | null
  readonly headers?: readonly string[]
  readonly body?: string
}

/** A request of a peer at 192.0.2.9 as text, an INVITE with an offer unless told otherwise. */
export const requestText = (parts: RequestText = {}): string => {
  const method = parts.method ?? 'INVITE'
  const body = parts.body ?? (method === 'INVITE' ? OFFER : '')
  const contact = parts.contact === undefined ? '<sip:peer@192.0.2.9:5060>' : parts.contact
  return [
    `${method} ${parts.uri ?? 'sip:+39021234@192.0.2.1'} SIP/2.0`,
    parts.via ?? `Via: SIP/2.0/UDP 192.0.2.9:5060;branch=${parts.branch ?? 'z9hG4bKpeer1'}`,
    'Max-Forwards: 70',
    `From: "Anna" <sip:+39331@192.0.2.9>;tag=${parts.fromTag ?? 'peer'}`,
    `To: <sip:+39021234@192.0.2.1>${parts.toTag == null ? '' : `;tag=${parts.toTag}`}`,
    `Call-ID: ${parts.callId ?? 'call-1'}`,
    `CSeq: ${parts.cseq ?? 1} ${method}`,
    ...(contact === null ? [] : [`Contact: ${contact}`]),
    ...(parts.headers ?? []),
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}

/** The same, read. */
export const request = (parts: RequestText = {}): SipRequest => {
  const parsed = parseMessage(Buffer.from(requestText(parts)))
  if (parsed.outcome !== 'message' || parsed.message.kind !== 'request') throw new Error('no request')
  return parsed.message
}

export type ResponseText = {
  readonly toTag?: string | null
  readonly contact?: string | null
  readonly headers?: readonly string[]
  readonly body?: string
}

/** A peer's response to a request of ours, which is given as it was sent. */
export const responseText = (sent: string, status: number, parts: ResponseText = {}): string => {
  const lines = sent.split('\r\n')
  const value = (name: string): string => lines.find((line) => line.startsWith(`${name}: `)) ?? ''
  const to = value('To')
  const tag = parts.toTag === undefined ? 'peer' : parts.toTag
  const body = parts.body ?? ''
  const contact = parts.contact === undefined ? '<sip:peer@192.0.2.9:5060>' : parts.contact
  return [
    `SIP/2.0 ${status} Whatever`,
    ...lines.filter((line) => line.startsWith('Via: ')),
    value('From'),
    tag === null || to.includes(';tag=') ? to : `${to};tag=${tag}`,
    value('Call-ID'),
    value('CSeq'),
    ...(contact === null ? [] : [`Contact: ${contact}`]),
    ...(parts.headers ?? []),
    ...(body === '' ? [] : ['Content-Type: application/sdp']),
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n')
}

export const response = (sent: string, status: number, parts: ResponseText = {}): SipResponse => {
  const parsed = parseMessage(Buffer.from(responseText(sent, status, parts)))
  if (parsed.outcome !== 'message' || parsed.message.kind !== 'response') throw new Error('no response')
  return parsed.message
}

/** First line of a message: `SIP/2.0 200 OK`, `BYE sip:… SIP/2.0`. */
export const firstLine = (text: string): string => text.split('\r\n')[0] ?? ''

/** The value of a header in a message's text; null when it has none. */
export const headerIn = (text: string, name: string): string | null =>
  text
    .split('\r\n')
    .find((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}: `))
    ?.slice(name.length + 2) ?? null

export const tagIn = (text: string, name: 'From' | 'To'): string | null =>
  /;tag=([^;]+)/.exec(headerIn(text, name) ?? '')?.[1] ?? null
