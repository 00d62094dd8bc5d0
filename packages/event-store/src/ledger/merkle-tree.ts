import { hash } from 'node:crypto'

const NODE_PREFIX = 0x01
const scratch = Buffer.alloc(65, NODE_PREFIX)

/** HASH(0x01 || left || right), RFC 9162 §2.1.1. */
export const nodeHash = (left: Uint8Array, right: Uint8Array): Buffer => {
  scratch.set(left, 1)
  scratch.set(right, 33)
  return hash('sha256', scratch, 'buffer')
}

/** The root of no leaves at all: the hash of nothing (RFC 9162 §2.1.1). */
export const emptyRoot = (): Buffer => hash('sha256', '', 'buffer')

/**
 * A Merkle tree that grows at its right end and remembers only the roots of its complete subtrees, the largest first: at
 * most one for each bit of its size. Enough to append and to tell the root.
 */
export type TreeFrontier = {
  readonly size: number
  append(leaf: Uint8Array): void
  root(): Buffer
  /** The subtrees' roots, 32 bytes each, to go on from with `createTreeFrontier`. */
  save(): Buffer
}

export const HASH_BYTES = 32

/** An empty tree, or the one of `size` leaves that `save` told. Throws a `RangeError` when the two do not fit. */
export const createTreeFrontier = (size = 0, saved: Uint8Array = new Uint8Array()): TreeFrontier => {
  if (saved.length !== HASH_BYTES * onesOf(size)) throw new RangeError(`no frontier of ${size} leaves`)
  const subtrees: Uint8Array[] = []
  for (let start = 0; start < saved.length; start += HASH_BYTES) {
    subtrees.push(saved.slice(start, start + HASH_BYTES))
  }
  let leaves = size
  return {
    get size() {
      return leaves
    },
    append: (leaf) => {
      let root = leaf
      // Each one at the size's end is a complete subtree as large as what has been gathered.
      for (let rest = leaves; rest % 2 === 1; rest = Math.floor(rest / 2)) {
        root = nodeHash(subtrees.pop() as Uint8Array, root)
      }
      subtrees.push(root)
      leaves += 1
    },
    root: () => {
      const last = subtrees.at(-1)
      if (last === undefined) return emptyRoot()
      return Buffer.from(
        subtrees.slice(0, -1).reduceRight<Uint8Array>((right, left) => nodeHash(left, right), last),
      )
    },
    save: () => Buffer.concat(subtrees),
  }
}

const onesOf = (size: number): number => {
  let ones = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) ones += rest % 2
  return ones
}
