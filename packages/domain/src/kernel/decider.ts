import type { Decision, Refusal } from './decision.ts'

/**
 * A room's rules. `decide` is pure: time, ids and seeds arrive in the command. `evolve` never refuses and ignores
 * event types it does not know. Accepting with no events means "nothing to do" (a repeated command).
 */
export type Decider<Command, Event, State, R extends Refusal = Refusal> = {
  readonly initialState: State
  readonly decide: (command: Command, state: State) => Decision<Event, R>
  readonly evolve: (state: State, event: Event) => State
}
