import { openOffers } from '@centralino/domain'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { anna, type FloorWorld, floorWorld, type PlacedCall } from '../../floor/testing/floor-world.ts'
import { callIdOf, interactionIdOf } from './ids.ts'

let world: FloorWorld

beforeEach(async () => {
  world = await floorWorld()
  await world.ready(anna)
})
afterEach(() => world[Symbol.asyncDispose]())

/**
 * Does one thing that somebody outside does, and does it again after a crash: the edge repeats what was not acknowledged,
 * a person presses the button that is still there.
 */
const insist = async (act: () => Promise<void>): Promise<void> => {
  for (let lives = 0; lives < 5; lives += 1) {
    try {
      await act()
      if (world.life().alive) {
        await world.settle()
        if (world.life().alive) return
      }
    } catch (error) {
      if (world.life().alive) throw error
    }
    await world.restart()
    world.openLine(anna)
    await world.settle()
  }
}

const tell = (body: Parameters<FloorWorld['tell']>[0]) => {
  let told = false
  return insist(async () => {
    // The edge tells a hub that comes back by itself.
    if (told) return
    told = true
    await world.tell(body)
  })
}

let serial = 0
const desk = () => world.operations().desk
const me = () => world.as(anna)

const arrive = async (): Promise<PlacedCall> => {
  serial += 1
  const legId = `crash-leg-${serial}`
  const callId = callIdOf('fake-run-1', legId)
  await tell({
    type: 'CallArrived',
    legId,
    sipCallId: legId,
    requestUri: 'sip:+390612345678@hub',
    from: { uri: 'sip:+48221234567@trunk', displayName: null },
    assertedIdentity: null,
    to: { uri: 'sip:+390612345678@hub' },
    source: { address: '192.0.2.1', port: 5060 },
  })
  await tell({ type: 'LegEstablished', legId, codec: 'PCMU' })
  return { legId, callId, interactionId: interactionIdOf(callId) }
}

/** The offer is accepted and the browser's audio arrives; gives the agent's leg. */
const answer = async ({ interactionId }: PlacedCall): Promise<string> => {
  await insist(async () => {
    const [offer] = openOffers(world.operations().floor.state())
    if (offer !== undefined) await desk().acceptOffer(me(), offer.offerId)
  })
  let agentLeg = ''
  await insist(async () => {
    const { legId } = await world.phone(anna, 'openLeg', { interactionId })
    agentLeg = String(legId)
  })
  await tell({ type: 'BrowserLegReady', legId: agentLeg })
  return agentLeg
}

const hangUpAndWrapUp = async ({ legId, interactionId }: PlacedCall): Promise<void> => {
  await tell({ type: 'LegEnded', legId, cause: { q850: 16, sipStatus: null, by: 'peer' } })
  await insist(async () => void (await desk().wrapUp(me(), interactionId, 'solved', 'done')))
}

/** It arrives, is accepted, talked, held, resumed, ended by the caller, and wrapped up. */
const wholeCall = async (): Promise<PlacedCall> => {
  const call = await arrive()
  await answer(call)
  await insist(async () => void (await desk().hold(me())))
  await insist(async () => void (await desk().resume(me())))
  await hangUpAndWrapUp(call)
  return call
}

/** The agent's media is lost in mid-call, the caller goes back to the head, and the agent takes the call again. */
const callWithLoss = async (): Promise<PlacedCall> => {
  const call = await arrive()
  const agentLeg = await answer(call)
  await tell({ type: 'MediaLost', legId: agentLeg, why: 'transportLost' })
  // 5 s after the loss, or 15 s after a hub came back and saw an agent without audio.
  await insist(() => world.advance(15_000))
  await insist(async () => void (await desk().becomeReady(me())))
  await answer(call)
  await hangUpAndWrapUp(call)
  return call
}

/** Everything that the log tells of one call, without what a crash may rightly repeat: another leg of the same agent. */
const story = async (call: PlacedCall): Promise<string[]> =>
  (await world.log())
    .filter(
      ({ stream, data }) =>
        stream === `call-${call.callId}` ||
        (data as { interactionId?: string; work?: { interactionId: string } }).interactionId ===
          call.interactionId ||
        (data as { work?: { interactionId: string } }).work?.interactionId === call.interactionId,
    )
    .map(({ type }) => type)
    .sort()

test.each([
  { name: 'a call', tale: wholeCall },
  { name: 'a call whose agent is lost', tale: callWithLoss },
])(
  'killed after any append of $name, the hub comes back and it goes on as if nothing had been',
  async ({ tale }) => {
    const expected = await story(await tale())
    const before = world.life().appends
    await tale()
    const appends = world.life().appends - before
    expect(appends).toBeGreaterThan(18)

    for (let point = 1; point <= appends; point += 1) {
      world.life().dieAfterAppends(point)
      const call = await tale()
      await world.settle()
      const told = await story(call)
      const legs = told.filter((type) => type === 'LegOffered').length
      const usual = expected.filter((type) => type === 'LegOffered').length
      // Killed while the leg was opened, the browser opens another: the first one ends and adds its two lines.
      const extra = Array.from({ length: legs - usual }, () => ['LegOffered', 'LegEnded']).flat()
      expect({ point, told }).toEqual({ point, told: [...expected, ...extra].sort() })
      expect(await world.interaction(call)).toMatchObject({ status: 'closed', how: 'wrappedUp' })
      expect(await world.callState(call)).toMatchObject({
        status: 'ended',
        cause: { q850: 16, by: 'customer' },
      })
      expect(world.presence(anna)).toBe('ready')
      expect(world.waiting()).toEqual([])
    }
  },
  240_000,
)

test('every fact told twice, in a row and all over again at the end, leaves the log as it was', async () => {
  await wholeCall()
  const before = (await world.log()).map(({ id, type }) => `${type} ${id}`)
  for (const fact of world.facts()) {
    await world.edge.repeat(fact)
    await world.edge.repeat(fact)
    await world.settle()
  }
  expect((await world.log()).map(({ id, type }) => `${type} ${id}`)).toEqual(before)
})

test('a hub that lost its checkpoints reads the whole log again and changes nothing', async () => {
  await wholeCall()
  await wholeCall()
  const before = (await world.log()).map(({ id, type }) => `${type} ${id}`)
  const orders = world.edge.orders.length
  world.forgetState()
  await world.restart()
  world.openLine(anna)
  await world.settle()
  expect((await world.log()).map(({ id, type }) => `${type} ${id}`)).toEqual(before)
  expect(world.edge.orders.length).toBe(orders)
})
