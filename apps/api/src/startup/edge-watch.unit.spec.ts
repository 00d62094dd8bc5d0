import type { EdgeStartFailure, VoiceEdge, VoiceEdgeStatus } from '@centralino/telephony'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createMetrics } from '../observability/metrics.ts'
import { createNotices } from '../observability/notices.ts'
import { edgeIsUp, watchEdge } from './edge-watch.ts'

const SIP = { address: '127.0.0.1', port: 5060 }
const UP: VoiceEdgeStatus = { status: 'up', edgeRun: 'run', sip: SIP }
const away = (startFailure: EdgeStartFailure | null): VoiceEdgeStatus => ({
  status: 'away',
  since: '2026-11-24T05:00:00Z',
  error: 'exit code 1',
  startFailure,
})
const AWAY = away(null)
/** Milliseconds. */
const SHORT = { mendsWithin: 50, portFreesWithin: 50 }

const edgeWith = (first: VoiceEdgeStatus) => {
  const state = { status: first }
  const edge: VoiceEdge = {
    status: () => state.status,
    order: async ({ orderId }) => ({ orderId, ok: true, result: {} }),
    listen: () => {},
    counters: () => ({ malformed: 3 }),
    [Symbol.asyncDispose]: async () => {},
  }
  return { edge, state }
}

describe('the voice edge', () => {
  it('is waited for until it tells where SIP is received', async () => {
    const { edge, state } = edgeWith({ status: 'starting' })
    const up = edgeIsUp(edge)
    state.status = UP
    expect(await up).toEqual(SIP)
  })

  it('that ends and does not come back is a failure with its own words', async () => {
    await expect(edgeIsUp(edgeWith(AWAY).edge, SHORT)).rejects.toThrow('exit code 1')
  })

  it('that ends and is started again is up', async () => {
    const { edge, state } = edgeWith(AWAY)
    const up = edgeIsUp(edge)
    setTimeout(() => {
      state.status = UP
    }, 50)
    expect(await up).toEqual(SIP)
  })

  it('that meets a taken port is tried for a while only, and the failure has its name', async () => {
    const taken = edgeWith(away('SIP_PORT_IN_USE')).edge
    await expect(edgeIsUp(taken, { ...SHORT, mendsWithin: 60_000 })).rejects.toMatchObject({
      startFailure: 'SIP_PORT_IN_USE',
    })
  })

  it('whose port an ending edge gives back is up', async () => {
    const { edge, state } = edgeWith(away('SIP_PORT_IN_USE'))
    const up = edgeIsUp(edge, { mendsWithin: 0, portFreesWithin: 60_000 })
    setTimeout(() => {
      state.status = UP
    }, 50)
    expect(await up).toEqual(SIP)
  })

  it.each(['SIP_ADDRESS_NOT_AVAILABLE', 'SIP_PORT_FORBIDDEN', 'MEDIA_WORKER_FAILED'] as const)(
    'is not tried again where time mends nothing: %s',
    async (startFailure) => {
      const patient = { mendsWithin: 60_000, portFreesWithin: 60_000 }
      await expect(edgeIsUp(edgeWith(away(startFailure)).edge, patient)).rejects.toMatchObject({
        startFailure,
      })
    },
  )

  describe('is watched', () => {
    beforeEach(() => void vi.useFakeTimers())
    afterEach(() => void vi.useRealTimers())

    it('and shown to the operator while it is away, once a time', async () => {
      const { edge, state } = edgeWith(UP)
      const notices = createNotices({})
      const metrics = createMetrics()
      const stop = watchEdge(edge, notices, metrics)
      vi.advanceTimersByTime(1_000)
      expect(notices.list()).toEqual([])
      state.status = AWAY
      vi.advanceTimersByTime(5_000)
      expect(notices.list()).toMatchObject([{ code: 'EDGE_AWAY', count: 1 }])
      state.status = UP
      vi.advanceTimersByTime(1_000)
      expect(notices.list()).toEqual([])
      expect(await metrics.registry.metrics()).toContain('centralino_edge_counter{counter="malformed"} 3')
      stop()
    })
  })
})
