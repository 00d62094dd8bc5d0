import type { Decider } from './decider.ts'
import type { Refusal } from './decision.ts'

/** The state after `events`, from `from` or from nothing. */
export const fold = <Command, Event, State, R extends Refusal>(
  decider: Decider<Command, Event, State, R>,
  events: Iterable<Event>,
  from: State = decider.initialState,
): State => {
  let state = from
  for (const event of events) state = decider.evolve(state, event)
  return state
}
