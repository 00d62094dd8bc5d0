import type { Decider } from '../kernel/decider.ts'
import { accept, type Decision, refuse } from '../kernel/decision.ts'
import { unreachable } from '../kernel/exhaustive.ts'
import type { FloorCommand, FloorRefusal } from './commands.ts'
import { acceptOffer, declineOffer, lapseOffer, withdrawOffer } from './decide-offers.ts'
import { becomeNotReady, becomeReady, finishWrapUp, signOff, signOn } from './decide-presence.ts'
import { signOffAfterWork, signOffRequested } from './decide-sign-off.ts'
import { enqueue, raiseWork, removeWork, returnWork, startWrapUp } from './decide-work.ts'
import type { FloorEvent } from './events.ts'
import { evolveFloor } from './evolve.ts'
import { routeNext } from './route.ts'
import { type FloorState, initialFloor } from './state.ts'

const decide = (command: FloorCommand, state: FloorState): Decision<FloorEvent, FloorRefusal> => {
  const { floorId } = command
  if (command.type === 'OpenFloorDay') {
    if (state.status === 'open') return refuse('FLOOR_DAY_OPEN', { floorId })
    const { day, carriedOver, signingOff, at } = command
    return accept<FloorEvent>(
      { type: 'FloorDayOpened', data: { floorId, day, carriedOver, at } },
      ...signingOff.map((agentId) => signOffRequested({ floorId, agentId, at })),
    )
  }
  if (state.status === 'notOpen') return refuse('FLOOR_DAY_NOT_OPEN', { floorId })
  switch (command.type) {
    case 'SignOn':
      return signOn(command, state)
    case 'BecomeReady':
      return becomeReady(command, state)
    case 'BecomeNotReady':
      return becomeNotReady(command, state)
    case 'SignOff':
      return signOff(command, state)
    case 'SignOffAfterWork':
      return signOffAfterWork(command, state)
    case 'FinishWrapUp':
      return finishWrapUp(command, state)
    case 'Enqueue':
      return enqueue(command, state)
    case 'RouteNext': {
      // The id's own offer stands already: the command came twice.
      if (state.offers.has(command.offerId)) return accept()
      const offer = routeNext(command, state)
      return offer === null ? accept() : accept(offer)
    }
    case 'AcceptOffer':
      return acceptOffer(command, state)
    case 'DeclineOffer':
      return declineOffer(command, state)
    case 'LapseOffer':
      return lapseOffer(command, state)
    case 'WithdrawOffer':
      return withdrawOffer(command, state)
    case 'RemoveWork':
      return removeWork(command, state)
    case 'ReturnWork':
      return returnWork(command, state)
    case 'RaiseWork':
      return raiseWork(command, state)
    case 'StartWrapUp':
      return startWrapUp(command, state)
    default:
      return unreachable(command)
  }
}

export const floorDecider: Decider<FloorCommand, FloorEvent, FloorState, FloorRefusal> = {
  initialState: initialFloor,
  decide,
  evolve: evolveFloor,
}
