import { formatParameters, noParameters, type Parameters } from './parameters.ts'
import { isHost, parsePort } from './text.ts'

/** A sip or sips URI (§19.1). Text is kept as written, escapes included, so that it can be sent on unchanged. */
export type SipUri = {
  readonly kind: 'sip'
  readonly scheme: 'sip' | 'sips'
  readonly user: string | null
  readonly password: string | null
  /** Lower case; IPv6 in brackets. */
  readonly host: string
  readonly port: number | null
  readonly parameters: Parameters
  /** What follows `?`; allowed in few places only (§19.1.1, table 1). */
  readonly headers: string | null
}

/** Any other scheme, `tel` above all. */
export type OtherUri = { readonly kind: 'other'; readonly scheme: string; readonly opaque: string }

export type Uri = SipUri | OtherUri

const SCHEME = /^([A-Za-z][A-Za-z0-9+.-]*):/
// `#` has to be escaped (§25.1), yet many phones dial `*21#` bare.
const USER = /^(?:[A-Za-z0-9\-_.!~*'()&=+$,;?/#]|%[0-9A-Fa-f]{2})+$/
const PASSWORD = /^(?:[A-Za-z0-9\-_.!~*'()&=+$,]|%[0-9A-Fa-f]{2})*$/
const PARAMETER = /^(?:[A-Za-z0-9\-_.!~*'()[\]/:&+$]|%[0-9A-Fa-f]{2})+$/
const HEADERS = /^(?:[A-Za-z0-9\-_.!~*'()[\]/?:+$&=]|%[0-9A-Fa-f]{2})+$/
const OPAQUE = /^[!-~]+$/

/** Null for text that is no URI. Blanks around it are not taken: where they are allowed, the caller cuts them. */
export const parseUri = (text: string): Uri | null => {
  const scheme = SCHEME.exec(text)?.[1]
  if (scheme === undefined) return null
  const lower = scheme.toLowerCase()
  const rest = text.slice(scheme.length + 1)
  if (lower === 'sip' || lower === 'sips') return parseSipUri(lower, rest)
  return OPAQUE.test(rest) && !/[<>"]/.test(rest) ? { kind: 'other', scheme: lower, opaque: rest } : null
}

const parseSipUri = (scheme: 'sip' | 'sips', rest: string): SipUri | null => {
  // An unescaped `@` can stand only once: behind the user part, which itself may hold `;` and `?` (RFC 4475 §3.1.1.9).
  const at = rest.indexOf('@')
  let user: string | null = null
  let password: string | null = null
  if (at >= 0) {
    const userInfo = rest.slice(0, at)
    const colon = userInfo.indexOf(':')
    user = colon < 0 ? userInfo : userInfo.slice(0, colon)
    if (!USER.test(user)) return null
    if (colon >= 0) {
      password = userInfo.slice(colon + 1)
      if (!PASSWORD.test(password)) return null
    }
  }
  let tail = rest.slice(at + 1)
  let headers: string | null = null
  const question = tail.indexOf('?')
  if (question >= 0) {
    headers = tail.slice(question + 1)
    tail = tail.slice(0, question)
    if (!HEADERS.test(headers)) return null
  }
  const semicolon = tail.indexOf(';')
  const hostPort = semicolon < 0 ? tail : tail.slice(0, semicolon)
  const parameters = semicolon < 0 ? noParameters : parseUriParameters(tail.slice(semicolon + 1))
  if (parameters === null) return null
  const colon = hostPort.lastIndexOf(':')
  const hasPort = colon >= 0 && colon > hostPort.lastIndexOf(']')
  const host = hasPort ? hostPort.slice(0, colon) : hostPort
  const port = hasPort ? parsePort(hostPort.slice(colon + 1)) : null
  if (!isHost(host) || (hasPort && port === null)) return null
  return { kind: 'sip', scheme, user, password, host: host.toLowerCase(), port, parameters, headers }
}

const parseUriParameters = (text: string): Parameters | null => {
  const parameters = new Map<string, string | null>()
  for (const part of text.split(';')) {
    const equals = part.indexOf('=')
    const name = equals < 0 ? part : part.slice(0, equals)
    const value = equals < 0 ? null : part.slice(equals + 1)
    // §19.1.1: "any given parameter-name MUST NOT appear more than once".
    if (!PARAMETER.test(name) || parameters.has(name.toLowerCase())) return null
    if (value !== null && !PARAMETER.test(value)) return null
    parameters.set(name.toLowerCase(), value)
  }
  return parameters
}

/** As it goes on the wire (RFC 3261 §19.1.1, RFC 3966 for tel). */
export const formatUri = (uri: Uri): string => {
  if (uri.kind === 'other') return `${uri.scheme}:${uri.opaque}`
  const userInfo =
    uri.user === null ? '' : uri.password === null ? `${uri.user}@` : `${uri.user}:${uri.password}@`
  const port = uri.port === null ? '' : `:${uri.port}`
  const headers = uri.headers === null ? '' : `?${uri.headers}`
  return `${uri.scheme}:${userInfo}${uri.host}${port}${formatParameters(uri.parameters)}${headers}`
}

/** The dialled or calling user: a sip URI's user part unescaped, a tel URI's number without parameters, else null. */
export const userOf = (uri: Uri): string | null => {
  if (uri.kind === 'other') return uri.scheme === 'tel' ? (uri.opaque.split(';')[0] ?? null) : null
  if (uri.user === null) return null
  try {
    return decodeURIComponent(uri.user)
  } catch {
    // Escapes that are no UTF-8: the text as written is the best there is.
    return uri.user
  }
}

/** A sip URI from its parts, for our own Contact and From. */
export const sipUri = (user: string | null, host: string, port: number | null = null): SipUri => ({
  kind: 'sip',
  scheme: 'sip',
  user: user === null ? null : encodeURIComponent(user).replace(/%2B/g, '+'),
  password: null,
  host: host.includes(':') && !host.startsWith('[') ? `[${host}]` : host,
  port,
  parameters: noParameters,
  headers: null,
})
