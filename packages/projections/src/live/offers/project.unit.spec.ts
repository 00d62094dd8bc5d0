import { expect, it } from 'vitest'
import { id, Story } from '../../testing/story.ts'

const about = { offerId: id.offer('o'), interactionId: id.interaction('i'), agentId: id.agent('sofia') }
const offered = () => new Story().call('i', 'c').queued('i', 'billing').offered('i', 'o', 'sofia').pass(3)

it('keeps a decision with its reasons, and where in the log it stands', async () => {
  await using models = await offered().told()
  expect(await models.offer(about.offerId)).toEqual({
    offer_id: 'o',
    interaction_id: 'i',
    queue_id: 'billing',
    agent_id: 'sofia',
    policy_version: 1,
    seed: 7,
    considered: '[{"agentId":"sofia","eligible":true,"why":"longestReady"}]',
    offered_at: '2026-11-24T08:00:00.000Z',
    expires_at: '2026-11-24T08:00:20.000Z',
    status: 'open',
    ended_at: null,
    stream: 'floor-main-2026-11-24',
    revision: '1',
  })
  expect(await models.offer(id.offer('none'))).toBeNull()
})

it.each([
  ['accepted', (story: Story) => story.floor('OfferAccepted', about)],
  ['declined', (story: Story) => story.floor('OfferDeclined', about)],
  ['lapsed', (story: Story) => story.floor('OfferLapsed', about)],
  ['withdrawn', (story: Story) => story.floor('OfferWithdrawn', { ...about, why: 'customerLeft' })],
] as const)('says that it was %s, and when', async (status, end) => {
  const story = end(offered())
  await using models = await story.told()
  expect(await models.offer(about.offerId)).toMatchObject({ status, ended_at: story.now })
})

it("lists an interaction's offers, oldest first", async () => {
  const story = offered().floor('OfferLapsed', about).offered('i', 'a', 'luca').call('j', 'c')
  await using models = await story.offered('j', 'b', 'ewa').told()
  expect((await models.offersOf(about.interactionId)).map((offer) => offer.offer_id)).toEqual(['o', 'a'])
})
