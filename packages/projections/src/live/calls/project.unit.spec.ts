import { type CallCommand, type CallState, callDecider } from '@centralino/domain'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromJson } from '../../read-model-store/json.ts'
import { readModelsInMemory } from '../../read-models-in-memory.ts'
import { recorder } from '../../testing/recorder.ts'
import { id, Story } from '../../testing/story.ts'

const callId = id.call('i-call')
const customerLeg = id.leg('i-leg')
const agentLeg = id.leg('i-leg-2')
const party = { kind: 'agent' as const, agentId: id.agent('sofia') }
const cause = { q850: 16, sipStatus: 200, by: 'customer' as const }
const answered = () =>
  new Story()
    .call('i', 'c')
    .add('LegAnswered', { callId, legId: customerLeg })
    .pass(5)
    .add('LegOffered', { callId, legId: agentLeg, party })
    .add('LegAnswered', { callId, legId: agentLeg })
    .add('LegsBridged', { callId, legIds: [customerLeg, agentLeg] })

describe('a call', () => {
  it('shows both legs, the customer first, and counts as answered when an agent joined', async () => {
    const story = answered()
    await using models = await story.told()
    const found = await models.callOf(id.interaction('i'))
    expect(found?.call).toEqual({
      call_id: 'i-call',
      interaction_id: 'i',
      customer_id: 'c',
      from_number: '+390655509',
      from_raw: '0655509',
      to_number: '+390655501',
      received_at: '2026-11-24T08:00:00.000Z',
      answered_at: story.now,
      ended_at: null,
      end_q850: null,
      end_by: null,
    })
    expect(found?.legs.map(({ party: side, agent_id, status }) => [side, agent_id, status])).toEqual([
      ['customer', null, 'answered'],
      ['agent', 'sofia', 'answered'],
    ])
  })

  it('ends with its cause', async () => {
    const story = answered().pass(60)
    for (const legId of [customerLeg, agentLeg]) story.add('LegEnded', { callId, legId, cause })
    await using models = await story.add('CallEnded', { callId, cause }).told()
    const found = await models.callOf(id.interaction('i'))
    expect(found?.call).toMatchObject({ ended_at: story.now, end_q850: 16, end_by: 'customer' })
    expect(found?.legs.map((leg) => leg.status)).toEqual(['ended', 'ended'])
  })

  it('of a mail is none', async () => {
    await using models = await new Story().mailInteraction('m', 'c').told()
    expect(await models.callOf(id.interaction('m'))).toBeNull()
  })

  it('tells who watches its interaction when a leg changes', async () => {
    const story = answered()
    await using models = await story.told()
    const changes: string[][] = []
    models.onChange(({ interactionIds }) => changes.push([...interactionIds]))
    story.add('LegMuted', { callId, legId: agentLeg })
    await models.apply(story.events)
    expect(changes).toEqual([['i']])
  })
})

const moves = fc.array(
  fc.record({
    type: fc.constantFrom(
      'RecordRinging',
      'RecordAnswer',
      'Bridge',
      'Hold',
      'Hold',
      'Resume',
      'Mute',
      'Unmute',
      'EndLeg',
    ),
    leg: fc.constantFrom(customerLeg, agentLeg),
    by: fc.constantFrom('customer' as const, 'agent' as const),
  }),
  { minLength: 10, maxLength: 60, size: 'max' },
)

describe('a leg', () => {
  it('is where the domain says it is, whatever moves were tried', async () => {
    await fc.assert(
      fc.asyncProperty(moves, async (tried) => {
        const log = recorder()
        let state: CallState = callDecider.initialState
        const events = new Story().call('i', 'c').events.slice(0, 1)
        const take = (command: CallCommand) => {
          const decision = callDecider.decide(command, state)
          if (decision.outcome === 'refused') return
          for (const event of decision.events) {
            state = callDecider.evolve(state, event)
            const { at: _at, ...data } = event.data
            events.push(log.record('call', event.type, data as never))
          }
        }
        const received = new Story().call('i', 'c').events[1]?.data as object
        const at = log.now
        // The recorder begins where the interaction's own event stands.
        log.record('call', 'LegRinging', { callId, legId: customerLeg })
        take({ type: 'ReceiveCall', ...received } as CallCommand)
        take({ type: 'OfferLeg', callId, legId: agentLeg, party, at })
        take({ type: 'RecordAnswer', callId, legId: customerLeg, at })
        take({ type: 'RecordAnswer', callId, legId: agentLeg, at })
        for (const { type, leg, by } of tried) {
          log.pass(1)
          const ids = { legId: leg, legIds: [customerLeg, agentLeg] as const }
          take({ type, callId, ...ids, by, cause, at: log.now } as unknown as CallCommand)
        }
        await using models = readModelsInMemory()
        await models.apply(events)
        const found = await models.callOf(id.interaction('i'))
        const legs = found?.legs.map((leg) => ({
          legId: leg.leg_id,
          status: leg.status,
          by: fromJson(leg.held_by),
        }))
        const expected = state.status === 'none' ? [] : state.legs
        expect(legs).toEqual(
          expected.map((leg) => ({
            legId: leg.legId,
            status: leg.status,
            by: leg.status === 'held' ? leg.by : [],
          })),
        )
        for (const leg of expected)
          if (leg.status === 'answered' || leg.status === 'held')
            expect(found?.legs.find((row) => row.leg_id === leg.legId)?.muted).toBe(
              leg.microphone === 'muted' ? 1 : 0,
            )
      }),
      { numRuns: 60 },
    )
  })
})
