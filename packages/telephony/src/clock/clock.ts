/** Where every timer of the stack comes from, so that tests can turn the clock themselves. */
export type Clock = {
  /** Milliseconds since some fixed point; only differences have a meaning. */
  now(): number
  /** Runs `fire` once after `milliseconds`; the returned function cancels it and may be called at any time. */
  setTimer(milliseconds: number, fire: () => void): () => void
}
