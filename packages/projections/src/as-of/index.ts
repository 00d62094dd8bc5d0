export { Keyframes } from './keyframes.ts'
export type { Moment } from './moment.ts'
export { Tape } from './tape.ts'
