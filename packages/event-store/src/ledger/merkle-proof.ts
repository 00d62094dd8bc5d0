import { createTreeFrontier, nodeHash } from './merkle-tree.ts'

/** Leaves of one subtree: from `start` up to `end`, not included. */
export type LeafRange = { readonly start: number; readonly end: number }

/** The largest power of two smaller than `size` (RFC 9162 §2.1.1: k < n <= 2k). */
const splitOf = (size: number): number => {
  let k = 1
  while (k * 2 < size) k *= 2
  return k
}

/**
 * The subtrees whose roots prove that the leaf at `index` is one of `size`, the deepest first: PATH(m, D_n) of RFC 9162
 * §2.1.3.1. Throws a `RangeError` when there is no such leaf.
 */
export const inclusionRanges = (index: number, size: number): LeafRange[] => {
  if (!(index >= 0 && index < size)) throw new RangeError(`no leaf ${index} of ${size}`)
  const path = (start: number, end: number): LeafRange[] => {
    if (end - start === 1) return []
    const middle = start + splitOf(end - start)
    return index < middle
      ? [...path(start, middle), { start: middle, end }]
      : [...path(middle, end), { start, end: middle }]
  }
  return path(0, size)
}

/**
 * The subtrees whose roots prove that the first `older` leaves of `size` are the older tree: PROOF(m, D_n) of RFC 9162
 * §2.1.4.1. Throws a `RangeError` unless 0 < older <= size.
 */
export const consistencyRanges = (older: number, size: number): LeafRange[] => {
  if (!(older > 0 && older <= size)) throw new RangeError(`no tree of ${older} in one of ${size}`)
  const subproof = (start: number, end: number, whole: boolean): LeafRange[] => {
    if (older === end) return whole ? [] : [{ start, end }]
    const middle = start + splitOf(end - start)
    return older <= middle
      ? [...subproof(start, middle, whole), { start: middle, end }]
      : [...subproof(middle, end, false), { start, end: middle }]
  }
  return subproof(0, size, true)
}

/**
 * The roots of the subtrees, in the order asked, whether they overlap or not; `leaves` gives the tree's leaves from the
 * first, and is read once.
 */
export const rootsOf = async (
  ranges: readonly LeafRange[],
  leaves: AsyncIterable<readonly Uint8Array[]>,
): Promise<Buffer[]> => {
  const trees = ranges.map((range) => ({ ...range, tree: createTreeFrontier() }))
  const coming = trees.toSorted((one, other) => one.start - other.start)
  let open: typeof trees = []
  let index = 0
  for await (const page of leaves) {
    for (const leaf of page) {
      while (coming[0]?.start === index) open.push(...coming.splice(0, 1))
      for (const { tree } of open) tree.append(leaf)
      index += 1
      if (open.some(({ end }) => end === index)) open = open.filter(({ end }) => end > index)
      if (open.length === 0 && coming.length === 0) return trees.map(({ tree }) => tree.root())
    }
  }
  if (ranges.length > 0) throw new RangeError(`only ${index} leaves are there`)
  return []
}

/** The way up a tree from one of its places: on which side of what was climbed each node of a proof stands. */
const climb = (start: { readonly place: number; readonly last: number }) => {
  let { place, last } = start
  const up = (): void => {
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  return {
    /** The side of the next node; null when the top was reached before. */
    next: (): 'left' | 'right' | null => {
      if (last === 0) return null
      const side = place % 2 === 1 || place === last ? 'left' : 'right'
      // A node at the right edge may have no sibling for some levels.
      if (side === 'left') while (place % 2 === 0 && place !== 0) up()
      up()
      return side
    },
    isAtTop: (): boolean => last === 0,
  }
}

/** The root that a leaf and its inclusion proof lead to (RFC 9162 §2.1.3.2); null when the proof does not fit the place. */
export const rootOfInclusion = (
  leaf: Uint8Array,
  index: number,
  size: number,
  proof: readonly Uint8Array[],
): Uint8Array | null => {
  if (!(index >= 0 && index < size)) return null
  const way = climb({ place: index, last: size - 1 })
  let root = leaf
  for (const node of proof) {
    const side = way.next()
    if (side === null) return null
    root = side === 'left' ? nodeHash(node, root) : nodeHash(root, node)
  }
  return way.isAtTop() ? root : null
}

/** The roots of both trees that a consistency proof leads to (RFC 9162 §2.1.4.2); null when it does not fit the sizes. */
export const rootsOfConsistency = (
  older: { readonly size: number; readonly root: Uint8Array },
  size: number,
  proof: readonly Uint8Array[],
): { readonly older: Uint8Array; readonly newer: Uint8Array } | null => {
  if (!(older.size > 0 && older.size <= size)) return null
  if (older.size === size) return proof.length === 0 ? { older: older.root, newer: older.root } : null
  const isPowerOfTwo = splitOf(older.size + 1) === older.size
  const [first, ...rest] = isPowerOfTwo ? [older.root, ...proof] : proof
  if (first === undefined) return null
  let place = older.size - 1
  let last = size - 1
  while (place % 2 === 1) {
    place = Math.floor(place / 2)
    last = Math.floor(last / 2)
  }
  const way = climb({ place, last })
  let before = first
  let after = first
  for (const node of rest) {
    const side = way.next()
    if (side === null) return null
    if (side === 'left') before = nodeHash(node, before)
    after = side === 'left' ? nodeHash(node, after) : nodeHash(after, node)
  }
  return way.isAtTop() ? { older: before, newer: after } : null
}
