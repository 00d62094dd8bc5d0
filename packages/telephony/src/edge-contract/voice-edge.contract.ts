import { describe, expect, test } from 'vitest'
import type { EdgeFact, EdgeFactBody } from './facts.ts'
import type { EdgeOrder } from './orders.ts'
import type { OrderBody, VoiceEdge } from './voice-edge.ts'

/** A caller outside; the contract's tests have no other way to a SIP leg. */
export type ContractCaller = {
  /** Acknowledges the answer that was ordered; a real phone does so by itself. */
  acknowledge(): void
  hangUp(): void
}

/** A voice edge with what is around it. */
export type ContractWorld = AsyncDisposable & {
  readonly edge: VoiceEdge
  /** Dials once the edge is up. */
  dial(): Promise<ContractCaller>
  /** Hub and edge lose each other; resolves when they have found each other again. */
  loseConnection(): Promise<void>
  /** The edge dies with its calls; resolves when another one is up. */
  crash(): Promise<void>
}

type Told =
  | { readonly hello: string; readonly legs: Parameters<Listener['onHello']>[1] }
  | { readonly fact: EdgeFact }
type Listener = Parameters<VoiceEdge['listen']>[0]
type FactOf<T extends EdgeFactBody['type']> = Extract<EdgeFactBody, { type: T }>

const LONGEST_MILLISECONDS = 20_000
const eventually = <T>(read: () => T) => expect.poll(read, { timeout: LONGEST_MILLISECONDS, interval: 10 })

/** A hub that writes down what it is told; `taking` may fail or wait. */
const listening = (edge: VoiceEdge, taking: (fact: EdgeFact) => Promise<void> = async () => undefined) => {
  const told: Told[] = []
  edge.listen({
    onHello: async (hello, legs) => {
      told.push({ hello, legs })
    },
    onFact: async (fact) => {
      told.push({ fact })
      await taking(fact)
    },
  })
  const facts = () => told.flatMap((each) => ('fact' in each ? [each.fact] : []))
  const find = <T extends EdgeFactBody['type']>(type: T, legId?: string) =>
    facts().find(({ body }) => body.type === type && (legId === undefined || legIdOf(body) === legId))
      ?.body as FactOf<T> | undefined
  return {
    told,
    facts,
    hellos: () => told.flatMap((each) => ('hello' in each ? [each] : [])),
    count: (type: EdgeFactBody['type']) => facts().filter(({ body }) => body.type === type).length,
    fact: async <T extends EdgeFactBody['type']>(type: T, legId?: string): Promise<FactOf<T>> => {
      await eventually(() => find(type, legId)).toBeDefined()
      return find(type, legId) as FactOf<T>
    },
  }
}

const legIdOf = (body: EdgeFactBody): string | null => ('legId' in body ? body.legId : null)

let orders = 0
const give = (edge: VoiceEdge, body: OrderBody, orderId?: string) => {
  orders += 1
  return edge.order({ orderId: orderId ?? `order-${orders}`, ...body } as EdgeOrder)
}
const codeOf = async (edge: VoiceEdge, body: OrderBody): Promise<string> => {
  const answer = await give(edge, body)
  return answer.ok ? 'ok' : answer.code
}
const HANG_UP = { q850: 16, sipStatus: null } as const

/** Every order that names a leg. */
const everyOrderTo = (legId: string, other: string): readonly OrderBody[] => [
  { type: 'RingLeg', legId },
  { type: 'AnswerLeg', legId },
  { type: 'HangUpLeg', legId, reason: HANG_UP },
  { type: 'PlayToLeg', legId, source: 'music' },
  { type: 'BridgeLegs', legIds: [legId, other] },
  { type: 'BridgeLegs', legIds: [other, legId] },
  { type: 'UnbridgeLegs', legIds: [legId, other] },
  { type: 'HoldLeg', legId },
  { type: 'ResumeLeg', legId },
  { type: 'MuteLeg', legId },
  { type: 'UnmuteLeg', legId },
  { type: 'OpenBrowserLeg', legId: `for ${legId}`, bridgeWith: legId },
  { type: 'CreateBrowserTransport', legId, direction: 'send' },
  { type: 'ConnectBrowserTransport', legId, transportId: 'none', dtlsParameters: {} },
  { type: 'ProduceBrowserAudio', legId, transportId: 'none', rtpParameters: {} },
  { type: 'ConsumeBrowserAudio', legId, transportId: 'none', rtpCapabilities: {} },
]

/** What the real voice edge and a fake of it keep, seen from the hub. `createWorld` gives a fresh one. */
export const voiceEdgeContract = (createWorld: () => Promise<ContractWorld>): void => {
  const set = async (taking?: (fact: EdgeFact) => Promise<void>) => {
    const world = await createWorld()
    const hub = listening(world.edge, taking)
    /** A call that waits for its answer. */
    const arrived = async () => {
      const before = hub.count('CallArrived')
      const caller = await world.dial()
      await eventually(() => hub.count('CallArrived')).toBe(before + 1)
      const last = hub.facts().findLast(({ body }) => body.type === 'CallArrived')
      return { caller, legId: last === undefined ? '' : (legIdOf(last.body) ?? '') }
    }
    /** A call that stands. */
    const answered = async () => {
      const call = await arrived()
      expect(await give(world.edge, { type: 'AnswerLeg', legId: call.legId })).toMatchObject({ ok: true })
      call.caller.acknowledge()
      await hub.fact('LegEstablished', call.legId)
      return call
    }
    return { world, edge: world.edge, hub, arrived, answered, ...withOrders(world.edge) }
  }
  const withOrders = (edge: VoiceEdge) => ({
    order: (body: OrderBody, orderId?: string) => give(edge, body, orderId),
    code: (body: OrderBody) => codeOf(edge, body),
  })

  describe('from the start', () => {
    test('the status becomes up by itself and says where calls arrive; the same run says hello first', async () => {
      const world = await createWorld()
      await using _ = world
      await eventually(() => world.edge.status().status).toBe('up')
      const status = world.edge.status()
      expect(status).toMatchObject({ sip: { address: '127.0.0.1', port: expect.any(Number) } })
      const hub = listening(world.edge)
      await world.dial()
      await hub.fact('CallArrived')
      expect(hub.told[0]).toEqual({ hello: 'edgeRun' in status ? status.edgeRun : '', legs: [] })
    })

    test('an order that breaks the contract is refused as INVALID_ORDER, not waited for', async () => {
      const { world, code } = await set()
      await using _ = world
      expect(await code({ type: 'RingLeg', legId: '' })).toBe('INVALID_ORDER')
    })
  })

  describe('an order', () => {
    test('to a leg that nobody saw is refused as LEG_UNKNOWN, whatever it asks', async () => {
      const { world, code } = await set()
      await using _ = world
      for (const body of everyOrderTo('nobody', 'nobody either')) {
        expect([body.type, await code(body)]).toEqual([body.type, 'LEG_UNKNOWN'])
      }
    })

    test('to a leg that has ended is refused as LEG_ENDED, whatever it asks', async () => {
      const { world, hub, answered, order, code } = await set()
      await using _ = world
      const { legId } = await answered()
      const { legId: other } = await answered()
      expect(await order({ type: 'HangUpLeg', legId, reason: HANG_UP })).toMatchObject({
        ok: true,
        result: {},
      })
      await hub.fact('LegEnded', legId)
      for (const body of everyOrderTo(legId, other)) {
        expect([body.type, await code(body)]).toEqual([body.type, 'LEG_ENDED'])
      }
    })

    test('that the leg is in no state for is refused as WRONG_LEG_STATE', async () => {
      const { world, arrived, answered, code } = await set()
      await using _ = world
      const waiting = await arrived()
      const { legId } = await answered()
      const refused: OrderBody[] = [
        { type: 'PlayToLeg', legId: waiting.legId, source: 'music' },
        { type: 'HoldLeg', legId: waiting.legId },
        { type: 'BridgeLegs', legIds: [waiting.legId, legId] },
        { type: 'BridgeLegs', legIds: [legId, legId] },
        { type: 'UnbridgeLegs', legIds: [waiting.legId, legId] },
        { type: 'RingLeg', legId },
        { type: 'OpenBrowserLeg', legId },
      ]
      for (const body of refused)
        expect([body.type, await code(body)]).toEqual([body.type, 'WRONG_LEG_STATE'])
      for (const type of ['RingLeg', 'AnswerLeg', 'MuteLeg', 'UnmuteLeg'] as const)
        expect([type, await code({ type, legId: waiting.legId })]).toEqual([type, 'ok'])
      for (const type of ['HoldLeg', 'ResumeLeg'] as const)
        expect([type, await code({ type, legId })]).toEqual([type, 'ok'])
      expect(await code({ type: 'PlayToLeg', legId, source: 'greetingThenMusic' })).toBe('ok')
    })

    test('for the other kind of leg is refused as WRONG_LEG_KIND, for an unknown transport as TRANSPORT_UNKNOWN', async () => {
      const { world, answered, order, code } = await set()
      await using _ = world
      const { legId } = await answered()
      const opened = await order({ type: 'OpenBrowserLeg', legId: 'agent', bridgeWith: legId })
      expect(opened).toMatchObject({
        ok: true,
        result: { routerRtpCapabilities: { codecs: [{ mimeType: 'audio/PCMU' }] } },
      })
      expect(await code({ type: 'CreateBrowserTransport', legId, direction: 'send' })).toBe('WRONG_LEG_KIND')
      for (const type of ['RingLeg', 'AnswerLeg'] as const)
        expect(await code({ type, legId: 'agent' })).toBe('WRONG_LEG_KIND')
      const transport = { legId: 'agent', transportId: 'none' }
      for (const body of [
        { type: 'ConnectBrowserTransport', ...transport, dtlsParameters: {} },
        { type: 'ProduceBrowserAudio', ...transport, rtpParameters: {} },
        { type: 'ConsumeBrowserAudio', ...transport, rtpCapabilities: {} },
      ] as const)
        expect([body.type, await code(body)]).toEqual([body.type, 'TRANSPORT_UNKNOWN'])
      const created = await order({ type: 'CreateBrowserTransport', legId: 'agent', direction: 'send' })
      expect(created.ok && Object.keys(created.result).sort()).toEqual([
        'dtlsParameters',
        'iceCandidates',
        'iceParameters',
        'id',
      ])
    })

    test('bridges two callers, holds one of them and separates them', async () => {
      const { world, answered, code } = await set()
      await using _ = world
      const { legId: first } = await answered()
      const { legId: second } = await answered()
      const { legId: third } = await answered()
      expect(await code({ type: 'BridgeLegs', legIds: [first, second] })).toBe('ok')
      expect(await code({ type: 'BridgeLegs', legIds: [first, third] })).toBe('WRONG_LEG_STATE')
      expect(await code({ type: 'PlayToLeg', legId: first, source: 'music' })).toBe('WRONG_LEG_STATE')
      expect(await code({ type: 'HoldLeg', legId: first })).toBe('ok')
      expect(await code({ type: 'ResumeLeg', legId: first })).toBe('ok')
      expect(await code({ type: 'UnbridgeLegs', legIds: [second, first] })).toBe('ok')
      expect(await code({ type: 'UnbridgeLegs', legIds: [second, first] })).toBe('WRONG_LEG_STATE')
      expect(await code({ type: 'PlayToLeg', legId: first, source: 'music' })).toBe('ok')
    })

    test('sent twice has its effect once and both get the first answer, at once, later and after a lost connection', async () => {
      const { world, hub, arrived, order } = await set()
      await using _ = world
      const { caller, legId } = await arrived()
      const both = await Promise.all([
        order({ type: 'OpenBrowserLeg', legId: 'agent' }, 'open'),
        order({ type: 'OpenBrowserLeg', legId: 'agent' }, 'open'),
      ])
      expect(both[0]).toMatchObject({ orderId: 'open', ok: true })
      expect(both[1]).toEqual(both[0])
      const answer = await order({ type: 'AnswerLeg', legId }, 'answer')
      expect(answer).toEqual({ orderId: 'answer', ok: true, result: { codec: 'PCMU' } })
      caller.acknowledge()
      await hub.fact('LegEstablished', legId)
      for (const orderId of ['end', 'end']) {
        const ended = await order({ type: 'HangUpLeg', legId, reason: HANG_UP }, orderId)
        expect(ended).toEqual({ orderId, ok: true, result: {} })
      }
      await hub.fact('LegEnded', legId)
      await world.loseConnection()
      expect(await order({ type: 'OpenBrowserLeg', legId: 'agent' }, 'open')).toEqual(both[0])
      expect(await order({ type: 'AnswerLeg', legId }, 'answer')).toEqual(answer)
      expect(hub.count('LegEnded')).toBe(1)
    })

    test('given while hub and edge are apart is answered when they are together again', async () => {
      const { world, arrived, order } = await set()
      await using _ = world
      const { legId } = await arrived()
      const back = world.loseConnection()
      expect(await order({ type: 'RingLeg', legId })).toMatchObject({ ok: true })
      await back
    })
  })

  describe('facts', () => {
    test("tell a call's life, numbered from 1 without a gap, and by whom it ended", async () => {
      const { world, hub, answered, order } = await set()
      await using _ = world
      const first = await answered()
      first.caller.hangUp()
      expect(await hub.fact('LegEnded', first.legId)).toMatchObject({ cause: { q850: 16, by: 'peer' } })
      const second = await answered()
      await order({ type: 'HangUpLeg', legId: second.legId, reason: { q850: 31, sipStatus: null } })
      expect(await hub.fact('LegEnded', second.legId)).toMatchObject({ cause: { q850: 31, by: 'hub' } })
      const each = ['CallArrived', 'LegEstablished', 'LegEnded']
      expect(hub.facts().map(({ body }) => body.type)).toEqual([...each, ...each])
      expect(hub.facts().map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6])
      expect(new Set(hub.facts().map(({ edgeRun }) => edgeRun)).size).toBe(1)
    })

    test('one that the hub could not take is told again, the same, before the next, until it is taken', async () => {
      let failures = 2
      const { world, hub } = await set(async () => {
        failures -= 1
        if (failures >= 0) throw new Error('the disk is full')
      })
      await using _ = world
      await world.dial()
      await world.dial()
      await eventually(() => hub.facts().length).toBe(4)
      expect(hub.facts().map(({ number }) => number)).toEqual([1, 1, 1, 2])
      expect(hub.facts()[2]).toEqual(hub.facts()[0])
    })

    test('wait for the one before; a lost connection loses none and repeats none that was taken', async () => {
      const taken = Promise.withResolvers<void>()
      const { world, hub } = await set(() => taken.promise)
      await using _ = world
      await world.dial()
      await hub.fact('CallArrived')
      await world.dial()
      await world.loseConnection()
      expect(hub.facts()).toHaveLength(1)
      taken.resolve()
      await eventually(() => hub.facts().length).toBe(2)
      await world.loseConnection()
      await eventually(() => hub.hellos().length).toBe(3)
      const order = hub.told.map((each) => ('fact' in each ? each.fact.number : 'hello'))
      expect(order).toEqual(['hello', 1, 'hello', 2, 'hello'])
    })

    test('nothing is told before somebody listens, and then from the first one', async () => {
      const world = await createWorld()
      await using _ = world
      await world.dial()
      await world.loseConnection()
      const hub = listening(world.edge)
      await hub.fact('CallArrived')
      expect(hub.facts().map(({ number }) => number)).toEqual([1])
      expect(hub.hellos().at(-1)?.legs).toHaveLength(1)
    })
  })

  describe('the legs of a hello', () => {
    test('are those that live, with their kind and state', async () => {
      const { world, hub, arrived, answered, order } = await set()
      await using _ = world
      const waiting = await arrived()
      const talking = await answered()
      const gone = await answered()
      await order({ type: 'RingLeg', legId: waiting.legId })
      await order({ type: 'OpenBrowserLeg', legId: 'agent', bridgeWith: talking.legId })
      await order({ type: 'HangUpLeg', legId: gone.legId, reason: HANG_UP })
      await hub.fact('LegEnded', gone.legId)
      await world.loseConnection()
      await eventually(() => hub.hellos().length).toBe(2)
      const legs = [
        { legId: waiting.legId, kind: 'sip', state: 'ringing' },
        { legId: talking.legId, kind: 'sip', state: 'answered' },
        { legId: 'agent', kind: 'browser', state: 'offered' },
      ]
      expect(hub.hellos().at(-1)).toEqual({ hello: hub.hellos()[0]?.hello, legs })
    })

    test('are none after a crash: another run, numbered from 1, knows no leg and no order of the former', async () => {
      const { world, hub, answered, order } = await set()
      await using _ = world
      const { legId } = await answered()
      await order({ type: 'OpenBrowserLeg', legId: 'agent' }, 'open')
      await world.crash()
      await eventually(() => hub.hellos().length).toBe(2)
      const [before, after] = hub.hellos()
      expect(after?.hello).not.toBe(before?.hello)
      expect(after?.legs).toEqual([])
      expect(world.edge.status()).toMatchObject({ status: 'up', edgeRun: after?.hello })
      expect(
        await order({ type: 'OpenBrowserLeg', legId: 'other', bridgeWith: legId }, 'open'),
      ).toMatchObject({
        code: 'LEG_UNKNOWN',
      })
      const arrivals = hub.count('CallArrived')
      await world.dial()
      await eventually(() => hub.count('CallArrived')).toBe(arrivals + 1)
      expect(hub.facts().at(-1)).toMatchObject({ edgeRun: after?.hello, number: 1 })
    })
  })

  test('disposing of it ends every call, tells so, and refuses what is ordered after', async () => {
    const { world, edge, hub, answered, order, code } = await set()
    await using _ = world
    const { legId } = await answered()
    await order({ type: 'OpenBrowserLeg', legId: 'agent' })
    await edge[Symbol.asyncDispose]()
    for (const each of [legId, 'agent'])
      expect(await hub.fact('LegEnded', each)).toMatchObject({ cause: { q850: 16, by: 'edge' } })
    expect(await code({ type: 'RingLeg', legId })).toBe('LEG_ENDED')
    expect(edge.status().status).not.toBe('up')
  })
}
