import type { RecordedEvent } from '@centralino/domain'
import type { SubscriptionHandler } from '@centralino/event-store'
import { describe, expect, it } from 'vitest'
import { createMetrics } from '../observability/metrics.ts'
import { createNotices } from '../observability/notices.ts'
import { followLog } from './follow-log.ts'

const eventAt = (position: string) =>
  ({ position, recordedAt: '2026-11-24T05:00:00.000Z' }) as unknown as RecordedEvent

const following = async (apply: (events: readonly RecordedEvent[]) => Promise<void>) => {
  const ended = Promise.withResolvers<void>()
  let handler: SubscriptionHandler | null = null
  let after: string | null = 'unasked'
  const notices = createNotices({})
  const waits: number[] = []
  const followed = await followLog({
    store: {
      subscribe: (from, given) => {
        after = from
        handler = given
        return { ended: ended.promise, [Symbol.asyncDispose]: async () => ended.resolve() }
      },
    },
    readModels: { checkpoint: async () => '7', apply },
    notices,
    metrics: createMetrics(),
    wait: async (milliseconds) => void waits.push(milliseconds),
  })
  if (handler === null) throw new Error('not subscribed')
  return { followed, handler: handler as SubscriptionHandler, from: after, ended, notices, waits }
}

describe('following the log', () => {
  it('goes on from the checkpoint and says when the end was reached', async () => {
    const applied: string[] = []
    const { followed, handler, from } = await following(async (events) => {
      applied.push(...events.map((event) => event.position))
    })
    expect(from).toBe('7')
    await handler.onEvents([eventAt('8'), eventAt('9')])
    await handler.onCaughtUp?.('9')
    expect(await followed.caughtUp).toBe(2)
    expect(applied).toEqual(['8', '9'])
  })

  it('waits for room on a full disk, ever longer, and loses nothing', async () => {
    let tries = 0
    const { handler, notices, waits } = await following(async () => {
      tries += 1
      if (tries <= 9) throw Object.assign(new Error('full'), { code: 'DISK_FULL' })
    })
    await handler.onEvents([eventAt('8')])
    expect(tries).toBe(10)
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000])
    expect(notices.list()).toMatchObject([{ code: 'READ_MODELS_DISK_FULL', count: 9 }])
  })

  it('stops at an event that cannot be folded in', async () => {
    const { handler } = await following(async () => {
      throw Object.assign(new Error('bug'), { code: 'PROJECTION_FAILED' })
    })
    await expect(handler.onEvents([eventAt('8')])).rejects.toThrow('bug')
  })

  it('is not caught up when the log breaks before', async () => {
    const { followed, ended } = await following(async () => {})
    ended.reject(new Error('broken'))
    await expect(followed.caughtUp).rejects.toThrow('broken')
    await expect(followed.ended).rejects.toThrow('broken')
  })
})
