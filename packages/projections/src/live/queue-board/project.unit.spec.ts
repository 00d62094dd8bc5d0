import { DatabaseSync } from 'node:sqlite'
import {
  handlingOnFloor,
  type Instant,
  openOffers,
  type WaitingWork,
  waitingOnFloor,
} from '@centralino/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Projector } from '../../projector/projector.ts'
import { kyselyOver } from '../../read-model-store/node-sqlite-dialect.ts'
import { decidedDays, moves } from '../../testing/floor-days.ts'
import { id, Story } from '../../testing/story.ts'
import { quarterOf } from './project.ts'

const MIDNIGHT = '2026-11-24T00:00:00.000Z'
const opened = () => new Story().queue('billing', ['billing']).queue('sales', ['sales'])
const abandon = (story: Story, i: string) => {
  story.add('InteractionAbandoned', { interactionId: id.interaction(i), while: 'waiting' })
  story.add('InteractionClosed', { interactionId: id.interaction(i), how: 'abandoned' })
  return story.floor('WorkRemoved', { interactionId: id.interaction(i), why: 'abandoned' })
}
const rowOf = async (story: Story, queue: string, midnight = MIDNIGHT) => {
  await using models = await story.told()
  return (await models.queueBoard(midnight)).find((row) => row.queue.queue_id === queue)
}

describe('what waits', () => {
  it('is what the floor says, whatever happens on it and through any midnight', () => {
    fc.assert(
      fc.property(moves, (tried) => {
        const { events, state } = decidedDays(tried)
        const database = new DatabaseSync(':memory:')
        new Projector(database, kyselyOver(database)).apply(events)
        const row = (work: WaitingWork, offerId: string | null, agentId: string | null) => ({
          interaction_id: work.interactionId,
          floor_id: 'main',
          queue_id: work.queueId,
          channel: work.channel,
          enqueued_at: work.enqueuedAt,
          counts_from: work.countsFrom,
          place: work.place,
          offer_id: offerId,
          handled_by: agentId,
        })
        const expected = [
          ...waitingOnFloor(state).map((work) => row(work, null, null)),
          ...openOffers(state).map(({ work, offerId }) => row(work, offerId, null)),
          ...handlingOnFloor(state).map(({ work, agentId }) => row(work, null, agentId)),
        ].toSorted((one, other) => (one.interaction_id < other.interaction_id ? -1 : 1))
        expect(database.prepare('select * from waiting order by interaction_id').all()).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  it('counts by queue, with the longest wait, what is on offer too', async () => {
    const story = opened().agent('sofia', 'billing').ready('sofia', 'billing')
    const first = story.now
    story.call('i', 'c').queued('i', 'billing').pass(10).call('j', 'c').queued('j', 'billing')
    story.offered('i', 'o', 'sofia')
    expect(await rowOf(story, 'billing')).toMatchObject({ waiting: 2, longestWaitingSince: first })
    expect(await rowOf(story, 'sales')).toMatchObject({ waiting: 0, longestWaitingSince: null })
    story.accepted('i', 'o', 'sofia')
    expect(await rowOf(story, 'billing')).toMatchObject({ waiting: 1, longestWaitingSince: story.now })
  })
})

describe('who serves a queue', () => {
  it('is ready with every skill it requires', async () => {
    const story = opened().agent('sofia', 'billing', 'sales').agent('luca', 'sales').agent('ewa', 'billing')
    story.ready('sofia', 'billing', 'sales').ready('luca', 'sales')
    expect(await rowOf(story, 'billing')).toMatchObject({ readyAgents: 1 })
    expect(await rowOf(story, 'sales')).toMatchObject({ readyAgents: 2 })
  })

  it('is engaged while it handles work of that queue, no longer in wrap-up', async () => {
    const story = opened().agent('sofia', 'billing').ready('sofia', 'billing')
    story.call('i', 'c').queued('i', 'billing').offered('i', 'o', 'sofia').accepted('i', 'o', 'sofia')
    expect(await rowOf(story, 'billing')).toMatchObject({ readyAgents: 0, engagedAgents: 1 })
    const agentId = id.agent('sofia')
    story.floor('WrapUpStarted', { agentId, interactionId: id.interaction('i'), until: story.now })
    expect(await rowOf(story, 'billing')).toMatchObject({ engagedAgents: 0 })
  })
})

describe('today', () => {
  it('counts a contact once: answered, or abandoned before anybody answered', async () => {
    const story = opened().agent('sofia', 'billing').ready('sofia', 'billing')
    story.call('i', 'c').queued('i', 'billing').offered('i', 'o', 'sofia').accepted('i', 'o', 'sofia')
    const lost = { interactionId: id.interaction('i'), agentId: id.agent('sofia') }
    story.add('InteractionHandlingEnded', { ...lost, how: 'agentLost' })
    const queueId = id.queue('billing')
    story.add('InteractionReturnedToQueue', {
      interactionId: lost.interactionId,
      queueId,
      place: 'head',
      why: 'agentLost',
    })
    story.floor('WorkReturned', { ...lost, place: 'head', why: 'agentLost' })
    abandon(story, 'i')
    abandon(story.call('j', 'c').queued('j', 'billing'), 'j')
    expect(await rowOf(story, 'billing')).toMatchObject({ answeredToday: 1, abandonedToday: 1, waiting: 0 })
  })

  it('begins at the midnight asked for', async () => {
    const story = opened()
    abandon(story.call('i', 'c').queued('i', 'billing'), 'i')
    story.pass(16 * 60)
    abandon(story.call('j', 'c').queued('j', 'billing'), 'j')
    expect(await rowOf(story, 'billing', '2026-11-24T08:15:00.000Z')).toMatchObject({ abandonedToday: 1 })
    expect(await rowOf(story, 'billing', '2026-11-24T08:00:00.000Z')).toMatchObject({ abandonedToday: 2 })
  })

  it.each([
    ['2026-11-24T08:00:00.000Z', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24T08:14:59.999Z', '2026-11-24T08:00:00.000Z'],
    ['2026-11-24T08:15:00.000Z', '2026-11-24T08:15:00.000Z'],
    ['2026-11-24T08:59:59.999Z', '2026-11-24T08:45:00.000Z'],
  ])('puts %s into the quarter of %s', (at, quarter) => {
    expect(quarterOf(at as Instant)).toBe(quarter)
  })
})

it('shows a queue as it was defined last', async () => {
  const story = opened()
  const settings = {
    name: 'Billing and refunds',
    requiredSkills: ['billing', 'refunds'],
    offerTimeoutSeconds: 15,
    wrapUpSeconds: 90,
    entryPoints: ['+39061', 'billing@hub.example'],
  }
  story.add('QueueChanged', { queueId: id.queue('billing'), settings })
  await using models = await story.told()
  expect((await models.queues())[0]).toEqual({
    queue_id: 'billing',
    name: 'Billing and refunds',
    required_skills: '["billing","refunds"]',
    offer_timeout_seconds: 15,
    wrap_up_seconds: 90,
    entry_points: '["+39061","billing@hub.example"]',
  })
})
