import { callCounterNames } from '../call-control/index.ts'

export const edgeCounterNames = [
  ...callCounterNames,
  'hub.connections',
  'hub.framesInvalid',
  'hub.framesTooLong',
  'hub.slow',
  'edge.failures',
] as const
export type EdgeCounterName = (typeof edgeCounterNames)[number]

export type EdgeCounters = {
  count(name: EdgeCounterName): void
  snapshot(): Readonly<Record<EdgeCounterName, number>>
}

export const createEdgeCounters = (): EdgeCounters => {
  const counts = Object.fromEntries(edgeCounterNames.map((name) => [name, 0])) as Record<
    EdgeCounterName,
    number
  >
  return {
    count: (name) => {
      counts[name] += 1
    },
    snapshot: () => ({ ...counts }),
  }
}
