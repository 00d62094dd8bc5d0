/**
 * Whether two pieces of event data (JSON: no cycles, no `undefined`) say the same. The order of an object's keys says
 * nothing; that of an array's elements does.
 */
export const sameData = (one: unknown, other: unknown): boolean => {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (Array.isArray(one) || Array.isArray(other)) {
    if (!Array.isArray(one) || !Array.isArray(other) || one.length !== other.length) return false
    return one.every((element, index) => sameData(element, other[index]))
  }
  const keys = Object.keys(one)
  if (keys.length !== Object.keys(other).length) return false
  const ours = one as Record<string, unknown>
  const theirs = other as Record<string, unknown>
  return keys.every((key) => Object.hasOwn(theirs, key) && sameData(ours[key], theirs[key]))
}
