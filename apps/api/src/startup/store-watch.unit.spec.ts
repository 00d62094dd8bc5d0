import type { EventStoreHealth } from '@centralino/event-store'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { storeWords } from '../cli/status.ts'
import { createMetrics } from '../observability/metrics.ts'
import { createNotices } from '../observability/notices.ts'
import { watchStore } from './store-watch.ts'

const CONNECTED: EventStoreHealth = {
  status: 'connected',
  pendingAppends: 3,
  limit: 10_000,
  refusedAppends: 1,
  repeatedCalls: 2,
  reconnects: 4,
  resubscriptions: 5,
  lastTrouble: 'GRPC_14',
}

describe('a log on servers is watched', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const watched = () => {
    const state = { health: CONNECTED }
    const notices = createNotices({})
    const metrics = createMetrics()
    const stop = watchStore({ health: () => state.health }, notices, metrics)
    return { state, notices, metrics, stop }
  }

  it('and shown to the operator once it does not answer for seconds, and until it does', () => {
    const { state, notices, stop } = watched()
    vi.advanceTimersByTime(10_000)
    expect(notices.list()).toEqual([])
    state.health = { ...CONNECTED, status: 'reconnecting' }
    vi.advanceTimersByTime(4_000)
    expect(notices.list()).toEqual([])
    vi.advanceTimersByTime(10_000)
    expect(notices.list()).toMatchObject([
      { code: 'EVENT_STORE_AWAY', count: 1, facts: { reason: 'GRPC_14' } },
    ])
    state.health = { ...CONNECTED, status: 'catchingUp' }
    vi.advanceTimersByTime(1_000)
    expect(notices.list()).toEqual([])
    stop()
  })

  it('and its figures are in the metrics, and in the words of the status command', async () => {
    const { state, metrics, stop } = watched()
    vi.advanceTimersByTime(1_000)
    expect(storeWords(await metrics.registry.metrics())).toBe(
      'connected, 3 of 10000 appends wait, 1 refused as too many, 2 calls repeated, 4 reconnects, 5 resubscriptions',
    )
    state.health = { ...CONNECTED, status: 'reconnecting' }
    vi.advanceTimersByTime(1_000)
    expect(storeWords(await metrics.registry.metrics())).toMatch(/^RECONNECTING, 3 of/)
    stop()
  })

  it('unless it is on this machine', () => {
    watchStore({}, createNotices({}), createMetrics())()
    expect(vi.getTimerCount()).toBe(0)
  })
})
