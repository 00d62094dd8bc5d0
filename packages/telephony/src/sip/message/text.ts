const TOKEN = /^[A-Za-z0-9\-.!%*_+`'~]+$/

/** `token` of RFC 3261 §25.1. */
export const isToken = (text: string): boolean => TOKEN.test(text)

const HOST = /^(?:[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?\.?|\[[0-9A-Fa-f:.]+\])$/

/** A host name, an IPv4 address or a bracketed IPv6 reference. Underscores are seen in the wild and taken. */
export const isHost = (text: string): boolean => text.length <= 255 && HOST.test(text)

/** A decimal port, 1 to 65535; null for anything else. */
export const parsePort = (text: string): number | null => {
  if (!/^\d{1,5}$/.test(text)) return null
  const port = Number(text)
  return port >= 1 && port <= 65_535 ? port : null
}

/**
 * Cuts at each `separator` that stands outside quoted strings and angle brackets. Null when a quote or a bracket is
 * not closed, or one closes that was not open.
 */
export const splitOutsideQuotes = (text: string, separator: ',' | ';'): readonly string[] | null => {
  // Most values hold no separator at all.
  if (!text.includes(separator)) return balanced(text) ? [text] : null
  const parts: string[] = []
  let start = 0
  let quoted = false
  let bracketed = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c === '\\') i++
      else if (c === '"') quoted = false
    } else if (c === '"') quoted = true
    else if (c === '<') {
      if (bracketed) return null
      bracketed = true
    } else if (c === '>') {
      if (!bracketed) return null
      bracketed = false
    } else if (c === separator && !bracketed) {
      parts.push(text.slice(start, i))
      start = i + 1
    }
  }
  if (quoted || bracketed) return null
  parts.push(text.slice(start))
  return parts
}

const balanced = (text: string): boolean => {
  let quoted = false
  let bracketed = false
  for (let i = 0; i < text.length; i++) {
    const c = text[i]
    if (quoted) {
      if (c === '\\') i++
      else if (c === '"') quoted = false
    } else if (c === '"') quoted = true
    else if (c === '<') {
      if (bracketed) return false
      bracketed = true
    } else if (c === '>') {
      if (!bracketed) return false
      bracketed = false
    }
  }
  return !quoted && !bracketed
}

/** A quoted string's content with its escapes undone (§25.1); the argument includes both quotes. */
export const unquote = (quoted: string): string => quoted.slice(1, -1).replace(/\\([\s\S])/g, '$1')

/** A quoted string; line breaks, which may not stand in one, become spaces. */
export const quote = (text: string): string => `"${text.replace(/[\r\n]+/g, ' ').replace(/["\\]/g, '\\$&')}"`
