import { randomFillSync } from 'node:crypto'
import type { EventId } from '@centralino/domain'

const pool = Buffer.alloc(4096)
let used = pool.length
let lastMilliseconds = 0
let counter = 0

const random = (bytes: number): Buffer => {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += bytes
  return pool.subarray(used - bytes, used)
}

/**
 * A time-ordered id, RFC 9562 §5.7. Within a millisecond `rand_a` counts up from a random start (§6.2, method 1), so
 * that ids of one process sort in the order they were made; a counter that runs over, or a clock that steps back,
 * borrows from the next millisecond.
 */
export const uuidv7 = (): EventId => {
  const now = Date.now()
  if (now > lastMilliseconds) {
    lastMilliseconds = now
    // The top bit is left clear: 2,048 ids or more in a millisecond before the counter runs over.
    counter = random(2).readUInt16BE() & 0x07ff
  } else if (counter === 0x0fff) {
    lastMilliseconds += 1
    counter = random(2).readUInt16BE() & 0x07ff
  } else {
    counter += 1
  }
  const time = lastMilliseconds.toString(16).padStart(12, '0')
  const tail = random(8)
  tail[0] = (tail.readUInt8(0) & 0x3f) | 0x80
  const rest = tail.toString('hex')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${rest.slice(0, 4)}-${rest.slice(4)}` as EventId
}
