import { parseId } from '@centralino/domain'
import { expect, it } from 'vitest'
import { id, Story } from '../../testing/story.ts'

const opened = (story: Story, name: string) =>
  story.add('ReplayOpened', {
    replayId: parseId('replay', name),
    account: { id: 'nadia', name: 'Nadia Conti' },
    reason: 'Complaint of 23 November',
    from: story.now,
    until: story.now,
  })

it('tells who looked at whom, why, and what was looked at first', async () => {
  const replayId = parseId('replay', 'r1')
  const giulia = { what: 'customer', customerId: id.customer('giulia') } as const
  const desk = { what: 'desk', agentId: id.agent('sofia') } as const
  const story = opened(new Story(), 'r1').pass(5)
  story.add('ReplayLookedAt', { replayId, looks: [desk], position: '17' }).pass(5)
  story.add('ReplayLookedAt', { replayId, looks: [giulia], position: '18' })
  story.add('ReplayClosed', { replayId })
  await using models = await story.told()
  expect((await models.replays({ first: 5 })).rows).toMatchObject([
    { account_name: 'Nadia Conti', reason: 'Complaint of 23 November', closed_at: story.now },
  ])
  expect(await models.looksIn(replayId)).toMatchObject([
    { what: 'desk', agent_id: 'sofia', customer_id: null, position: '17' },
    { what: 'customer', agent_id: null, customer_id: 'giulia', position: '18' },
  ])
  expect(await models.looksIn(parseId('replay', 'another'))).toEqual([])
})

it('pages replays newest first', async () => {
  const story = new Story()
  for (const name of ['r1', 'r2', 'r3']) opened(story, name).pass(name === 'r1' ? 0 : 60)
  await using models = await story.told()
  const first = await models.replays({ first: 2 })
  expect(first.rows.map((row) => row.replay_id)).toEqual(['r3', 'r2'])
  const last = first.rows.at(-1)
  const rest = await models.replays({ first: 2, after: `${last?.opened_at}|${last?.replay_id}` })
  expect([rest.rows.map((row) => row.replay_id), rest.hasNextPage]).toEqual([['r1'], false])
})
