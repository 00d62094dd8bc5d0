export * from './facts.ts'
export * from './frames.ts'
export * from './orders.ts'
export * from './voice-edge.ts'
