import { callCounterNames } from '../call-control/index.ts'
import { type Counters, createCounters } from '../counters.ts'

export const edgeCounterNames = [
  ...callCounterNames,
  'hub.connections',
  'hub.framesInvalid',
  'hub.framesTooLong',
  'hub.slow',
  'edge.failures',
] as const
export type EdgeCounterName = (typeof edgeCounterNames)[number]

export type EdgeCounters = Counters<EdgeCounterName>

/** All at zero. */
export const createEdgeCounters = (): EdgeCounters => createCounters(edgeCounterNames)
