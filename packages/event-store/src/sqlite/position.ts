const DIGITS = 16
const POSITION = /^\d{16}$/

/** A row's place as the port's opaque position: 16 digits, so that string order is log order up to 2^53. */
export const toPosition = (place: number): string => String(place).padStart(DIGITS, '0')

/** The place that a position of ours names; throws a `RangeError` on one of another store. */
export const fromPosition = (position: string): number => {
  if (!POSITION.test(position)) {
    throw new RangeError(`not a position of this store: ${JSON.stringify(position.slice(0, 80))}`)
  }
  return Number(position)
}
