export * from './agent-lines.ts'
export * from './attach.ts'
export * from './browser-phone.ts'
export * from './protocol.ts'
