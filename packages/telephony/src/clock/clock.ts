/**
 * Where every timer of the edge comes from, so that tests can turn the clock themselves. It measures and knows no date:
 * what is written down has its instant from elsewhere.
 */
export type Clock = {
  /** Milliseconds since some fixed point; only differences have a meaning. */
  now(): number
  /** Runs `fire` once after `milliseconds`; the returned function cancels it and may be called at any time. */
  setTimer(milliseconds: number, fire: () => void): () => void
}
