export * from './counters.ts'
export * from './log.ts'
export * from './transport/index.ts'
export * from './user-agent/index.ts'
