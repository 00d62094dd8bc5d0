/** Numbers that are the same in every run with the same seed. */
export type Random = {
  /** 0 ≤ n < 1. */
  next(): number
  /** A whole number, 0 ≤ n < limit. */
  below(limit: number): number
  chance(share: number): boolean
  /** One of the list, which must not be empty. */
  pick<T>(list: readonly [T, ...T[]]): T
}

/** Marsaglia's xorshift of 32 bits: any seed but 0 gives all numbers but 0 before it repeats. */
export const createRandom = (seed: number): Random => {
  let state = seed >>> 0 === 0 ? 1 : seed >>> 0
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    chance: (share) => next() < share,
    pick: (list) => list[below(list.length)] ?? list[0],
  }
}
