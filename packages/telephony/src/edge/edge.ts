import { randomUUID } from 'node:crypto'
import { unreachable } from '@centralino/domain/kernel'
import { type CallContext, endLeg, LegTable, receiveCall } from '../call-control/index.ts'
import type { Clock } from '../clock/clock.ts'
import { configurationOf, type EdgeConfig } from '../edge-contract/edge-config.ts'
import type { EdgeLog } from '../edge-contract/edge-log.ts'
import { EDGE_CONTRACT_VERSION, type EdgeToHub, type HubToEdge } from '../edge-contract/frames.ts'
import type { Media } from '../media/media.ts'
import { Q850 } from '../q850.ts'
import type { SipCounters } from '../sip/index.ts'
import { createUserAgent } from '../sip/user-agent/index.ts'
import { createEdgeCounters } from './edge-counters.ts'
import { FactLog } from './fact-log.ts'
import { openHubSocket } from './hub-socket.ts'
import { carryOut } from './order-handler.ts'
import { OrderMemory } from './order-memory.ts'
import type { SipPorts } from './sip-ports.ts'

export type EdgeParts = {
  readonly config: EdgeConfig
  readonly clock: Clock
  readonly log: EdgeLog
  readonly media: Media
  readonly sipPorts: SipPorts
  readonly sipCounters: SipCounters
  /** The edge has nothing left to do: told to shut down, or without hub and legs for too long. */
  readonly onFinished: () => void
}

export type Edge = {
  readonly edgeRun: string
  /** Ends every call with the cause, waits for the hub to take the facts (2 s at most), closes. Once. */
  shutdown(reason: { readonly q850: number }): Promise<void>
}

const COUNTERS_MILLISECONDS = 5_000
const FLUSH_MILLISECONDS = 2_000
const BRIDGE_MILLISECONDS = 10_000

/** Puts the edge together from its parts: calls in, orders in, facts out. Rejects when the socket cannot be opened. */
export const startEdge = async (parts: EdgeParts): Promise<Edge> => {
  const { config, clock, log, media, sipPorts, sipCounters } = parts
  const [transport, ...streams] = sipPorts
  const tlsPort = streams.find(({ protocol }) => protocol === 'TLS')?.local.port
  const edgeRun = randomUUID()
  const facts = new FactLog({
    edgeRun,
    limit: config.maxUnacknowledgedFacts,
    now: () => new Date().toISOString(),
  })
  const orders = new OrderMemory()
  const counters = createEdgeCounters()
  const legs = new LegTable()
  let phase: 'running' | 'shuttingDown' = 'running'
  let awaySince: number | null = clock.now()
  let admitted = true

  const report = (what: string, error: unknown): void => {
    counters.count('edge.failures')
    log.error({ what, error }, 'the voice edge contained a failure')
  }
  const hubIsAway = (): boolean => awaySince !== null
  const context: CallContext = {
    legs,
    media,
    clock,
    tell: (body) => {
      if (facts.record(body) === null)
        log.warn({ fact: body.type }, 'the fact log is full: a fact was not kept')
    },
    noRoom: () => {
      if (phase === 'shuttingDown') return 'shuttingDown'
      if (facts.full) return 'factsFull'
      const away = awaySince !== null && clock.now() - awaySince >= config.hubAwayLimitMilliseconds
      if (away) return 'hubAway'
      return admitted ? null : 'notAdmitted'
    },
    admitCalls: (admit) => {
      admitted = admit
    },
    hubIsAway,
    count: counters.count,
    report,
    newLegId: () => randomUUID(),
    limits: {
      legs: config.maxLegs,
      firstOrderMilliseconds: config.hubAwayLimitMilliseconds,
      bridgeMilliseconds: BRIDGE_MILLISECONDS,
    },
  }

  const hello = (): EdgeToHub => ({
    frame: 'hello',
    contractVersion: EDGE_CONTRACT_VERSION,
    edgeRun,
    configuration: configurationOf(config),
    sip: { ...transport.local, ...(tlsPort === undefined ? {} : { tlsPort }) },
    legs: legs.all().map(({ legId, kind, state }) => ({ legId, kind, state: state.status })),
  })
  const onFrame = (frame: Exclude<HubToEdge, { frame: 'hello' }>): void => {
    switch (frame.frame) {
      case 'order':
        orders
          .once(frame.order.orderId, () => carryOut(context, frame.order))
          .then((answer) => {
            hub.send(answer.ok ? { frame: 'answer', ...answer } : { frame: 'refusal', ...answer })
          })
          .catch((error: unknown) => report('order', error))
        return
      case 'acknowledge':
        facts.acknowledge(frame.edgeRun, frame.number)
        return
      case 'shutdown':
        shutdown(frame.reason).catch((error: unknown) => report('shutdown', error))
        return
      default:
        unreachable(frame)
    }
  }
  const hub = await openHubSocket({
    path: config.socketPath,
    contractVersion: EDGE_CONTRACT_VERSION,
    count: counters.count,
    listener: {
      onConnected: () => {
        awaySince = null
        log.info({ edgeRun, legs: legs.size }, 'the hub is there')
        return [hello(), ...facts.unacknowledged().map((fact) => ({ frame: 'fact', fact }) as const)]
      },
      onFrame,
      onDisconnected: () => {
        awaySince = clock.now()
        admitted = true
        log.warn({ edgeRun, legs: legs.size }, 'the hub is away')
      },
    },
  })
  facts.onRecorded((fact) => hub.send({ frame: 'fact', fact }))

  const userAgent = createUserAgent({
    transport,
    streams,
    clock,
    counters: sipCounters,
    log: (level, message, data) => log[level](data ?? {}, message),
    ...(config.announcedAddress === null ? {} : { contact: { address: config.announcedAddress } }),
    limits: { sessions: config.maxLegs + 100 },
    onInvite: (session) => receiveCall(context, session),
    onRefused: ({ callId, status, code }) => {
      counters.count('calls.refused')
      context.tell({ type: 'CallRefused', sipCallId: callId, status, why: code })
    },
  })

  const snapshot = (): Record<string, number> => ({
    ...sipCounters.snapshot(),
    ...media.counters(),
    ...counters.snapshot(),
    'facts.dropped': facts.dropped,
    'facts.unacknowledged': facts.unacknowledged().length,
    'legs.living': legs.size,
  })
  let cancelTick: () => void = () => undefined
  const tick = (): void => {
    hub.send({ frame: 'counters', counters: snapshot() })
    const idle =
      awaySince !== null && legs.size === 0 && clock.now() - awaySince >= config.idleExitMilliseconds
    if (idle) {
      log.info({ edgeRun }, 'no hub and no call for long: the edge ends')
      shutdown({ q850: Q850.normalClearing }).catch((error: unknown) => report('shutdown', error))
      return
    }
    cancelTick = clock.setTimer(COUNTERS_MILLISECONDS, tick)
  }
  cancelTick = clock.setTimer(COUNTERS_MILLISECONDS, tick)

  const shutdown = async (reason: { readonly q850: number }): Promise<void> => {
    if (phase === 'shuttingDown') return
    phase = 'shuttingDown'
    cancelTick()
    log.info({ edgeRun, legs: legs.size }, 'the edge shuts down')
    for (const leg of legs.all()) {
      if (leg.kind === 'sip') leg.endedBy = 'edge'
      else endLeg(context, leg, { q850: reason.q850, sipStatus: null, by: 'edge' })
    }
    try {
      await userAgent.shutdown(reason, FLUSH_MILLISECONDS)
      if (hub.connected()) {
        hub.send({ frame: 'counters', counters: snapshot() })
        await facts.drained(FLUSH_MILLISECONDS)
      }
    } finally {
      await Promise.allSettled([
        hub[Symbol.asyncDispose](),
        userAgent[Symbol.asyncDispose](),
        media[Symbol.asyncDispose](),
      ])
      await Promise.allSettled(sipPorts.map((each) => each[Symbol.asyncDispose]()))
      parts.onFinished()
    }
  }

  return { edgeRun, shutdown }
}
