export type * from './read-model-store/tables.ts'
export type * from './read-models.ts'
