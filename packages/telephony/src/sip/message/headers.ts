/** One header line after unfolding. `key` is the full name in lower case. */
export type Header = { readonly key: string; readonly name: string; readonly value: string }

/** §7.3.3 and the IANA registry: one letter for a name. */
const compactForms: Readonly<Record<string, string>> = {
  a: 'Accept-Contact',
  b: 'Referred-By',
  c: 'Content-Type',
  d: 'Request-Disposition',
  e: 'Content-Encoding',
  f: 'From',
  i: 'Call-ID',
  j: 'Reject-Contact',
  k: 'Supported',
  l: 'Content-Length',
  m: 'Contact',
  n: 'Identity-Info',
  o: 'Event',
  r: 'Refer-To',
  s: 'Subject',
  t: 'To',
  u: 'Allow-Events',
  v: 'Via',
  x: 'Session-Expires',
  y: 'Identity',
}

/** A header as received or as we write it; a compact name becomes the full one. */
export const header = (name: string, value: string): Header => {
  const full = name.length === 1 ? (compactForms[name.toLowerCase()] ?? name) : name
  return { key: full.toLowerCase(), name: full, value }
}

type WithHeaders = { readonly headers: readonly Header[] }

/** The first header of that name, in lower case; null when there is none. */
export const headerValue = (message: WithHeaders, key: string): string | null => {
  for (const h of message.headers) if (h.key === key) return h.value
  return null
}

/** Every header of that name, in order, each as it stands in its line. */
export const headerValues = (message: WithHeaders, key: string): readonly string[] => {
  const values: string[] = []
  for (const h of message.headers) if (h.key === key) values.push(h.value)
  return values
}

/** The tokens of a list header such as Require or Supported, in order; over all its lines (§7.3.1). */
export const headerTokens = (message: WithHeaders, key: string): readonly string[] =>
  headerValues(message, key)
    .flatMap((value) => value.split(','))
    .map((token) => token.trim())
    .filter((token) => token !== '')
