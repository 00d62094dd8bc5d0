import type { CarriedOver } from './commands.ts'
import { agentsOnFloor, type FloorState, handlingOnFloor, openOffers, waitingOnFloor } from './state.ts'

/** What a day leaves to the next: everybody on the floor as they are, what waits, what is on offer, what is handled. */
export const carryOver = (state: FloorState): CarriedOver => ({
  agents: agentsOnFloor(state),
  waiting: waitingOnFloor(state),
  offers: openOffers(state),
  handling: handlingOnFloor(state),
})

/** For the first day of a floor. */
export const NOTHING_CARRIED_OVER: CarriedOver = { agents: [], waiting: [], offers: [], handling: [] }
