import { setTimeout as delay } from 'node:timers/promises'
import { unreachable } from '@centralino/domain'
import type { EdgeStartFailure, ReceivingSip, VoiceEdge } from '@centralino/telephony'
import type { Metrics } from '../observability/metrics.ts'
import type { Notices } from '../observability/notices.ts'

const LOOK_EVERY_MILLISECONDS = 25
/** A cold start on a slow machine takes some seconds; mediasoup's worker is part of it. */
const START_WITHIN_MILLISECONDS = 60_000

/** Milliseconds in which a failing edge, which is started again meanwhile, may come up yet. */
type Patience = {
  /** For a cause without a name. */
  readonly mendsWithin: number
  /** An edge or a worker that is just ending gives its ports back; another program does not. */
  readonly portFreesWithin: number
}
const PATIENCE: Patience = { mendsWithin: 10_000, portFreesWithin: 3_000 }

const patienceFor = (startFailure: EdgeStartFailure | null, patience: Patience): number => {
  switch (startFailure) {
    case null:
      return patience.mendsWithin
    case 'SIP_PORT_IN_USE':
    case 'SIP_TLS_PORT_IN_USE':
    case 'RTP_PORTS_IN_USE':
    case 'WEBRTC_PORTS_IN_USE':
      return patience.portFreesWithin
    case 'SIP_ADDRESS_NOT_AVAILABLE':
    case 'SIP_PORT_FORBIDDEN':
    case 'SIP_TLS_CERTIFICATE_UNUSABLE':
    case 'MEDIA_WORKER_FAILED':
      return 0
    default:
      return unreachable(startFailure)
  }
}

export class EdgeNotUp extends Error {
  /** The literal cause, null where it has no name. */
  readonly startFailure: EdgeStartFailure | null

  constructor(message: string, startFailure: EdgeStartFailure | null) {
    super(message)
    this.startFailure = startFailure
  }
}

/**
 * Where SIP is received. Rejects with an `EdgeNotUp` when the edge cannot start (at once, or after 3 s where a port is
 * taken), is away with another error for 10 s, or is not there within a minute.
 */
export const edgeIsUp = async (edge: VoiceEdge, patience: Patience = PATIENCE): Promise<ReceivingSip> => {
  const giveUpAt = performance.now() + START_WITHIN_MILLISECONDS
  let failingSince: number | null = null
  for (;;) {
    const status = edge.status()
    if (status.status === 'up') return status.sip
    if (status.status === 'away' && status.error !== null) {
      failingSince ??= performance.now()
      if (performance.now() - failingSince >= patienceFor(status.startFailure, patience))
        throw new EdgeNotUp(status.error, status.startFailure)
    }
    if (performance.now() > giveUpAt) throw new EdgeNotUp('it did not start within a minute', null)
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
