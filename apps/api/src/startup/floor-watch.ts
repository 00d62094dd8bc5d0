import { agentsOnFloor, waitingOnFloor } from '@centralino/domain'
import type { Connections } from '../graphql/context.ts'
import type { Metrics } from '../observability/metrics.ts'
import type { Operations } from '../operations.ts'

const LOOK_EVERY_MILLISECONDS = 1_000
const PRESENCES = ['ready', 'notReady', 'reserved', 'engaged', 'wrapUp'] as const

/** Keeps the figures of the floor and of the hub's connections as they are; returns the function that stops it. */
export const watchFloor = (
  {
    floor,
    directory,
  }: { floor: Pick<Operations['floor'], 'state'>; directory: Pick<Operations['directory'], 'liveCalls'> },
  connections: Connections,
  metrics: Metrics,
): (() => void) => {
  const look = (): void => {
    const state = floor.state()
    const agents = agentsOnFloor(state)
    for (const presence of PRESENCES) {
      metrics.agents.set({ presence }, agents.filter((agent) => agent.presence.status === presence).length)
    }
    const waiting = waitingOnFloor(state)
    const waitingCalls = waiting.filter(({ channel }) => channel === 'call').length
    metrics.contacts.set({ kind: 'calls' }, directory.liveCalls().length)
    metrics.contacts.set({ kind: 'waitingCalls' }, waitingCalls)
    metrics.contacts.set({ kind: 'waitingMails' }, waiting.length - waitingCalls)
    metrics.connections.reset()
    for (const part of ['store', 'edge', 'mailbox', 'smtp'] as const) {
      metrics.connections.set({ part, state: connections[part]() }, 1)
    }
  }
  look()
  const timer = setInterval(look, LOOK_EVERY_MILLISECONDS)
  timer.unref()
  return () => clearInterval(timer)
}
