import { setTimeout as delay } from 'node:timers/promises'
import type { VoiceEdge } from '@centralino/telephony'
import type { Metrics } from '../observability/metrics.ts'
import type { Notices } from '../observability/notices.ts'

const LOOK_EVERY_MILLISECONDS = 25
/** A cold start on a slow machine takes some seconds; mediasoup's worker is part of it. */
const START_WITHIN_MILLISECONDS = 60_000

/** An edge that ended is started again meanwhile; a port that is taken stays taken. */
const MENDS_WITHIN_MILLISECONDS = 10_000

/** Where SIP is received. Rejects when the edge is away with an error for 10 s, or is not there within a minute. */
export const edgeIsUp = async (
  edge: VoiceEdge,
  mendsWithinMilliseconds = MENDS_WITHIN_MILLISECONDS,
): Promise<{ readonly address: string; readonly port: number }> => {
  const giveUpAt = performance.now() + START_WITHIN_MILLISECONDS
  let failingSince: number | null = null
  for (;;) {
    const status = edge.status()
    if (status.status === 'up') return status.sip
    if (status.status === 'away' && status.error !== null) {
      failingSince ??= performance.now()
      if (performance.now() - failingSince > mendsWithinMilliseconds) throw new Error(status.error)
    }
    if (performance.now() > giveUpAt) throw new Error('it did not start within a minute')
    await delay(LOOK_EVERY_MILLISECONDS)
  }
}

const WATCH_EVERY_MILLISECONDS = 1_000

/** Shows the operator an edge that is away, and its counters; returns the function that stops it. */
export const watchEdge = (edge: VoiceEdge, notices: Notices, metrics: Metrics): (() => void) => {
  let away = false
  const timer = setInterval(() => {
    const { status } = edge.status()
    if (status === 'away' && !away) notices.report('EDGE_AWAY')
    if (status === 'up' && away) notices.clear('EDGE_AWAY')
    away = status === 'away'
    for (const [counter, value] of Object.entries(edge.counters())) metrics.edge.set({ counter }, value)
  }, WATCH_EVERY_MILLISECONDS)
  timer.unref()
  return () => clearInterval(timer)
}
