import type { InvalidEventReason } from '../event-store-error.ts'

/** Deeper than any event of ours; a circular value is met here at the latest. */
const MAX_DEPTH = 64

export type NonJson = { readonly reason: InvalidEventReason; readonly path: string }

/**
 * The first value in `value` that JSON cannot carry unchanged, with the path to it; null when there is none. Stricter
 * than `JSON.stringify`, which drops `undefined`, calls `toJSON` and turns NaN into null without a word: what is read
 * back must be what was written.
 */
export const findNonJson = (value: unknown, path: string, depth = 0): NonJson | null => {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return null
    case 'number':
      return Number.isFinite(value) ? null : { reason: 'NOT_A_FINITE_NUMBER', path }
    case 'undefined':
      return { reason: 'UNDEFINED', path }
    case 'bigint':
      return { reason: 'BIGINT', path }
    case 'object':
      return value === null ? null : findInside(value, path, depth)
    default:
      return { reason: 'FUNCTION_OR_SYMBOL', path }
  }
}

const findInside = (value: object, path: string, depth: number): NonJson | null => {
  if (depth === MAX_DEPTH) return { reason: 'CIRCULAR_OR_TOO_DEEP', path }
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const found = findNonJson(value[index], '', depth + 1)
      if (found !== null) return { reason: found.reason, path: joined(`${path}[${index}]`, found.path) }
    }
    return null
  }
  const prototype: unknown = Object.getPrototypeOf(value)
  if (prototype !== Object.prototype && prototype !== null) return { reason: 'NOT_A_PLAIN_OBJECT', path }
  for (const [key, member] of Object.entries(value)) {
    const found = findNonJson(member, '', depth + 1)
    if (found !== null) return { reason: found.reason, path: joined(`${path}.${key}`, found.path) }
  }
  return null
}

const joined = (path: string, rest: string): string => `${path}${rest}`
