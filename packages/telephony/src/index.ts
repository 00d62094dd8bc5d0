export * from './adapter/index.ts'
export * from './edge-contract/index.ts'
