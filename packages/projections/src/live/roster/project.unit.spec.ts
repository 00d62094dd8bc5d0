import { agentsOnFloor, openOffer } from '@centralino/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromJson } from '../../read-model-store/json.ts'
import { readModelsInMemory } from '../../read-models-in-memory.ts'
import { decidedDays, moves } from '../../testing/floor-days.ts'
import { id, Story } from '../../testing/story.ts'

const { agent } = id

describe('presence', () => {
  it('is what the floor says, whatever happens on it and through any midnight', async () => {
    await fc.assert(
      fc.asyncProperty(moves, async (tried) => {
        const { events, state } = decidedDays(tried)
        await using models = readModelsInMemory()
        await models.apply(events)
        const seen = (await models.agents()).filter((row) => row.presence !== 'offline')
        const expected = agentsOnFloor(state).map(({ agentId, skills, presence }) => {
          const offer = presence.status === 'reserved' ? openOffer(state, presence.offerId) : undefined
          return {
            agent_id: agentId,
            skills,
            presence: presence.status,
            presence_reason: presence.status === 'notReady' ? presence.reason : null,
            presence_since: presence.since,
            presence_until: presence.status === 'wrapUp' ? presence.until : (offer?.expiresAt ?? null),
            ready_since: presence.status === 'reserved' ? presence.readySince : null,
            interaction_id:
              'interactionId' in presence ? presence.interactionId : (offer?.work.interactionId ?? null),
            offer_id: presence.status === 'reserved' ? presence.offerId : null,
          }
        })
        const byId = (rows: readonly { agent_id: string }[]) =>
          rows.toSorted((one, other) => (one.agent_id < other.agent_id ? -1 : 1))
        expect(
          byId(
            seen.map(({ name: _name, floor_id: _floor, left_at: _left, ...row }) => ({
              ...row,
              skills: fromJson(row.skills),
            })),
          ),
        ).toEqual(byId(expected))
      }),
      { numRuns: 60 },
    )
  })

  it('is reserved until the offer lapses, then not ready for a missed offer', async () => {
    const story = new Story().agent('sofia').ready('sofia').call('i', 'c').queued('i', 'billing')
    const readyAt = story.now
    const offeredAt = story.pass(5).now
    story.offered('i', 'o', 'sofia')
    await using reserved = await story.told()
    expect(await reserved.agent(agent('sofia'))).toMatchObject({
      presence: 'reserved',
      presence_since: offeredAt,
      presence_until: '2026-11-24T08:00:25.000Z',
      ready_since: readyAt,
      interaction_id: 'i',
      offer_id: 'o',
    })
    const about = { offerId: id.offer('o'), interactionId: id.interaction('i'), agentId: agent('sofia') }
    story.pass(20).floor('OfferLapsed', about)
    await using lapsed = await story.told()
    expect(await lapsed.agent(agent('sofia'))).toMatchObject({
      presence: 'notReady',
      presence_reason: 'missedOffer',
      presence_until: null,
      offer_id: null,
    })
  })

  it('in wrap-up says until when', async () => {
    const story = new Story().agent('sofia').ready('sofia').call('i', 'c').queued('i', 'billing')
    story.offered('i', 'o', 'sofia').accepted('i', 'o', 'sofia')
    const until = '2026-11-24T08:02:00.000Z' as typeof story.now
    story.floor('WrapUpStarted', { agentId: agent('sofia'), interactionId: id.interaction('i'), until })
    await using models = await story.told()
    expect(await models.agent(agent('sofia'))).toMatchObject({
      presence: 'wrapUp',
      presence_until: until,
      interaction_id: 'i',
    })
  })

  it('of an agent whom the new day does not carry over is offline', async () => {
    const story = new Story().agent('sofia').ready('sofia')
    const carriedOver = { agents: [], waiting: [], offers: [], handling: [] }
    story.floor('FloorDayOpened', { day: '2026-11-25', carriedOver })
    await using models = await story.told()
    expect(await models.agent(agent('sofia'))).toMatchObject({ presence: 'offline', floor_id: 'main' })
  })
})

describe('who works here', () => {
  it('keeps the presence when the profile changes', async () => {
    const story = new Story().agent('sofia', 'billing').ready('sofia', 'billing')
    const profile = { name: 'Sofia Marchetti', skills: ['billing', 'lang-pl'] }
    story.add('AgentProfileChanged', { agentId: agent('sofia'), profile })
    await using models = await story.told()
    expect(await models.agent(agent('sofia'))).toMatchObject({
      name: 'Sofia Marchetti',
      skills: '["billing","lang-pl"]',
      presence: 'ready',
    })
  })

  it('shows who leaves in mid-call at that call until the floor signs them off', async () => {
    const story = new Story().agent('sofia').ready('sofia').call('i', 'c').queued('i', 'billing')
    story.offered('i', 'o', 'sofia').accepted('i', 'o', 'sofia')
    story.add('AgentLeft', { agentId: agent('sofia') })
    story.floor('AgentSignOffRequested', { agentId: agent('sofia') })
    await using talking = await story.told()
    expect(await talking.agent(agent('sofia'))).toMatchObject({
      presence: 'engaged',
      interaction_id: 'i',
      left_at: story.now,
    })
    story.floor('AgentSignedOff', { agentId: agent('sofia') })
    await using gone = await story.told()
    expect(await gone.agent(agent('sofia'))).toMatchObject({ presence: 'offline', interaction_id: null })
  })

  it('lists who works here by name, and still knows who has left', async () => {
    const story = new Story().agent('sofia').agent('luca').agent('ewa')
    story.add('AgentLeft', { agentId: agent('luca') })
    await using models = await story.told()
    expect((await models.agents()).map((row) => row.name)).toEqual(['ewa', 'sofia'])
    expect(await models.agent(agent('luca'))).toMatchObject({ left_at: story.now })
    expect(await models.agent(agent('nobody'))).toBeNull()
  })
})
