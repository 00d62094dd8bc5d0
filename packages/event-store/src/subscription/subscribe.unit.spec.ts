import type { EventId, Instant, RecordedEvent } from '@centralino/domain'
import { describe, expect, it, vi } from 'vitest'
import { sampleMetadata } from '../contract/sample-events.ts'
import { type FollowedLog, startSubscription } from './subscribe.ts'

const position = (place: number): string => String(place).padStart(4, '0')

const eventAt = (place: number): RecordedEvent => ({
  id: `event-${place}` as EventId,
  type: 'Counted',
  schemaVersion: 1,
  data: {},
  metadata: sampleMetadata,
  stream: 's',
  revision: BigInt(place - 1),
  position: position(place),
  recordedAt: '2026-11-24T05:20:43.123Z' as Instant,
})

/** A log of numbered events, of which only those past `remembered` are in memory. */
const fakeLog = () => {
  let events: RecordedEvent[] = []
  let remembered = 0
  const listeners = new Set<() => void>()
  const after = (from: string | null, limit: number) =>
    events.filter((event) => from === null || event.position > from).slice(0, limit)
  const read = vi.fn(async (from: string | null, limit: number) => after(from, limit))
  const log: FollowedLog = {
    head: () => events.at(-1)?.position ?? null,
    recent: (from, limit) => (Number(from ?? 0) < remembered ? null : after(from, limit)),
    read,
    onCommit: (wake) => {
      listeners.add(wake)
      return () => listeners.delete(wake)
    },
  }
  return {
    log,
    read,
    listeners,
    commit: (count: number) => {
      events = [...events, ...Array.from({ length: count }, (_, index) => eventAt(events.length + index + 1))]
      for (const wake of listeners) wake()
    },
    forget: () => {
      remembered = events.length
    },
  }
}

const follower = () => {
  const told: (number | string)[] = []
  return {
    told,
    handler: {
      onEvents: (events: readonly RecordedEvent[]) => {
        told.push(...events.map((event) => Number(event.position)))
      },
      onCaughtUp: (at: string | null) => {
        told.push(`caught up at ${at === null ? null : Number(at)}`)
      },
    },
  }
}

describe('subscription', () => {
  it('says that it caught up on an empty log', async () => {
    const { log } = fakeLog()
    const { told, handler } = follower()
    await using _subscription = startSubscription(log, null, handler)
    await vi.waitFor(() => expect(told).toEqual(['caught up at null']))
  })

  it('follows from memory without reading the log, and says once that it caught up', async () => {
    const { log, read, commit } = fakeLog()
    const { told, handler } = follower()
    await using _subscription = startSubscription(log, null, handler)
    await vi.waitFor(() => expect(told).toHaveLength(1))
    commit(2)
    await vi.waitFor(() => expect(told).toHaveLength(3))
    commit(1)
    await vi.waitFor(() => expect(told).toEqual(['caught up at null', 1, 2, 3]))
    expect(read).not.toHaveBeenCalled()
  })

  it('reads on from the log when it fell behind, and says anew that it caught up', async () => {
    const { log, read, commit, forget } = fakeLog()
    const { told, handler } = follower()
    await using _subscription = startSubscription(log, null, handler, 2)
    await vi.waitFor(() => expect(told).toHaveLength(1))
    commit(5)
    forget()
    await vi.waitFor(() => expect(told).toEqual(['caught up at null', 1, 2, 3, 4, 5, 'caught up at 5']))
    expect(read).toHaveBeenCalledTimes(3)
  })

  it('misses nothing that is committed while it says that it caught up', async () => {
    const { log, commit } = fakeLog()
    const { told, handler } = follower()
    await using _subscription = startSubscription(log, null, {
      ...handler,
      onCaughtUp: (at) => {
        handler.onCaughtUp(at)
        if (told.length === 1) commit(1)
      },
    })
    await vi.waitFor(() => expect(told).toEqual(['caught up at null', 1]))
  })

  it('ends with what reading the log threw', async () => {
    const { log, read, commit, forget } = fakeLog()
    commit(1)
    forget()
    read.mockRejectedValue(new Error('the disk is gone'))
    const subscription = startSubscription(log, null, follower().handler)
    await expect(subscription.ended).rejects.toThrow('the disk is gone')
  })

  it('ends with what it is stopped for, and leaves no listener behind', async () => {
    const { log, listeners } = fakeLog()
    const lost = startSubscription(log, null, follower().handler)
    const ending = expect(lost.ended).rejects.toThrow('the writer is gone')
    const quiet = startSubscription(log, null, follower().handler)
    await vi.waitFor(() => expect(listeners.size).toBe(2))
    lost.stop(new Error('the writer is gone'))
    quiet.stop()
    await ending
    await quiet.ended
    expect(listeners.size).toBe(0)
  })

  it('takes a whole number of events from 1 for its batch size', () => {
    const { log } = fakeLog()
    for (const size of [0, -1, 1.5, Number.NaN]) {
      expect(() => startSubscription(log, null, follower().handler, size)).toThrow(RangeError)
    }
  })
})
