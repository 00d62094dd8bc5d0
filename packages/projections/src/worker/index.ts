export { type QueryName, queriesBy } from '../query-names.ts'
export { serve } from './serve.ts'
export { WorkerClient } from './worker-client.ts'
