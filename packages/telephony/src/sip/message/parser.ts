import { isUtf8 } from 'node:buffer'
import { readCoreHeaders } from './core-headers.ts'
import { type Header, header } from './headers.ts'
import { defaultMessageLimits, type MessageLimits } from './limits.ts'
import { answerableOf, type MalformedCode, type MalformedMessage } from './malformed.ts'
import type { SipMessage } from './message.ts'
import { isRegisteredMethod } from './methods.ts'
import { parseStartLine } from './start-line.ts'

export type ParseOutcome =
  | { readonly outcome: 'message'; readonly message: SipMessage }
  /** Nothing but line ends or zeros: keeps a NAT binding open (RFC 5626 §4.4.1 and what phones send over UDP). */
  | { readonly outcome: 'keepAlive' }
  | { readonly outcome: 'malformed'; readonly malformed: MalformedMessage }

const END_OF_HEADERS = '\r\n\r\n'
const CR = 13
const LF = 10

/**
 * Reads one datagram, or one message that a stream's framing cut out (§7, §18.3). Never throws on any bytes; works in
 * time proportional to their number.
 */
export const parseMessage = (
  bytes: Uint8Array,
  limits: MessageLimits = defaultMessageLimits,
): ParseOutcome => {
  if (bytes.every((byte) => byte === CR || byte === LF || byte === 0)) return { outcome: 'keepAlive' }
  const tooLarge = bytes.length > limits.messageBytes
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, limits.messageBytes))
  // §7.5: "implementations SHOULD ignore any CRLF appearing before the start-line".
  let start = 0
  while (buffer[start] === CR || buffer[start] === LF) start += 1
  const end = buffer.indexOf(END_OF_HEADERS, start, 'latin1')
  const head = buffer.subarray(start, end < 0 ? buffer.length : end)
  const { startLine, headers, fault } = readLines(head.toString('utf8'), limits)

  const malformed = (
    code: MalformedCode,
    detail: string,
    status: MalformedMessage['status'] = 400,
  ): ParseOutcome => ({
    outcome: 'malformed',
    malformed: { code, detail, status, answerable: answerableOf(startLine, headers, limits.vias) },
  })
  if (tooLarge) return malformed('TOO_LARGE', `${bytes.length} bytes`, 513)
  if (startLine.length > limits.headerLength) return malformed('START_LINE', 'too long')
  const parsedStart = parseStartLine(startLine)
  if (parsedStart.kind === 'notSip') {
    return { outcome: 'malformed', malformed: { code: 'NOT_SIP', detail: '', status: 400, answerable: null } }
  }
  if (end < 0) return malformed('NO_END_OF_HEADERS', 'no empty line')
  if (parsedStart.kind === 'version') return malformed('VERSION', 'not SIP/2.0', 505)
  if (parsedStart.kind === 'broken') return malformed('START_LINE', parsedStart.detail)
  if (!isUtf8(head)) return malformed('ENCODING', 'headers are not UTF-8')
  if (fault !== null) return malformed(fault.code, fault.detail)

  const core = readCoreHeaders(headers, limits)
  if ('code' in core) return malformed(core.code, core.detail)
  if (parsedStart.kind === 'request' && core.cseq.method !== parsedStart.method) {
    // §8.1.1.5: "The method MUST match that of the request." RFC 4475 §3.1.2.18: 501 tells more where it is unknown too.
    const status = isRegisteredMethod(parsedStart.method) ? 400 : 501
    return malformed('CSEQ_METHOD', 'CSeq names another method', status)
  }
  const body = buffer.subarray(end + END_OF_HEADERS.length)
  // §18.3: a datagram shorter than Content-Length is an error; bytes beyond it are discarded.
  if (core.contentLength !== null && core.contentLength > body.length) {
    return malformed('CONTENT_LENGTH', `${core.contentLength} announced, ${body.length} present`)
  }
  const { contentLength, ...rest } = core
  return {
    outcome: 'message',
    message: { ...parsedStart, ...rest, body: body.subarray(0, contentLength ?? body.length) },
  }
}

type Lines = {
  readonly startLine: string
  readonly headers: readonly Header[]
  readonly fault: { readonly code: MalformedCode; readonly detail: string } | null
}

/** Start line and headers with folded lines joined (§7.3.1); reads on after a fault, so that it can be answered. */
const readLines = (head: string, limits: MessageLimits): Lines => {
  const lines = head.split('\r\n')
  const startLine = lines[0] ?? ''
  const headers: Header[] = []
  let fault: Lines['fault'] = null
  let at = 1
  while (at < lines.length) {
    let line = lines[at] ?? ''
    at += 1
    if (isFolded(lines[at])) {
      // Collected and joined once: a header of a thousand folds must not cost a thousand copies.
      const folds = [line.trimEnd()]
      while (isFolded(lines[at])) {
        folds.push((lines[at] ?? '').trim())
        at += 1
      }
      line = folds.join(' ')
    }
    if (headers.length >= limits.headers) {
      return {
        startLine,
        headers,
        fault: fault ?? { code: 'TOO_MANY_HEADERS', detail: `over ${limits.headers}` },
      }
    }
    if (line.length > limits.headerLength) {
      fault ??= { code: 'HEADER_TOO_LONG', detail: `over ${limits.headerLength} characters` }
      continue
    }
    const colon = line.indexOf(':')
    const name = colon < 0 ? '' : line.slice(0, colon).trimEnd()
    if (!/^[A-Za-z0-9\-.!%*_+`'~]+$/.test(name) || /[\r\n]/.test(line)) {
      fault ??= { code: 'HEADER_LINE', detail: 'a line that is no header' }
      continue
    }
    headers.push(header(name, line.slice(colon + 1).trim()))
  }
  return { startLine, headers, fault }
}

const isFolded = (line: string | undefined): boolean =>
  line !== undefined && (line[0] === ' ' || line[0] === '\t')
