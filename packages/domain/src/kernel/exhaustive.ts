/** Ends every switch over a union: a forgotten member does not compile. */
export const unreachable = (value: never): never => {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}

/**
 * Ends the switch of an `evolve`: a forgotten event type does not compile, while at run time one that a newer version
 * wrote leaves the state as it is.
 */
export const unchanged = <State>(state: State, _event: never): State => state
