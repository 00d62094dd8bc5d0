import { randomFillSync } from 'node:crypto'

const TOKEN_BYTES = 12
const POOL_BYTES = 340 * TOKEN_BYTES

/**
 * 96 random bits in hexadecimal, for tags, branches and Call-IDs (§19.3 asks for 32 at least). Taken from a pool: a call
 * needs several, and asking the system for each one was a tenth of its cost.
 */
export const createRandomToken = (): (() => string) => {
  const pool = Buffer.alloc(POOL_BYTES)
  let used = POOL_BYTES
  return () => {
    if (used === POOL_BYTES) {
      randomFillSync(pool)
      used = 0
    }
    used += TOKEN_BYTES
    return pool.toString('hex', used - TOKEN_BYTES, used)
  }
}
