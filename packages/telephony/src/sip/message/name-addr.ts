import { formatParameters, type Parameters, parseHeaderParameters } from './parameters.ts'
import { quote, unquote } from './text.ts'
import { formatUri, parseUri, type Uri } from './uri.ts'

/** The value of From, To, Contact, Route, Record-Route, P-Asserted-Identity: `"name" <uri>;parameters` (§20.10). */
export type NameAddr = {
  readonly displayName: string | null
  readonly uri: Uri
  readonly parameters: Parameters
}

const QUOTED_NAME = /^"(?:[^"\\]|\\[\s\S])*"/

/** Null for text that is neither `name-addr` nor `addr-spec`. */
export const parseNameAddr = (text: string): NameAddr | null => {
  const value = text.trim()
  let displayName: string | null = null
  let rest = value
  if (value[0] === '"') {
    const quoted = QUOTED_NAME.exec(value)?.[0]
    if (quoted === undefined) return null
    displayName = unquote(quoted)
    rest = value.slice(quoted.length).trimStart()
    if (rest[0] !== '<') return null
  }
  const open = rest.indexOf('<')
  if (open < 0) return parseAddrSpec(rest)
  if (open > 0) {
    displayName = rest.slice(0, open).trim()
    // Tokens by the grammar; phones send more than tokens unquoted, but what separates headers stays refused.
    if (/[",;<>]/.test(displayName)) return null
  }
  const close = rest.indexOf('>', open)
  if (close < 0) return null
  const uri = parseUri(rest.slice(open + 1, close))
  const parameters = parseHeaderParameters(rest.slice(close + 1))
  if (uri === null || parameters === null) return null
  return { displayName: displayName === '' ? null : displayName, uri, parameters }
}

/**
 * §20: without angle brackets a URI may hold no comma, question mark or semicolon, and every parameter belongs to the
 * header.
 */
const parseAddrSpec = (text: string): NameAddr | null => {
  const semicolon = text.indexOf(';')
  const address = (semicolon < 0 ? text : text.slice(0, semicolon)).trimEnd()
  if (/[,?\s]/.test(address)) return null
  const uri = parseUri(address)
  const parameters = semicolon < 0 ? parseHeaderParameters('') : parseHeaderParameters(text.slice(semicolon))
  return uri === null || parameters === null ? null : { displayName: null, uri, parameters }
}

/** Always in angle brackets, so that a parameter is never taken for the URI’s (RFC 3261 §20.10). */
export const formatNameAddr = (address: NameAddr): string => {
  const name = address.displayName === null ? '' : `${quote(address.displayName)} `
  return `${name}<${formatUri(address.uri)}>${formatParameters(address.parameters)}`
}

/** The dialog tag of a From or To (§19.3); null when it has none. */
export const tagOf = (address: NameAddr): string | null => address.parameters.get('tag') ?? null

/** With this tag instead of any that it has. */
export const withTag = (address: NameAddr, tag: string): NameAddr => ({
  ...address,
  parameters: new Map(address.parameters).set('tag', tag),
})
