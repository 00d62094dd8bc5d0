import { type Header, headerValue } from './headers.ts'
import type { MessageLimits } from './limits.ts'
import { type MalformedCode, readVias } from './malformed.ts'
import type { CSeq } from './message.ts'
import { type NameAddr, parseNameAddr } from './name-addr.ts'
import { isToken } from './text.ts'
import type { Via } from './via.ts'

/** What every message has to have (§8.1.1), read; and the length of its body, null when it does not say. */
export type CoreHeaders = {
  readonly vias: readonly Via[]
  readonly from: NameAddr
  readonly to: NameAddr
  readonly callId: string
  readonly cseq: CSeq
  readonly headers: readonly Header[]
  readonly contentLength: number | null
}

type Fault = { readonly code: MalformedCode; readonly detail: string }

/** Headers of one value each: a second one makes the message ambiguous (§7.3.1; RFC 4475 §3.3.8, §3.3.9). */
const singleHeaders: readonly string[] = [
  'from',
  'to',
  'call-id',
  'cseq',
  'max-forwards',
  'content-length',
  'content-type',
]

/** §8.1.1.5: "The sequence number value MUST be expressible as a 32-bit unsigned integer and MUST be less than 2**31." */
const CSEQ_LIMIT = 2 ** 31

/** The headers that every request and response must have (RFC 3261 §8.1.1), read and checked; the first fault otherwise. */
export const readCoreHeaders = (headers: readonly Header[], limits: MessageLimits): CoreHeaders | Fault => {
  for (const key of singleHeaders) {
    let seen = false
    for (const h of headers) {
      if (h.key !== key) continue
      if (seen) return { code: 'REPEATED_HEADER', detail: h.name }
      seen = true
    }
  }
  const raw = { via: 'Via', from: 'From', to: 'To', 'call-id': 'Call-ID', cseq: 'CSeq' }
  for (const [key, name] of Object.entries(raw)) {
    if (headerValue({ headers }, key) === null) return { code: 'MISSING_HEADER', detail: name }
  }
  const value = (key: string): string => headerValue({ headers }, key) ?? ''

  const vias = readVias(headers, limits.vias)
  if (vias === null) return broken('Via')
  const from = parseNameAddr(value('from'))
  if (from === null) return broken('From')
  const to = parseNameAddr(value('to'))
  if (to === null) return broken('To')
  const callId = value('call-id')
  if (!/^[^\s,;]+$/.test(callId)) return broken('Call-ID')
  const cseq = parseCSeq(value('cseq'))
  if (cseq === null) return broken('CSeq')
  const maxForwards = headerValue({ headers }, 'max-forwards')
  // §20.22: 0 to 255, leading zeros allowed (RFC 4475 §3.1.1.1).
  if (maxForwards !== null && !(/^\d{1,10}$/.test(maxForwards) && Number(maxForwards) <= 255)) {
    return broken('Max-Forwards')
  }
  const length = headerValue({ headers }, 'content-length')
  if (length !== null && !/^\d{1,9}$/.test(length)) {
    return { code: 'CONTENT_LENGTH', detail: 'no number' }
  }
  return {
    vias,
    from,
    to,
    callId,
    cseq,
    headers: headers.filter((h) => h.key !== 'via' && h.key !== 'content-length'),
    contentLength: length === null ? null : Number(length),
  }
}

const broken = (detail: string): Fault => ({ code: 'HEADER_VALUE', detail })

const parseCSeq = (value: string): CSeq | null => {
  const match = /^(\d{1,20})\s+(\S+)$/.exec(value)
  const method = match?.[2] ?? ''
  const number = Number(match?.[1])
  return match !== null && isToken(method) && number < CSEQ_LIMIT ? { number, method } : null
}
