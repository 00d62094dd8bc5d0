export type * from './command-handling/command-handler.ts'
export type * from './event-store.ts'
