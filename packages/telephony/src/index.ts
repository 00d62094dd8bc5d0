export * from './edge-contract/index.ts'
