import { describe, expect, test } from 'vitest'
import { voiceEdgeContract } from '../edge-contract/voice-edge.contract.ts'
import { fakeVoiceEdge } from './fake-voice-edge.ts'

describe('the contract of the fake voice edge', () => {
  voiceEdgeContract(async () => {
    const edge = fakeVoiceEdge()
    let calls = 0
    return {
      edge,
      dial: async () => {
        calls += 1
        const legId = `leg-${calls}`
        const party = { uri: 'sip:+390299988877@192.0.2.7', displayName: null }
        edge
          .emit({
            type: 'CallArrived',
            legId,
            sipCallId: legId,
            requestUri: 'sip:+390281680001@192.0.2.1',
            from: party,
            assertedIdentity: null,
            to: { uri: 'sip:+390281680001@192.0.2.1' },
            source: { address: '192.0.2.7', port: 5_060 },
          })
          .catch(() => undefined)
        return {
          acknowledge: () => void edge.emit({ type: 'LegEstablished', legId, codec: 'PCMU' }),
          hangUp: () =>
            void edge.emit({ type: 'LegEnded', legId, cause: { q850: 16, sipStatus: null, by: 'peer' } }),
        }
      },
      loseConnection: async () => {
        edge.goAway()
        // The other side of the event loop: what does not depend on the edge is done.
        await new Promise((resolve) => setImmediate(resolve))
        void edge.hello()
      },
      crash: async () => {
        edge.goAway()
        await edge.hello([], { newRun: true })
      },
      [Symbol.asyncDispose]: () => edge[Symbol.asyncDispose](),
    }
  })
})

describe("the fake's own ways", () => {
  test('a script answers in place of the edge until it gives null, and a repeat gets its first answer', async () => {
    const edge = fakeVoiceEdge({ script: { MuteLeg: () => ({ code: 'MEDIA_FAILED' }) } })
    const first = await edge.order({ orderId: 'o1', type: 'MuteLeg', legId: 'leg' })
    expect(first).toEqual({ orderId: 'o1', ok: false, code: 'MEDIA_FAILED', detail: 'MEDIA_FAILED' })
    edge.script({ MuteLeg: () => null })
    expect(await edge.order({ orderId: 'o1', type: 'MuteLeg', legId: 'leg' })).toEqual(first)
    expect(await edge.order({ orderId: 'o2', type: 'MuteLeg', legId: 'leg' })).toMatchObject({
      code: 'LEG_UNKNOWN',
    })
    expect(edge.ordersOf('MuteLeg').map(({ orderId }) => orderId)).toEqual(['o1', 'o2'])
  })

  test('the legs given to hello live from then on, the others are gone without a word', async () => {
    const edge = fakeVoiceEdge()
    const legs = [
      { legId: 'caller', kind: 'sip', state: 'answered' },
      { legId: 'agent', kind: 'browser', state: 'answered' },
    ] as const
    await edge.hello(legs)
    const bridged = await edge.order({ orderId: 'o1', type: 'BridgeLegs', legIds: ['caller', 'agent'] })
    expect(bridged).toMatchObject({ ok: true })
    await edge.hello([legs[0]])
    expect(await edge.order({ orderId: 'o2', type: 'MuteLeg', legId: 'agent' })).toMatchObject({
      code: 'LEG_ENDED',
    })
    expect(edge.facts).toEqual([])
  })

  test('a listener that comes after another is told what that one did not take, and repeat tells it once more', async () => {
    const edge = fakeVoiceEdge()
    const told: number[] = []
    const listen = (fails: boolean) =>
      edge.listen({
        onHello: async () => undefined,
        onFact: async ({ number }) => {
          if (fails) throw new Error('killed')
          told.push(number)
        },
      })
    listen(true)
    await expect(edge.emit({ type: 'HeldByPeer', legId: 'leg' })).rejects.toThrow('killed')
    listen(false)
    await edge.idle()
    const [fact] = edge.facts
    if (fact !== undefined) await edge.repeat(fact)
    expect(told).toEqual([1, 1])
  })
})
