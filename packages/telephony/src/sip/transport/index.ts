export * from './locate.ts'
export * from './sip-transport.ts'
export * from './udp-transport.ts'
