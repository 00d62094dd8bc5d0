export * from './answer-offer.ts'
export * from './audio.ts'
export { isHold, narrow, reverse } from './direction.ts'
export * from './make-offer.ts'
