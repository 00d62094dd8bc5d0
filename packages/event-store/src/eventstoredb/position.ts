const DIGITS = 19
const POSITION = /^\d{19}(?:\.\d{19})?$/

/** A place in the server's log, in bytes from its beginning: where the event was committed, and where it was prepared. */
export type LogPlace = { readonly commit: bigint; readonly prepare: bigint }

const padded = (bytes: bigint): string => String(bytes).padStart(DIGITS, '0')

/**
 * A place as the port's opaque position: 19 digits, so that string order is log order up to 2^63. All that this adapter
 * appends is prepared where it is committed; the second number stands only where the two differ.
 */
export const toPosition = ({ commit, prepare }: LogPlace): string =>
  commit === prepare ? padded(commit) : `${padded(commit)}.${padded(prepare)}`

/** The place that a position of ours names; throws a `RangeError` on one of another store. */
export const fromPosition = (position: string): LogPlace => {
  if (!POSITION.test(position)) {
    throw new RangeError(`not a position of this store: ${JSON.stringify(position.slice(0, 80))}`)
  }
  const [commit = '', prepare = commit] = position.split('.')
  return { commit: BigInt(commit), prepare: BigInt(prepare) }
}
