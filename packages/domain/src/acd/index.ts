export * from './carry-over.ts'
export * from './commands.ts'
export * from './decide.ts'
export * from './events.ts'
export * from './explain.ts'
export type { WorkOffered } from './route.ts'
export {
  agentOnFloor,
  agentsOnFloor,
  type FloorState,
  handlingOnFloor,
  openOffer,
  openOffers,
  signingOffOnFloor,
  type WorkState,
  waitingOnFloor,
  workOnFloor,
} from './state.ts'
export * from './stream.ts'
