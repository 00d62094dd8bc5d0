import { isToken } from './text.ts'
import { parseUri, type Uri } from './uri.ts'

export type StartLine =
  | { readonly kind: 'request'; readonly method: string; readonly requestUri: Uri }
  | { readonly kind: 'response'; readonly status: number; readonly reason: string }
  | { readonly kind: 'version' }
  | { readonly kind: 'broken'; readonly detail: string }
  /** Nothing of SIP in it: never answered. */
  | { readonly kind: 'notSip' }

/** §7.1, §7.2: exactly one blank between the parts, none at the ends. */
export const parseStartLine = (line: string): StartLine => {
  if (/^SIP\/\d/i.test(line)) return parseStatusLine(line)
  const version = /\sSIP\/(\d+\.\d+)\s*$/i.exec(line)?.[1]
  if (version === undefined) return { kind: 'notSip' }
  const [method = '', uri = '', protocol, ...more] = line.split(' ')
  if (!isToken(method)) return { kind: 'broken', detail: 'the method is no token' }
  if (more.length > 0 || protocol === undefined)
    return { kind: 'broken', detail: 'blanks in the request line' }
  // §7.1: "SIP/2.0" in upper case when sent, compared without case; §21.5.6 for any other version.
  if (version !== '2.0') return { kind: 'version' }
  const requestUri = parseUri(uri)
  if (requestUri === null) return { kind: 'broken', detail: 'the Request-URI is no URI' }
  // §19.1.1, table 1: a Request-URI has no headers.
  if (requestUri.kind === 'sip' && requestUri.headers !== null) {
    return { kind: 'broken', detail: 'headers in the Request-URI' }
  }
  return { kind: 'request', method, requestUri }
}

const parseStatusLine = (line: string): StartLine => {
  const match = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i.exec(line)
  if (match === null) return { kind: 'broken', detail: 'the status line' }
  return { kind: 'response', status: Number(match[1]), reason: match[2] ?? '' }
}
