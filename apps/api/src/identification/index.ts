export * from './identification.ts'
