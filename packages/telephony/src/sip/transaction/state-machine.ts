export type StateMachine<State extends string> = {
  readonly state: State
  /** Moves on; a move that the machine does not have is a bug and throws. */
  transition(to: State): void
}

/** A state and the only moves there are from each. */
export const createStateMachine = <State extends string>(
  name: string,
  initial: State,
  moves: Readonly<Record<State, readonly State[]>>,
): StateMachine<State> => {
  let state = initial
  return {
    get state() {
      return state
    },
    transition: (to) => {
      if (!moves[state].includes(to)) throw new Error(`${name}: illegal move from ${state} to ${to}`)
      state = to
    },
  }
}
