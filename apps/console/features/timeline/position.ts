/**
 * Orders two log positions. They are opaque but ordered texts: of the same length they sort as text, and a longer one
 * of digits is a later one.
 */
export function comparePositions(a: string, b: string): number {
  if (a.length !== b.length && isDigits(a) && isDigits(b)) return a.length - b.length
  return a < b ? -1 : a > b ? 1 : 0
}

const isDigits = (text: string) => /^\d+$/.test(text)
