export { type AsOf, type Moment, stateAsOf } from './as-of/state-as-of.ts'
export { type OpenOptions, openReadModels } from './open-read-models.ts'
export type { ProjectorStatistics } from './projector/projector.ts'
export { fromJson } from './read-model-store/json.ts'
export type * from './read-model-store/tables.ts'
export type * from './read-models.ts'
export * from './read-models-error.ts'
export { readModelsInMemory } from './read-models-in-memory.ts'
export { type BuildOptions, type Built, buildBeside } from './rebuild/build-beside.ts'
export { compare, type Difference, type TableComparison } from './rebuild/compare.ts'
export {
  type NotCompared,
  type Replayed,
  type ReplayOptions,
  replayAndCompare,
} from './rebuild/replay-and-compare.ts'
export { swap } from './rebuild/swap.ts'
