export * from './q850.ts'
export type * from './session.ts'
export * from './user-agent.ts'
export type * from './user-agent-options.ts'
