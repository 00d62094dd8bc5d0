import type { Direction } from './audio.ts'

const sends = (direction: Direction): boolean => direction === 'sendrecv' || direction === 'sendonly'
const receives = (direction: Direction): boolean => direction === 'sendrecv' || direction === 'recvonly'

const fromFlags = (send: boolean, receive: boolean): Direction =>
  send ? (receive ? 'sendrecv' : 'sendonly') : receive ? 'recvonly' : 'inactive'

/** The same stream seen from the other side. */
export const reverse = (direction: Direction): Direction => fromFlags(receives(direction), sends(direction))

/** What remains of what we want where they allow `theirs` (RFC 3264 §6.1). */
export const narrow = (ours: Direction, theirs: Direction): Direction =>
  fromFlags(sends(ours) && receives(theirs), receives(ours) && sends(theirs))

/** RFC 3264 §8.4: who does not want to hear the other says sendonly or inactive. */
export const isHold = (theirs: Direction): boolean => !receives(theirs)
