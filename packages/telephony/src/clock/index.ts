export * from './clock.ts'
export * from './system-clock.ts'
export * from './timer-set.ts'
