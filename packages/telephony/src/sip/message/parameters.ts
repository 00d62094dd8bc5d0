import { isToken, splitOutsideQuotes } from './text.ts'

/** `;name=value` in the order received; names in lower case, values as written, null for a flag. */
export type Parameters = ReadonlyMap<string, string | null>

export const noParameters: Parameters = new Map()

const QUOTED = /^"(?:[^"\\]|\\[\s\S])*"$/

/**
 * Reads header parameters (§25.1 `generic-param`): either nothing, or text that begins with `;`. Null when a parameter
 * is empty, its name is no token, or it comes twice (§7.3.1).
 */
export const parseHeaderParameters = (text: string): Parameters | null => {
  const rest = text.trim()
  if (rest === '') return noParameters
  if (rest[0] !== ';') return null
  const parts = splitOutsideQuotes(rest.slice(1), ';')
  if (parts === null) return null
  const parameters = new Map<string, string | null>()
  for (const part of parts) {
    const equals = part.indexOf('=')
    const name = (equals < 0 ? part : part.slice(0, equals)).trim().toLowerCase()
    if (!isToken(name) || parameters.has(name)) return null
    if (equals < 0) parameters.set(name, null)
    else {
      const value = part.slice(equals + 1).trim()
      if (value === '' || (value[0] === '"' ? !QUOTED.test(value) : /[\s"<>,]/.test(value))) return null
      parameters.set(name, value)
    }
  }
  return parameters
}

/** `;name=value`, or `;name` where the value is null; empty without any. */
export const formatParameters = (parameters: Parameters): string => {
  let text = ''
  for (const [name, value] of parameters) text += value === null ? `;${name}` : `;${name}=${value}`
  return text
}
