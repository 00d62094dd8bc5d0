import { hash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  consistencyRanges,
  inclusionRanges,
  rootOfInclusion,
  rootsOf,
  rootsOfConsistency,
} from './merkle-proof.ts'
import { createTreeFrontier, emptyRoot, nodeHash } from './merkle-tree.ts'

/** The eight inputs of Certificate Transparency's reference tests, as leaves. */
const INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
]
/** Their roots, for the first leaf, the first two, and so on. */
const ROOTS = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const leaves = INPUTS.map((input) => hash('sha256', Buffer.from(`00${input}`, 'hex'), 'buffer'))
const manyLeaves = Array.from({ length: 67 }, (_, index) => hash('sha256', String(index), 'buffer'))

const treeOf = (given: readonly Uint8Array[]) => {
  const tree = createTreeFrontier()
  for (const leaf of given) tree.append(leaf)
  return tree
}
/** MTH by its definition (RFC 9162 §2.1.1). */
const rootByDefinition = (given: readonly Uint8Array[]): Uint8Array => {
  const [only] = given
  if (only === undefined) return emptyRoot()
  if (given.length === 1) return only
  let k = 1
  while (k * 2 < given.length) k *= 2
  return nodeHash(rootByDefinition(given.slice(0, k)), rootByDefinition(given.slice(k)))
}
async function* pagesOf(given: readonly Uint8Array[]) {
  for (let start = 0; start < given.length; start += 5) yield given.slice(start, start + 5)
}
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

describe('the tree', () => {
  it('has the roots of the reference tests', () => {
    expect(hex(createTreeFrontier().root())).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
    expect(ROOTS.map((_, index) => hex(treeOf(leaves.slice(0, index + 1)).root()))).toEqual(ROOTS)
  })

  it('has at any size the root that the definition gives', () => {
    for (let size = 0; size <= manyLeaves.length; size += 1) {
      const some = manyLeaves.slice(0, size)
      expect(hex(treeOf(some).root())).toBe(hex(rootByDefinition(some)))
    }
  })

  it('goes on from what was saved', () => {
    for (let size = 0; size <= manyLeaves.length; size += 1) {
      const tree = createTreeFrontier(size, treeOf(manyLeaves.slice(0, size)).save())
      for (const leaf of manyLeaves.slice(size)) tree.append(leaf)
      expect(hex(tree.root())).toBe(hex(rootByDefinition(manyLeaves)))
    }
  })

  it('refuses what was saved of another size', () => {
    expect(() => createTreeFrontier(4, treeOf(leaves.slice(0, 3)).save())).toThrow(RangeError)
  })
})

describe('proofs', () => {
  it('prove any leaf of any tree, and no other leaf, place, size or root', async () => {
    for (let size = 1; size <= manyLeaves.length; size += 1) {
      const root = hex(rootByDefinition(manyLeaves.slice(0, size)))
      for (let index = 0; index < size; index += 1) {
        const leaf = manyLeaves[index] as Uint8Array
        const proof = await rootsOf(inclusionRanges(index, size), pagesOf(manyLeaves))
        const led = (...given: Parameters<typeof rootOfInclusion>) =>
          hex(rootOfInclusion(...given) ?? Buffer.of())
        expect(led(leaf, index, size, proof)).toBe(root)
        expect(led(manyLeaves[(index + 1) % 67] as Uint8Array, index, size, proof)).not.toBe(root)
        if (size > 1) expect(led(leaf, (index + 1) % size, size, proof)).not.toBe(root)
        expect(rootOfInclusion(leaf, index, size, [...proof, leaf])).toBeNull()
        if (proof.length > 0) expect(rootOfInclusion(leaf, index, size, proof.slice(1))).toBeNull()
      }
    }
  })

  it('prove that any tree is the beginning of any larger one', async () => {
    for (let size = 1; size <= manyLeaves.length; size += 3) {
      const root = hex(rootByDefinition(manyLeaves.slice(0, size)))
      for (let older = 1; older <= size; older += 1) {
        const olderRoot = rootByDefinition(manyLeaves.slice(0, older))
        const proof = await rootsOf(consistencyRanges(older, size), pagesOf(manyLeaves))
        const led = rootsOfConsistency({ size: older, root: olderRoot }, size, proof)
        expect([hex(led?.older ?? Buffer.of()), hex(led?.newer ?? Buffer.of())]).toEqual([
          hex(olderRoot),
          root,
        ])
        const altered = Buffer.from(olderRoot)
        altered.writeUInt8(altered.readUInt8(0) ^ 1, 0)
        const misled = rootsOfConsistency({ size: older, root: altered }, size, proof)
        const fits = misled !== null && hex(misled.older) === hex(altered) && hex(misled.newer) === root
        expect(fits).toBe(false)
      }
    }
  })

  it('are refused for a place that is not there', async () => {
    expect(() => inclusionRanges(3, 3)).toThrow(RangeError)
    expect(() => consistencyRanges(0, 3)).toThrow(RangeError)
    expect(() => consistencyRanges(4, 3)).toThrow(RangeError)
    await expect(rootsOf([{ start: 0, end: 9 }], pagesOf(leaves))).rejects.toThrow('only 8 leaves')
  })
})
