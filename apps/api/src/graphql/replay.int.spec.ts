import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Instant, RecordedEvent } from '@centralino/domain'
import { readModelsInMemory, sampleLog } from '@centralino/projections/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Viewer } from '../auth/viewer.ts'
import { type ReplayWorld, replayWorld } from '../replay/testing/replay-world.ts'
import { type Answer, aViewer, codeOf, globalId, graphQLClient } from './testing/graphql-client.ts'

const AUDITOR = aViewer('auditor')
const OTHER: Viewer = { ...AUDITOR, accountId: 'account-other', sessionId: 'session-other', name: 'other' }
const REASON = 'Complaint about a long wait'
const today = (): string => Temporal.Now.zonedDateTimeISO('Europe/Rome').toPlainDate().toString()

const BOARD = `queues { queue { name } waiting longestWaitingSince readyAgents engagedAgents answeredToday abandonedToday }
  agents { name presence { status reason since } }`
const CUSTOMER = `name known lastContactAt contactPoints { display }
  timeline(first: 20) { edges { node { position type at agent { name } facts { name value } } } }
  interactions(first: 10) { edges { node { status queuedAt closedHow } } }`
const DESK = `now agent { name presence { status } } offer { considered { agent { name } why } }
  current { status queuedAt } mine { status } waiting { status queue { name } }`

let world: ReplayWorld
let log: readonly RecordedEvent[]
let ask: ReturnType<typeof graphQLClient>['ask']
beforeAll(async () => {
  world = await replayWorld(sampleLog({ events: 900, agents: 5, atOnce: 4 }))
  log = await world.log()
  ask = graphQLClient({ replays: world.replays }).ask
})
afterAll(() => world[Symbol.asyncDispose]())

const dataOf = <Data = Record<string, unknown>>(answer: Answer): Data => {
  expect(answer.errors).toBeUndefined()
  return answer.data as Data
}

const open = async (viewer = AUDITOR): Promise<string> => {
  const question = `mutation ($day: String!, $reason: String!) { openReplay(day: $day, reason: $reason) {
    ... on Replay { id eventCount day } ... on Refusal { code } } }`
  const { openReplay } = dataOf<{
    openReplay: { id: string }
  }>(await ask(viewer, question, { day: today(), reason: REASON }))
  return openReplay.id
}
const inReplay = async (
  id: string,
  fields: string,
  variables: object = {},
  viewer = AUDITOR,
): Promise<Answer> =>
  ask(
    viewer,
    `query ($id: ID!, $number: Int) { replay(id: $id) { ${fields} } }`.replace(
      ', $number: Int',
      'number' in variables ? ', $number: Int!' : '',
    ),
    { id, ...variables },
  )

/** What the same question answered when this was the last event that the live read models had folded in. */
const lived = async (number: number, question: string, viewer: Viewer, variables: object = {}) => {
  await using models = readModelsInMemory()
  await models.apply(log.slice(0, number))
  const at = log[number - 1]?.recordedAt as Instant
  const live = graphQLClient({ now: () => at })
  return dataOf(
    await graphQLClient({ ...live.services, readModels: models, replays: world.replays }).ask(
      viewer,
      question,
      { ...variables },
    ),
  )
}

describe('a moment of the past', () => {
  it.each([60, 333, 334, 200, 880])('shows the board as it stood after event %i', async (number) => {
    const id = await open()
    const { replay } = dataOf<{
      replay: { moment: { board: unknown } }
    }>(await inReplay(id, `moment(number: $number) { board { ${BOARD} } }`, { number }))
    expect(replay.moment.board).toEqual((await lived(number, `{ board { ${BOARD} } }`, AUDITOR))['board'])
  })

  it('shows a customer with the timeline, and an agent’s screen, as they stood', async () => {
    const id = await open()
    const customer = globalId('Customer', 'customer-phone-1')
    const agent = globalId('Agent', 'agent-1')
    for (const number of [700, 410]) {
      const fields = `moment(number: $number) { customer(id: "${customer}") { ${CUSTOMER} } desk(agentId: "${agent}") { ${DESK} } }`
      const { replay } = dataOf<{
        replay: { moment: { customer: unknown; desk: unknown } }
      }>(await inReplay(id, fields, { number }))
      const live = await lived(
        number,
        `{ customer(id: "${customer}") { ${CUSTOMER} } }`,
        aViewer('supervisor'),
      )
      expect(replay.moment.customer).toEqual(live['customer'])
      const sofia = { ...aViewer('agent'), agentId: 'agent-1' as Viewer['agentId'] }
      expect(replay.moment.desk).toEqual((await lived(number, `{ desk { ${DESK} } }`, sofia))['desk'])
    }
  })

  it('tells two moments in one answer, each as it was', async () => {
    const id = await open()
    const board = (number: number) => `moment(number: ${number}) { board { ${BOARD} } }`
    const { replay } = dataOf<{
      replay: { a: { board: unknown }; b: { board: unknown } }
    }>(await inReplay(id, `a: ${board(500)} b: ${board(120)}`))
    for (const [part, number] of [
      [replay.a, 500],
      [replay.b, 120],
    ] as const)
      expect(part.board).toEqual((await lived(number, `{ board { ${BOARD} } }`, AUDITOR))['board'])
  })

  it('shows a decision with everybody considered', async () => {
    const id = await open()
    const { replay } = dataOf<{
      replay: { decision: number }
    }>(await inReplay(id, 'decision(from: 1, step: NEXT)'))
    const number = replay.decision
    expect(log[number - 1]?.type).toBe('WorkOffered')
    const fields =
      'moment(number: $number) { decision { offer { agent { name } considered { why } } isSameAgain } }'
    const { replay: shown } = dataOf<{
      replay: { moment: { decision: { offer: { considered: unknown[] }; isSameAgain: boolean } } }
    }>(await inReplay(id, fields, { number }))
    expect(shown.moment.decision.offer.considered).toHaveLength(5)
    // The sample's reasons were made up and not decided.
    expect(shown.moment.decision.isSameAgain).toBe(false)
  })
})

describe('a period', () => {
  it('lists its events in the order of the log, by pages', async () => {
    const id = await open()
    const question =
      'eventCount events(from: 101, first: 50) { number position type channel agentName customerName }'
    const { replay } = dataOf<{
      replay: { eventCount: number; events: { number: number; position: string; type: string }[] }
    }>(await inReplay(id, question))
    expect(replay.events.map(({ position }) => position)).toEqual(
      log.slice(100, 150).map(({ position }) => position),
    )
    expect(replay.events[0]?.number).toBe(101)
    // Opening it is of the day as well.
    expect(replay.eventCount).toBeGreaterThanOrEqual(log.length)
  })

  it('finds the event of a position, and counts events for the scrubber', async () => {
    const id = await open()
    const position = log[299]?.position
    const { replay } = dataOf<{ replay: { from: string; until: string; numberAt: number } }>(
      await ask(
        AUDITOR,
        'query ($id: ID!, $position: String!) { replay(id: $id) { from until numberAt(position: $position) } }',
        { id, position },
      ),
    )
    expect(replay.numberAt).toBe(300)
    const { replay: counted } = dataOf<{ replay: { eventCount: number; lanes: { counts: number[] }[] } }>(
      await inReplay(
        id,
        `eventCount lanes(from: "${replay.from}", until: "${replay.until}", parts: 24) { lane counts }`,
      ),
    )
    const all = counted.lanes.flatMap(({ counts }) => counts).reduce((sum, one) => sum + one, 0)
    expect(all).toBe(counted.eventCount)
  })
})

describe('a look', () => {
  const looksOf = async (id: string) =>
    (await world.log())
      .filter(({ stream }) => stream === `audit-${id}`)
      .map(({ type, data }) => ({ type, data }))

  it('is on record with its reason before anything is shown, once each', async () => {
    const id = await open()
    const customer = globalId('Customer', 'customer-phone-2')
    const question = `moment(number: $number) { customer(id: "${customer}") { name } board { at } }`
    await inReplay(id, question, { number: 500 })
    await inReplay(id, question, { number: 501 })
    const looks = await looksOf(id)
    expect(looks[0]).toMatchObject({
      type: 'ReplayOpened',
      data: { reason: REASON, account: { id: AUDITOR.accountId, name: AUDITOR.name } },
    })
    const seen = looks.slice(1).flatMap(({ data }) => (data as { looks: unknown[] }).looks)
    expect(seen).toEqual(
      expect.arrayContaining([{ what: 'customer', customerId: 'customer-phone-2' }, { what: 'board' }]),
    )
    expect(seen).toHaveLength(2)
  })

  it('names each customer whom a list of events shows', async () => {
    const id = await open()
    const events = log.slice(200, 240)
    await inReplay(id, 'events(from: 201, first: 40) { customerName }')
    const named = new Set(
      events.flatMap(({ data }) => {
        const { customerId } = data as { customerId?: string }
        return customerId === undefined ? [] : [customerId]
      }),
    )
    const seen = JSON.stringify((await looksOf(id)).slice(1))
    for (const customerId of ['customer-phone-1'].filter((one) => named.has(one)))
      expect(seen).toContain(customerId)
    expect(seen).toContain('"what":"events"')
  })

  it('is not possible without a reason, nor in a replay of somebody else, nor after it was closed', async () => {
    const question = 'mutation { openReplay(day: "2026-11-24", reason: "why") { ... on Refusal { code } } }'
    expect(await ask(AUDITOR, question)).toEqual({ data: { openReplay: { code: 'REASON_TOO_SHORT' } } })
    const noDay =
      'mutation { openReplay(day: "yesterday", reason: "A good reason") { ... on Refusal { code } } }'
    expect(await ask(AUDITOR, noDay)).toEqual({ data: { openReplay: { code: 'DAY_INVALID' } } })
    const id = await open()
    expect(await inReplay(id, 'day', {}, OTHER)).toEqual({ data: { replay: null } })
    await ask(AUDITOR, `mutation { closeReplay(id: "${id}") { ... on Done { ok } } }`)
    expect(await inReplay(id, 'day')).toEqual({ data: { replay: null } })
    expect((await looksOf(id)).at(-1)?.type).toBe('ReplayClosed')
  })

  it('is for auditors alone', async () => {
    const id = await open()
    for (const role of ['agent', 'supervisor', 'marketer', 'admin'] as const)
      expect(codeOf(await inReplay(id, 'day', {}, aViewer(role)))).toBe('FORBIDDEN')
  })
})

describe('what is kept of the past', () => {
  it('is bounded: a third replay of an auditor closes the first', async () => {
    const [first, second, third] = [await open(OTHER), await open(OTHER), await open(OTHER)]
    const day = async (id: string) => (await inReplay(id, 'day', {}, OTHER)).data?.['replay']
    expect(await day(first)).toBeNull()
    expect([await day(second), await day(third)]).toEqual([{ day: today() }, { day: today() }])
  })

  it('is gone when the sign-in ends', async () => {
    const id = await open(OTHER)
    const files = () => readdirSync(join(world.folder, 'replay')).filter((name) => name.includes(id))
    await inReplay(id, 'eventCount', {}, OTHER)
    expect(files()).toHaveLength(1)
    world.endSession(OTHER.sessionId)
    await expect.poll(files).toEqual([])
    expect(await inReplay(id, 'day', {}, OTHER)).toEqual({ data: { replay: null } })
  })

  it('is gone with the hub', async () => {
    const own = await replayWorld(sampleLog({ events: 100 }))
    const { openReplay } = dataOf<{ openReplay: { eventCount: number } }>(
      await graphQLClient({ replays: own.replays }).ask(
        AUDITOR,
        `mutation { openReplay(day: "${today()}", reason: "${REASON}") { ... on Replay { eventCount } } }`,
      ),
    )
    expect(openReplay.eventCount).toBeGreaterThan(100)
    await own.replays[Symbol.asyncDispose]()
    expect(existsSync(join(own.folder, 'replay'))).toBe(false)
    await own[Symbol.asyncDispose]()
  })
})
