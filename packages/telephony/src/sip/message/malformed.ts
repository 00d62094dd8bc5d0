import { type Header, headerValue } from './headers.ts'
import { splitOutsideQuotes } from './text.ts'
import type { Via } from './via.ts'
import { parseVia } from './via.ts'

export type MalformedCode =
  | 'TOO_LARGE'
  | 'NOT_SIP'
  | 'START_LINE'
  | 'VERSION'
  | 'NO_END_OF_HEADERS'
  | 'ENCODING'
  | 'TOO_MANY_HEADERS'
  | 'HEADER_TOO_LONG'
  | 'HEADER_LINE'
  | 'MISSING_HEADER'
  | 'REPEATED_HEADER'
  | 'HEADER_VALUE'
  | 'CSEQ_METHOD'
  | 'CONTENT_LENGTH'

/**
 * Bytes that are no message we can work with. `answerable` holds what a response needs (§8.2.6.2) when this was a
 * request whose Via could be read: it gets `status`; everything else gets silence, as responses and ACK always do.
 */
export type MalformedMessage = {
  readonly code: MalformedCode
  readonly detail: string
  readonly status: 400 | 501 | 505 | 513
  readonly answerable: AnswerableRequest | null
}

/** The headers that a response copies, as they were written; null where there was none, or several. */
export type AnswerableRequest = {
  readonly vias: readonly [Via, ...Via[]]
  readonly from: string | null
  readonly to: string | null
  readonly callId: string | null
  readonly cseq: string | null
}

/** Every Via value of the headers, top first; null when one is no Via value or there is none. */
export const readVias = (headers: readonly Header[], maximum: number): readonly [Via, ...Via[]] | null => {
  const vias: Via[] = []
  for (const h of headers) {
    if (h.key !== 'via') continue
    for (const value of splitOutsideQuotes(h.value, ',') ?? []) {
      const via = parseVia(value)
      if (via === null || vias.length >= maximum) return null
      vias.push(via)
    }
  }
  const [top, ...below] = vias
  return top === undefined ? null : [top, ...below]
}

/** What a response to a broken request can be made of; null when it must not, or cannot, be answered. */
export const answerableOf = (
  startLine: string,
  headers: readonly Header[],
  maximumVias: number,
): AnswerableRequest | null => {
  // §17.1.1.3, §18.1.2: neither an ACK nor a response is ever answered.
  if (/^(?:ACK\s|SIP\/)/i.test(startLine)) return null
  const vias = readVias(headers, maximumVias) ?? lenientVias(headers)
  if (vias === null) return null
  const single = (key: string): string | null => {
    const values = headers.filter((h) => h.key === key)
    // A character that stands for bytes which are no UTF-8 cannot be copied back as it was.
    const value = values.length === 1 ? headerValue({ headers }, key) : null
    return value?.includes('\uFFFD') ? null : value
  }
  return {
    vias,
    from: single('from'),
    to: single('to'),
    callId: single('call-id'),
    cseq: single('cseq'),
  }
}

/** A Via whose parameters are broken still says where its sender is: the source of the datagram will do. */
const lenientVias = (headers: readonly Header[]): readonly [Via, ...Via[]] | null => {
  const value = headerValue({ headers }, 'via')
  if (value === null || value.includes('\uFFFD')) return null
  const semicolon = value.indexOf(';')
  const via = semicolon < 0 ? null : parseVia(value.slice(0, semicolon))
  return via === null ? null : [{ ...via, raw: value }]
}
