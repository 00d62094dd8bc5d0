import type { Instant, RecordedEvent } from '@centralino/domain'
import { expect, it } from 'vitest'
import { sampleLog } from '../testing/sample-log.ts'
import { id, Story } from '../testing/story.ts'
import { stateAsOf } from './state-as-of.ts'

async function* log(events: Iterable<RecordedEvent>) {
  yield* events
}
const story = new Story().customer('c', 'Giulia').pass(60).call('i', 'c').pass(60).queued('i', 'billing')
const i = id.interaction('i')

it('stands at a position, that event included', async () => {
  const position = story.events[1]?.position ?? ''
  const { models, events, last } = await stateAsOf({ readAll: log(story.events), until: { position } })
  expect(events).toBe(2)
  expect(last?.position).toBe(position)
  expect(await models.interaction(i)).toMatchObject({ status: 'open' })
  expect(await models.callOf(i)).toBeNull()
})

it.each([
  ['08:00:59.999', undefined],
  ['08:01:00.000', 'open'],
  ['08:01:59.999', 'open'],
  ['08:02:00.000', 'queued'],
])('stands at an instant as the log had it then: at %s', async (time, status) => {
  const until = { instant: `2026-11-24T${time}Z` as Instant }
  const { models } = await stateAsOf({ readAll: log(story.events), until })
  expect((await models.interaction(i))?.status).toBe(status)
})

it('is empty before the first event', async () => {
  const until = { instant: '2020-01-01T00:00:00.000Z' as Instant }
  const { models, events, last } = await stateAsOf({ readAll: log(story.events), until })
  expect([events, last]).toEqual([0, null])
  expect(await models.customers({ first: 5 })).toEqual({ rows: [], hasNextPage: false })
})

it('reads no further than it must', async () => {
  let read = 0
  async function* counted() {
    for (const event of sampleLog({ events: 300 })) {
      read++
      yield event
    }
  }
  await stateAsOf({ readAll: counted(), until: { position: String(100).padStart(16, '0') } })
  expect(read).toBe(101)
})
