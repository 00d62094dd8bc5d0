export { readModelsInMemory } from '../read-models-in-memory.ts'
export { type SampleLogOptions, sampleLog } from './sample-log.ts'
